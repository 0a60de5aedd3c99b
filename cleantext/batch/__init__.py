"""Many articles: reading, workers, writing, records of runs, undo."""
