"""A translation that has nothing to do with its original, or is nothing but a copy of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.fidelity.passages import quoted
from cleantext.fidelity.pair import Pair
from cleantext.fidelity.support import Support, support
from cleantext.rulebook import Card

ARTICLE = "FD031"
COPIED = 0.9
"""Share of lines taken over word for word from which a text is no translation at all."""

# On the open articles, true pairs keep .17 and more of figures and names and leave little of the text alone;
# strangers that are paired by chance keep up to .3, and the more they keep the more they leave alone.
_STRANGE, _PER_ALONE, _STRANGE_ALONE, _UTTERLY = 0.14, 0.2, 0.05, 0.1
_LEAST_TELLING, _LEAST_SENTENCES = 10, 3


def is_copy(text: str, original: str) -> bool:
    """Whether a text is its own original, but for a few lines and white space."""
    here = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    there = frozenset(" ".join(line.split()) for line in original.splitlines() if line.strip())
    copied = sum(len(line) for line in here if line in there)
    return copied >= COPIED * sum(map(len, here)) > 0


def detached_hits(pair: Pair, cards: Mapping[str, Card]) -> Iterator[Hit]:
    """Give the one hit that says that an article is no translation of its original; usually none."""
    if ARTICLE not in cards:
        return
    found = support(pair.alignment)
    if is_strange(found):
        source = pair.alignment.source
        yield Hit(
            ARTICLE,
            0,
            len(pair.text.rstrip()),
            confidence=0.95 if found.share < 0.12 and found.alone > 0.1 else 0.8,
            evidence=(quoted(pair.original[source[0].start : source[min(1, len(source) - 1)].end]),),
            message=(
                f"This seems to be another text than its original: of {found.telling} figures and names on both "
                f"sides {found.kept} stand in the sentences beside them."
            ),
        )


def is_strange(found: Support) -> bool:
    """Whether two texts share so little that one is no translation of the other."""
    return (
        found.telling >= _LEAST_TELLING
        and found.sentences >= _LEAST_SENTENCES
        and (
            (found.alone > _STRANGE_ALONE and found.share < _STRANGE + _PER_ALONE * min(found.alone, 0.6))
            or (found.share < _UTTERLY and found.telling >= 2 * _LEAST_TELLING)
        )
    )
