"""Findings for annotation tools and answers back from them: Label Studio, and spans as JSON lines."""
