"""What scraping and conversion break: words torn and glued, lost capitals, tokenised text, odd blanks."""
