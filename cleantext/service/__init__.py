"""The checks over HTTP: one process that listens, and workers that can be ended; no article is kept."""
