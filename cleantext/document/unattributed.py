"""Words in quotation marks that are left without a speaker: said elsewhere in the article, or by the only one who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleantext.document.attribution import Kind
from cleantext.document.spans import Span
from cleantext.document.subjects import PRONOUNS

Attributed = tuple[int, int, Kind, Span | None, str, Span | None]
"""Start and end of what is said, its kind, the speaker, the speaker's sort, the cue."""
_WORD = re.compile(r"[^\W_]+")
_SAME = 4  # words in a row by which a passage is known again
_ALONE = 6  # words that a statement of the only speaker has at least
_OFTEN = 2  # statements that the only speaker has elsewhere
_STOPS = frozenset(".!…")
_CLOSING = "\"“”'’»« \u00a0"


def with_speakers(text: str, chosen: Sequence[Attributed]) -> list[Attributed]:
    """Give words in marks without a speaker the one who says them elsewhere, or who alone speaks in the article.

    A headline or a pull quote repeats what the article has somebody say. Linear in the length of what is said.
    """
    left = [at for at, found in enumerate(chosen) if found[2] == "direct" and found[3] is None]
    result = list(chosen)
    if not left:
        return result
    known = [found for found in chosen if found[3] is not None and found[2] != "indirect"]
    if not known:
        return result
    places: dict[tuple[str, ...], tuple[int, int]] = {}
    said = [_words(text, found) for found in known]
    for number, words in enumerate(said):
        for at in range(len(words) - _SAME + 1):
            places.setdefault(tuple(words[at : at + _SAME]), (number, at))
    only = _only_speaker(text, known)
    for at in left:
        start, end = chosen[at][:2]
        words = _words(text, chosen[at])
        place = places.get(tuple(words[:_SAME])) if len(words) >= _SAME else None
        if place is not None and said[place[0]][place[1] : place[1] + len(words)] == words:
            speaker = known[place[0]]
        elif only is not None and len(words) >= _ALONE and text[start:end].rstrip(_CLOSING)[-1:] in _STOPS:
            speaker = only
        else:
            continue
        result[at] = (start, end, "direct", speaker[3], speaker[4], None)
    return result


def _words(text: str, found: Attributed) -> list[str]:
    return [word.lower() for word in _WORD.findall(text, found[0], found[1])]


def _only_speaker(text: str, known: Sequence[Attributed]) -> Attributed | None:
    """Return the one by whom everything in marks is said, if the article names him or her; pronouns say nothing else."""
    named: Attributed | None = None
    last = ""
    count = 0
    for found in known:
        speaker = found[3]
        assert speaker is not None
        words = text[speaker.start : speaker.end].split()
        if len(words) == 1 and words[0].lower() in PRONOUNS:
            count += words[0].lower() in ("he", "she")
            continue
        if found[4] != "name" or not words or (last and words[-1] != last):
            return None
        named, last = named or found, words[-1]
        count += 1
    return named if count >= _OFTEN else None
