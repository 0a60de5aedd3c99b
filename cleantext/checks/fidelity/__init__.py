"""A translation held against its original: numbers, sentences, what was left over."""
