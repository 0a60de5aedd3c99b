"""The safe ledger's evidence: who judged which edit of which rule, on what text."""
