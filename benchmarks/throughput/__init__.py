"""How fast the whole check is, as ratios within one run."""
