"""Clean articles, damaged at known places as scraping and conversion damage them: how much comes back, and what else changes."""
