"""The guards: what a model's edit may not do, each with a card, each saying why.

A guard of a cut takes a :class:`~cleantext.editor.change.Change` and gives a reason to refuse it, or
None; a guard of a whole reply takes passage and reply. Guards know nothing of each other.
"""
