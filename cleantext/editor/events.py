"""When a passage says that its verbs happen: past, perfect, present or still to come, as far as forms tell.

No parser: an auxiliary goes with the verb that follows it, and one whose verb does not follow it goes with
the nearest form that could be its verb in the same clause, since translated English leaves verbs at the end.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from cleantext.document.words import word_list
from cleantext.editor.reading import RECENT, Reading

Time: TypeAlias = Literal["past", "perfect", "present", "coming", "open"]
"""``coming`` holds what shall, should or would happen; ``open`` is what no form tells."""

COMING = frozenset(["will", "shall", "'ll", "won't", "would", "should", "ought", "must", "'d"])
"""Words after which something has not happened yet."""
_COULD = frozenset(["can", "could", "may", "might", "can't", "cannot", "couldn't"])
_HAVE = frozenset(["has", "have", "hasn't", "haven't", "'ve"])
_HAD = frozenset(["had", "hadn't"])
_IS = frozenset(["am", "is", "are", "isn't", "aren't", "'m", "'re"])
_WAS = frozenset(["was", "were", "wasn't", "weren't"])
_DO = frozenset(["do", "does", "don't", "doesn't"])
_DID = frozenset(["did", "didn't"])
_LINK = frozenset(["be", "been", "being", "to", "going", "used", "about"])
_HELPING = COMING | _COULD | _HAVE | _HAD | _IS | _WAS | _DO | _DID
ADVERBS = frozenset(
    [
        "not",
        "never",
        "also",
        "already",
        "still",
        "now",
        "soon",
        "always",
        "ever",
        "just",
        "even",
        "only",
        "again",
        "as",
    ]
)
"""Words that may stand between an auxiliary, or a subject, and its verb; others end in -ly."""
_CLAUSE = 10
"""Tokens over which an auxiliary may stand apart from its verb."""

_ALONE: dict[str, tuple[str, Time]] = {
    **dict.fromkeys(_HAVE, ("hav", "present")),
    **dict.fromkeys(_HAD, ("hav", "past")),
}
"""Auxiliaries that are verbs themselves where no other verb takes them ("has no bread"); "is" has no place of its own."""

Form: TypeAlias = Literal["past", "participle", "ed", "ing", "s", "base"]


class Verb(NamedTuple):
    """A verb: number of its token, what its forms share, when it happens; ``sure`` where a form shows that it is a verb."""

    at: int
    stem: str
    time: Time
    sure: bool


@lru_cache(maxsize=RECENT)
def verbs(reading: Reading) -> tuple[Verb, ...]:
    """Return every word that may be a verb, in order; of a noun with a verb's form ("works") ``sure`` is false."""
    found: dict[int, Verb] = {}
    claimed: set[int] = set()
    tokens = reading.tokens
    for k, token in enumerate(tokens):
        if token.kind != "word" or not reading.content[k]:
            continue
        chain = _chain(reading, k)
        if chain and _takes(tokens[chain[-1]].lower, token.lower):
            claimed.update(chain)
            helping = [tokens[j].lower for j in chain]
            found[k] = Verb(k, reading.stems[k], _time(helping, form(token.lower)), True)
            continue
        shape = form(token.lower)
        before = tokens[k - 1].lower if k else ""
        if shape == "past" or (token.lower in _unchanging() and before in ("he", "she", "it")):
            found[k] = Verb(k, reading.stems[k], "past", True)
        elif shape in ("participle", "ed"):
            # "should be prepared and sent": what is joined to a verb shares its auxiliaries.
            joined = found.get(max(found)) if found and before in ("and", "or") else None
            shared = joined is not None and joined.sure and form(tokens[joined.at].lower) != "past"
            time: Time = joined.time if shared and joined else "past"
            found[k] = Verb(k, reading.stems[k], time, before in _SUBJECTS)
        elif shape == "ing" or before == "to":
            found[k] = Verb(k, reading.stems[k], "open", False)
        else:
            finite = before in ("he", "she", "it") if shape == "s" else before in ("they", "we")
            found[k] = Verb(k, reading.stems[k], "present", finite)
    for j, token in enumerate(tokens):
        if token.lower in _HELPING and j not in claimed:
            far = _far(reading, j, found)
            if far is not None:
                claimed.add(j)
                shape = form(tokens[far].lower)
                found[far] = Verb(far, reading.stems[far], _time([token.lower], shape), True)
    for j in set(range(len(tokens))) - claimed:
        if (alone := _ALONE.get(tokens[j].lower)) is not None:
            found[j] = Verb(j, alone[0], alone[1], True)
    return tuple(found[k] for k in sorted(found))


