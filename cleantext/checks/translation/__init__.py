"""Checks of phrasing that need code."""
