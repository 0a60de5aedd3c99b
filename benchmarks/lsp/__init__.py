"""How soon findings are shown after a keystroke."""
