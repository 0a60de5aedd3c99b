"""One quotation in two mouths over the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleantext.checks import Hit
from cleantext.checks.attribution.offices import surname_key
from cleantext.document import Document, Elsewhere
from cleantext.document.attribution import Quotation
from cleantext.document.names import Kind, find_names
from cleantext.finding import Evidence, replace

_LEAST_WORDS = 6  # shorter quotations are said by many
_LEAST_OVERLAP = 0.7


def other_mouths(document: Document, rule: str) -> Iterator[Hit]:
    """Yield a hit for every quotation that other articles put into another mouth.

    The article in the minority is flagged, so that of a pair of articles only one is:
    where it is one against one, both speakers stand to question and the one whom
    her or his own article names less often is flagged.
    """
    same = getattr(document.corpus, "same_quotations", None)
    if same is None:
        return
    for quotation in document.attributions:
        if quotation.kind == "indirect" or quotation.speaker is None or not quotation.speaker_name:
            continue
        words = document.text[quotation.start : quotation.end]
        if len(words.split()) < _LEAST_WORDS:
            continue
        found = [
            other
            for other in same(words, article=document.article)
            if other.overlap >= _LEAST_OVERLAP and other.speaker
        ]
        if found:
            hit = _weigh(document, quotation, found, rule)
            if hit is not None:
                yield hit


def _weigh(document: Document, quotation: Quotation, found: list[Elsewhere], rule: str) -> Hit | None:
    speaker = quotation.speaker
    mine = quotation.speaker_name
    assert speaker is not None and mine is not None
    own = surname_key(_surname(mine))
    if not _is_person(mine) or own not in _words_of(document, speaker.start, speaker.end):
        return None
    votes = Counter(surname_key(_surname(other.speaker)) for other in found if _is_person(other.speaker))
    agreeing = votes.pop(own, 0)
    if not votes:
        return None
    rival, against = votes.most_common(1)[0]
    other = next(o for o in found if surname_key(_surname(o.speaker)) == rival)
    sure = _confidence(document, own, rival, agreeing + 1, against)
    if sure is None:
        return None
    start = next(
        (
            m.start
            for m in document.names.mentions
            if speaker.start <= m.start < speaker.end and surname_key(_surname(m.key)) == own
        ),
        speaker.start,
    )
    end = next((m.end for m in document.names.mentions if m.start == start), speaker.end)
    start = max(start, end - len(_surname(document.text[start:end])))
    surname = _surname(other.speaker)
    evidence = [
        Evidence(
            quotation.start, quotation.end, document.text[quotation.start : quotation.end], f"{mine} here"
        )
    ]
    evidence += [
        Evidence(0, 0, "", f"{o.speaker} in {_where(o)}: “{' '.join(o.quotation.split())[:160]}”")
        for o in found[:5]
    ]
    many = f"{against} other articles give" if against > 1 else "Another article gives"
    message = f"{many} these words to {other.speaker}, not to {mine} ({_where(other)})."
    return Hit(rule, start, end, (replace(start, end, surname),), sure, None, tuple(evidence), message)


def _confidence(document: Document, own: str, rival: str, mine: int, against: int) -> float | None:
    """Return how sure it is that this article is the wrong one; None where it is the right one as likely as not.

    Priors, not measured: no corpus with known swaps of this kind exists.
    """
    keys = {surname_key(key): key for key in document.names.by_surname}
    introduced, named = own in keys, rival in keys
    if mine > against:
        return None
    if against > mine:
        return 0.9 if named or not introduced else 0.75
    if not introduced:
        return 0.85 if named else 0.6
    return 0.45 if named else None


def _is_person(name: str) -> bool:
    mentions = find_names(name).mentions
    return bool(mentions) and mentions[-1].kind in (Kind.PERSON, Kind.SURNAME, Kind.UNKNOWN)


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]


def _words_of(document: Document, start: int, end: int) -> frozenset[str]:
    return frozenset(surname_key(word.strip(".,;:’'")) for word in document.text[start:end].split())


def _where(other: Elsewhere) -> str:
    parts = [
        other.title or other.article,
        other.date or "",
        f"{other.path}:{other.line}" if other.line else other.path,
    ]
    return ", ".join(part for part in parts if part)
