"""The checks in an editor, over the Language Server Protocol: findings as diagnostics, fixes and decisions as actions."""
