"""Words in the wrong mouth: evidence against a speaker, and whom it points to."""
