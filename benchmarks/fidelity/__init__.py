"""Benchmarks of a translation beside its original; all take ``--data DIR`` with the articles to measure on."""
