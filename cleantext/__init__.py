"""cleantext."""
