"""What is timed: the whole check, its stages, ftfy alone, and the naive loop over all rules."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import ftfy

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.encoding.repair import find_repairs, find_repairs_slowly
from cleantext.document import Document


def whole(cleaner: Cleaner) -> Callable[[str], object]:
    """The default check of one article."""
    return lambda text: cleaner.check(text).findings


def side_by_side(cleaner: Cleaner) -> Callable[[Sequence[str]], object]:
    """The default check of many articles, a few at a time."""
    return lambda texts: deque(cleaner.check_many(texts), maxlen=0)


def patterns(cleaner: Cleaner, *, naive: bool = False) -> Callable[[str], object]:
    """The pattern stage alone; ``naive`` loops over every rule."""
    engine = cleaner.engine
    return lambda text: list(engine.findings(Document(Article(text=text)), lambda card: 1.0, naive=naive))


def fix_text(text: str) -> object:
    """Ftfy as it comes."""
    return ftfy.fix_text(text)


def views() -> dict[str, Callable[[str], object]]:
    """Each view of the document by itself, with what it rests on."""
    names = ("lines", "sentences", "quotations", "names", "attributions", "garble")
    return {f"view {name}": _view(name) for name in names}


def _view(name: str) -> Callable[[str], object]:
    return lambda text: getattr(Document(Article(text=text)), name)


def families() -> dict[str, Callable[[str], object]]:
    """Each family of rules by itself."""
    out: dict[str, Callable[[str], object]] = {}
    for name in ("encoding", "typography", "boilerplate", "translation", "attribution"):
        cleaner = Cleaner(select=[name])
        out[f"only {name}"] = whole(cleaner)
    return out


def disagreements(cleaner: Cleaner, texts: Sequence[str]) -> int:
    """Count articles on which a fast path and its slow twin differ; anything but 0 is a fault."""
    fast, slow = patterns(cleaner), patterns(cleaner, naive=True)
    wrong = 0
    for text in texts:
        wrong += fast(text) != slow(text)
        wrong += list(find_repairs(text)) != list(find_repairs_slowly(text))
    return wrong
