"""Which stretch of a broken text became which stretch of the mended one.

A comparison of the two texts can only guess: where a word is lost between two
blanks, or an entity becomes a blank, the words after it are as like to their
neighbours as to themselves. So the words are mended once more, one by one, by
the steps that mended the whole; what comes out says where each of them went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Whatever the steps, these characters come out as they went in.
_ODD = re.compile(r"[^\x09\x0a\x0d\x20-\x25\x27-\x7e]")
_PLAIN_BLANKS = " \t\n\r"
_WORD = re.compile(r"\s|\S+")
_AHEAD = 12  # words and blanks that are mended together at most ("Ã " is one letter)
_LONGEST = 2000  # code points of them
_KNOWN = 10_000  # words whose mended form is kept

Step = tuple[str, str]


def aligned(old: str, new: str, plan: tuple[Step, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches ``old[i1:i2]`` that became another ``new[j1:j2]``, in order, all between them equal.

    ``plan`` are the steps, as ftfy explains them, that make ``new`` of ``old``. Each
    stretch is one word or blank, more only where they can be mended only together;
    each is mended by itself, so that any of them may be left as it was. Where the
    steps do not give the mended text word by word, the rest is one stretch.
    Linear in the length.
    """
    known: dict[str, str | None] = {}
    at = there = 0
    following = _odd_word(old, 0)
    while at < len(old):
        plain = following - at
        if old[at:following] != new[there : there + plain]:
            break
        at, there = following, there + plain
        if at == len(old):
            break
        for end in _ends(old, at):
            word = old[at:end]
            mended = known[word] if word in known else _mended(word, plan)
            if len(known) < _KNOWN:
                known[word] = mended
            if mended is None or not new.startswith(mended, there):
                continue
            # The text after it must go on, too: "Ã  x" is "à x", and "Ã " alone would be taken for "à ".
            following = _odd_word(old, end)
            plain, beyond = following - end, there + len(mended)
            if old[end:following] == new[beyond : beyond + plain] and (
                following < len(old) or beyond + plain == len(new)
            ):
                break
        else:
            break
        if mended != word:
            yield at, end, there, beyond
        at, there = end, beyond
    if at < len(old) or there < len(new):
        yield at, len(old), there, len(new)


def _odd_word(text: str, at: int) -> int:
    """Return where the next word begins that a repair may change; the end where none does."""
    odd = _ODD.search(text, at)
    if odd is None:
        return len(text)
    if odd.group().isspace():
        return odd.start()
    return max(at, *[text.rfind(blank, at, odd.start()) + 1 for blank in _PLAIN_BLANKS])


def _ends(text: str, at: int) -> Iterator[int]:
    """Yield the end of the word at a place, then of more and more of what follows it."""
    start = at
    for _ in range(_AHEAD):
        found = _WORD.match(text, at)
        if found is None or (at > start and found.end() - start > _LONGEST):
            return
        at = found.end()
        yield at


def _mended(word: str, plan: tuple[Step, ...]) -> str | None:
    """Return a word after the steps of a repair; None where they cannot be done on it alone."""
    import ftfy

    try:
        return str(ftfy.apply_plan(word, list(plan)))
    except UnicodeError:
        return None