def _chain(reading: Reading, k: int) -> list[int]:
    """Return the auxiliaries right before a word, adverbs between them left out, in order."""
    found: list[int] = []
    j = k - 1
    while j >= 0 and reading.tokens[j].kind == "word":
        word = reading.tokens[j].lower
        if word in _HELPING or word in _LINK:
            found.append(j)
        elif word not in ADVERBS and not word.endswith("ly"):
            break
        j -= 1
    found.reverse()
    return found


def _takes(helping: str, word: str) -> bool:
    """Whether an auxiliary may take a word: "has today" is no perfect, "has come" is one."""
    if helping not in _HAVE | _HAD:
        return True
    return form(word) in ("participle", "ed", "past") or word in _LIKE_BASE or word in _unchanging()


_LIKE_BASE = frozenset(["come", "become", "overcome", "run", "outrun"])
"""Verbs whose participle is their base."""
_SUBJECTS = frozenset(["he", "she", "they", "we", "i", "who"])


def _far(reading: Reading, j: int, found: dict[int, Verb]) -> int | None:
    """Return the verb at the end of a clause for an auxiliary at its beginning."""
    helping = reading.tokens[j].lower
    wants = ("participle", "ed") if helping in _HAVE | _HAD | _IS | _WAS else ("base",)
    best = None
    for k in range(j + 2, min(len(reading.tokens), j + 1 + _CLAUSE)):
        token = reading.tokens[k]
        if token.kind == "mark" or token.lower in ("and", "but", "that", "who", "which", "because", "if"):
            break
        if token.lower in _HELPING:
            break
        if k in found and not found[k].sure and form(token.lower) in wants:
            best = k
    # A base form may be any noun: only the last word of its clause is taken for the verb.
    if best is not None and wants == ("base",):
        after = reading.tokens[best + 1] if best + 1 < len(reading.tokens) else None
        if after is not None and after.kind != "mark" and after.lower not in ("and", "but"):
            return None
    return best


def _time(helping: list[str], shape: Form) -> Time:
    if not {*helping} & (_HELPING | {"used"}):
        return "open"  # "to be built", "being built"
    while helping[0] not in _HELPING | {"used"}:
        helping = helping[1:]
    words = set(helping)
    if words & (COMING - {"'d"}):
        return "coming"
    if words & _COULD:
        return "open"
    if helping[-1] == "to" and len(helping) > 1:
        if helping[-2] == "used":
            return "past"
        return "coming"  # "is going to", "has to", "was about to", "is to"
    if helping[0] == "used":
        return "open"
    if words & (_HAD | _WAS | _DID):
        return "past"
    if words & _HAVE:
        return "perfect"
    if words & _DO:
        return "present"
    return "present" if words & _IS else "open"


@lru_cache(maxsize=65536)
def form(word: str) -> Form:
    """Return the form of a lower-case word, were it a verb; "past" only where it can be no participle."""
    if word in _irregular():
        return _irregular()[word]
    if word.endswith("ed") and len(word) > 4:
        return "ed"
    if word.endswith("ing") and len(word) > 5:
        return "ing"
    if word.endswith("s") and not word.endswith("ss"):
        return "s"
    return "base"


@lru_cache(maxsize=1)
def _conjugated() -> tuple[list[str], ...]:
    """Return the lines of irregular forms that are verbs': those with a third person."""
    lines = (entry.split() for entry in word_list("editor-irregular"))
    return tuple(
        line for line in lines if {line[0] + "s", line[0] + "es", line[0][:-1] + "ies"} & set(line[1:])
    )


@lru_cache(maxsize=1)
def _unchanging() -> frozenset[str]:
    """Return the verbs whose past is their base: "it costs", "it cost"."""
    listed = {line[0] for line in _conjugated() if all(f.endswith(("s", "ing")) for f in line[1:])}
    return frozenset(listed)


@lru_cache(maxsize=1)
def _irregular() -> dict[str, Form]:
    """Return the forms of irregular verbs: one past form serves as the participle, too, of two the first is past."""
    found: dict[str, Form] = {}
    for base, *forms in _conjugated():
        found.setdefault(base, "base")
        pasts = [f for f in forms if not f.endswith("ing") and not f.endswith("s")]
        for f in forms:
            if f.endswith("ing"):
                found.setdefault(f, "ing")
            elif f not in pasts:
                found.setdefault(f, "s")
            elif len(pasts) > 1 and f == pasts[0] and not f.endswith("t"):
                found.setdefault(f, "past")
            else:
                found.setdefault(f, "participle")
    return found
