"""Tense, where it says whether something has happened: what was to come does not become what came."""

from __future__ import annotations

import itertools

from cleantext.editor.change import Change
from cleantext.editor.events import ADVERBS, COMING, Time, Verb, form, verbs
from cleantext.editor.reading import Reading

_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being"])
_PAST = frozenset(["was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"])
_PRESENT = frozenset(["am", "is", "are", "do", "does", "isn't", "aren't", "don't", "doesn't"])


def guard(change: Change) -> str | None:
    """Refuse a cut after which something has happened that was still to come, or the other way round."""
    before, after = _coming(change.passage), _coming(change.after)
    # "Should have been left" is over, where it comes; where it stood it may be a source's word ("soll haben").
    after -= max(0, _missed(change.after) - _missed(change.passage))
    if before != after and not _shared(change, before - after) and not _has_to(change, before - after):
        return _TO_PAST if before > after else _TO_COME
    if _had_to(change.passage) < _had_to(change.after) and {t.lower for t in change.old()} & _MUST:
        return _OVER
    if said := _aspects(change):
        return said
    old, new = _times(change.passage, change.removed), _times(change.reply, change.added)
    if old == {"past"} and new == {"present"}:
        return _GOES_ON
    if old == {"present"} and new == {"past"}:
        return _OVER
    return _verbs(change)


_MUST = frozenset(["must", "has", "have"])
_OWNERS = frozenset(["the", "a", "his", "her", "their", "its", "my", "our", "of", "good", "free", "last"])
_TO_PAST = "what is still to come would have happened"
_TO_COME = "what happened would be still to come"
_GOES_ON = "what happened would go on now"
_OVER = "what goes on now would be over"


def _verbs(change: Change) -> str | None:
    """Compare the verbs that stay, each with itself: a time is no less changed where another verb makes up for it."""
    old, new = _by_stem(verbs(change.passage)), _by_stem(verbs(change.after))
    for stem, mine in old.items():
        theirs = new.get(stem, [])
        if len(mine) != len(theirs):
            continue
        for one, other in zip(mine, theirs, strict=True):
            said = _moved(change, one, other)
            if said:
                return f"{said}: “{change.passage.tokens[one.at].text}”"
    return _replaced(change)


def _aspects(change: Change) -> str | None:
    """Compare what goes on with what is done: "being consulted", "been consulted"; "used to rise", "rises"."""
    old, new = {t.lower for t in change.old()}, {t.lower for t in change.new()}
    if "being" in old and "been" in new:
        return _OVER
    if "been" in old and "being" in new:
        return _GOES_ON
    if "used" in old - new and "to" in old and not new & (_PAST | {"would"}):
        return _GOES_ON
    return None


def _replaced(change: Change) -> str | None:
    """Compare a verb with the one that alone stands in its place ("is conducted", "has been carried out")."""
    here, there = verbs(change.passage), verbs(change.reply)
    for hunk in change.cut.hunks:
        old = [v for v in here if hunk.start <= v.at < hunk.end and v.sure]
        new = [v for v in there if hunk.reply_start <= v.at < hunk.reply_end and v.sure]
        if len(old) != 1 or len(new) != 1 or old[0].stem == new[0].stem:
            continue
        was, now = old[0].time, new[0].time
        if (was, now) in _APART:
            return f"{_APART[was, now]}: “{change.passage.tokens[old[0].at].text}”"
    return None


_APART: dict[tuple[Time, Time], str] = {
    ("coming", "past"): _TO_PAST,
    ("coming", "perfect"): _TO_PAST,
    ("past", "coming"): _TO_COME,
    ("perfect", "coming"): _TO_COME,
    ("present", "past"): _OVER,
    ("present", "perfect"): _OVER,
    ("past", "present"): _GOES_ON,
    ("perfect", "present"): _GOES_ON,
}


def _by_stem(found: tuple[Verb, ...]) -> dict[str, list[Verb]]:
    by: dict[str, list[Verb]] = {}
    for verb in found:
        by.setdefault(verb.stem, []).append(verb)
    return by


