"""Encoding repair: ftfy's fixes as findings with spans."""
