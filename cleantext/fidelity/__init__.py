"""A translation beside its original: values, sentences and their alignment."""