def _moved(change: Change, one: Verb, other: Verb) -> str | None:
    was, now = one.time, other.time
    if was == now:
        return None
    if was == "coming" and now in ("past", "perfect"):
        return _TO_PAST
    if was in ("past", "perfect") and now == "coming":
        return _TO_COME
    if one.sure != other.sure and _participle(change, one, other):
        return None  # "skilled racers", "are skilled racers"
    if not (_finite(change.passage, one) and _finite(change.after, other)):
        return None
    if was == "perfect" and _denied(change.passage, one) and _denied(change.after, other):
        return None  # what has not happened does not go on either
    if was in ("past", "perfect") and now == "present":
        return _GOES_ON
    if was == "present" and (now == "past" or (now == "perfect" and not _since(change.passage))):
        return _OVER
    return None


def _since(reading: Reading) -> bool:
    """Whether a span of time is named through which something goes on: other languages say "works here since"."""
    return bool(_SPANNING & set(reading.words))


_SPANNING = frozenset(
    [
        "since",
        "for",
        "from",
        "during",
        "long",
        "always",
        "ever",
        "first",
        "years",
        "months",
        "weeks",
        "days",
        "time",
    ]
)


def _denied(reading: Reading, verb: Verb) -> bool:
    """Whether "not" stands before a verb."""
    before = reading.tokens[max(0, verb.at - 2) : verb.at]
    return any(token.lower == "not" or token.lower.endswith("n't") for token in before)


def _participle(change: Change, one: Verb, other: Verb) -> bool:
    """Whether the one of two forms that stands alone may be a participle or adjective."""
    alone = one if not one.sure else other
    reading = change.passage if alone is one else change.after
    return form(reading.tokens[alone.at].lower) in ("ed", "participle")


def _finite(reading: Reading, verb: Verb) -> bool:
    """Whether a word is a verb with a tense, and no noun or participle, as its form and the word before it say."""
    token = reading.tokens[verb.at]
    shape = form(token.lower)
    before = reading.tokens[verb.at - 1] if verb.at else None
    if before is not None and before.text == "-":
        return False  # "many-sided"
    if verb.sure or shape in ("s", "ed", "past", "participle"):
        return True
    k = verb.at - 1
    while k > 0 and reading.tokens[k].lower in ADVERBS:
        k -= 1
    if k < 0 or reading.tokens[k].kind != "word":
        return False
    subject = reading.tokens[k].lower
    if subject in ("and", "or"):
        return any(other.at < k and _finite(reading, other) for other in verbs(reading))
    return subject in ("they", "we", "i", "you", "who") or (
        reading.content[k] and subject.endswith("s") and subject != "news"
    )


def _coming(reading: Reading) -> int:
    words = reading.words
    found = 0
    for k, word in enumerate(words):
        following = words[k + 1] if k + 1 < len(words) else ""
        if word == "will" and k and words[k - 1] in _OWNERS:
            continue  # "the will of the founder"
        if (
            word in COMING
            or (word == "let" and following == "us")
            or (word in _BE and following == "to")
            or (word in ("have", "has", "had", "going", "about") and following == "to")
        ):
            found += 1
    return found


def _missed(reading: Reading) -> int:
    """Count what should have happened, and has not."""
    words = [word for word in reading.words if word not in ADVERBS]
    return sum(one == "should" and other == "have" for one, other in itertools.pairwise(words))


def _shared(change: Change, fewer: int) -> bool:
    """Whether all that goes is a modal that another one of its kind makes good ("should be made and should be sent")."""
    gone = [token.lower for token in change.old() if token.lower in COMING]
    return fewer == len(gone) == 1 and not change.lost and gone[0] in change.after.words


def _had_to(reading: Reading) -> int:
    """Count what was to be done, and may be done by now."""
    words = reading.words
    return sum(one in ("had", "was", "were") and other == "to" for one, other in itertools.pairwise(words))


def _has_to(change: Change, fewer: int) -> bool:
    """Whether all that goes is the "has" of "has to", and "to" stays ("forced the singer has to move the show")."""
    gone = [token.lower for token in change.old() if token.kind != "mark"]
    return fewer == len(gone) == 1 and gone[0] in ("has", "have", "had") and not change.new()


def _times(reading: Reading, indices: tuple[int, ...]) -> set[str]:
    found = set()
    for k in indices:
        word = reading.tokens[k].lower
        if word in _PAST:
            found.add("past")
        elif word in _PRESENT:
            found.add("present")
        elif word in ("has", "have", "hasn't", "haven't"):
            found.add("perfect")
    return found
