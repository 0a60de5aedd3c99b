"""A small corpus and four rules of its own."""

from __future__ import annotations

from collections.abc import Callable

from cleantext.review.session import Session

Open = Callable[..., Session]

RULES = r"""
category = "typography"

[[rule]]
id = "TST001"
name = "teh"
summary = "The article is mistyped"
why = "Fingers are faster than thoughts."
pattern = '\bteh\b'
fix = 'the'
applicability = "review"
confidence = 0.7
[[rule.examples]]
bad = 'In teh end.'
good = 'In the end.'
[[rule.near-misses]]
text = 'In the end.'

[[rule]]
id = "TST002"
name = "share-line"
summary = "A button that passes the article on"
why = "Pages have buttons."
pattern = 'Share'
scope = "line"
delete = true
applicability = "review"
confidence = 0.9
[[rule.examples]]
bad = "A line of prose that is long.\n\nShare"
good = "A line of prose that is long."
[[rule.near-misses]]
text = 'Share and share alike.'

[[rule]]
id = "TST003"
name = "who-said"
summary = "Nobody knows who said this"
why = "The speaker was never introduced."
pattern = '\bMr Nobody\b'
applicability = "display"
confidence = 0.6
[[rule.examples]]
bad = 'Mr Nobody said so.'
[[rule.near-misses]]
text = 'Nobody said so.'

[[rule]]
id = "TST004"
name = "double-comma"
summary = "Two commas"
why = "Keys stick."
pattern = ',,'
fix = ','
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = 'One,, two.'
good = 'One, two.'
[[rule.near-misses]]
text = 'One, two.'
"""

ARTICLES = {
    "a.txt": "Teh mayor opened teh bridge on Monday,, they say.\n\nMr Nobody cut the ribbon.\n\nShare\n",
    "b.txt": "People crossed teh river at noon.\n\nIt was teh first time in years.\n",
    "c.txt": "Nothing is wrong here.\n",
}
