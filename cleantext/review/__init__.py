"""Review: a person decides once, and the decision holds.

``decisions`` answers for ``check`` and ``fix``; ``store`` keeps findings and events;
``web`` and ``terminal`` ask a person.
"""
