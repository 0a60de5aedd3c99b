"""Who speaks, and how it is said that he does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cleantext.document.cues import verbs
from cleantext.document.words import phrases, word_groups
from cleantext.editor.change import Change
from cleantext.editor.guards.persons import is_person, one_role
from cleantext.editor.inflection import stem
from cleantext.editor.reading import RECENT, Reading

_REACH = 6
"""Words on either side of a verb of saying among which its speaker stands."""


_SOURCES = (
    "according to",
    "opinion of",
    "view of",
    "words of",
    "word of",
    "data of",
    "information of",
    "information from",
)
_ENDS = frozenset(
    ["that", "who", "which", "when", "at", "in", "on", "to", "of", "by", "is", "are", "was", "were"]
)


def guard(change: Change) -> str | None:
    """Refuse a cut that changes a content word of a speaker, or exchanges the verb of saying for one that judges."""
    sources = _sources(change.passage)
    touched = speaking(change.passage) | sources
    arriving = speaking(change.reply) | (_sources(change.reply) if sources else frozenset())
    # What only moves is neither lost nor won.
    lost = change.lost & Counter(change.passage.stems[k] for k in change.removed if k in touched)
    won = change.won & Counter(change.reply.stems[k] for k in change.added if k in arriving)
    # How it is said ("shyly") is not who says it.
    speakers = [word for word in (*lost, *won) if word not in _cue_stems() and not word.endswith("ly")]
    gone, come = [word for word in lost if word in speakers], [word for word in won if word in speakers]
    if len(gone) == len(come) == 1 and one_role(gone[0], come[0]):
        speakers = []  # "the firemen said", "the firefighters said"
    if speakers and {*lost, *won} - {stem(word) for word in word_groups("editor-support")["spokesman"]}:
        return f"who speaks would change: “{speakers[0]}”"
    had = {kind for word in change.lost for kind in _judging().get(word, ())}
    for word in won:
        if _judging().get(word, set()) - had:
            return f"“{word}” says more than that somebody said it"
    fewer = _reports(change.passage) - _reports(change.after)
    if fewer > 0 or (fewer == 0 and _named_sources(change.passage) > _named_sources(change.after)):
        return "that somebody says it would be lost"
    return _pronouns(change) or _exchanged(change) or _owned(change)


def _named_sources(reading: Reading) -> int:
    """Count the sources that are persons, or somebody's: "according to his lawyer"."""
    words = [token.lower for token in reading.tokens]
    return sum(
        one == "according"
        and other == "to"
        and (third in _OWNERS or any(is_person(stem) for stem in reading.stems[k + 2 : k + 5]))
        for k, (one, other, third) in enumerate(zip(words, words[1:], words[2:], strict=False))
    )


_OWNERS = frozenset(["his", "her", "their", "him", "them"])


def _owned(change: Change) -> str | None:
    """Refuse a speaker who becomes whose brother, husband or office speaks ("said Lund", "said Lund's sister")."""
    said = _bare(change.passage, owning=False)
    for word in _bare(change.after, owning=True) - _bare(change.passage, owning=True):
        if word in said:
            return f"who speaks would change: “{word}”, “{word}'s”"
    return None


def _bare(reading: Reading, *, owning: bool) -> frozenset[str]:
    """Return the words in the places of speakers that own something, or do not."""
    return frozenset(
        reading.tokens[k].lower.removesuffix("'s")
        for k in _speakers(reading)
        if reading.content[k]
        and reading.tokens[k].lower.endswith("'s") == owning
        and (owning or not k or reading.tokens[k - 1].lower != "of")  # "the lawyer of Lund", "Lund's lawyer"
    )


_HE = frozenset(["he", "him", "himself", "he's", "he'll", "he'd"])
_SHE = frozenset(["she", "herself", "she's", "she'll", "she'd"])
_AGENTS = ("er", "ers", "or", "ors")
"""Endings of those who do something; in the place of a speaker they are hardly "water" or "letters"."""
_SUBJECTS = frozenset(["he", "she", "they", "we", "i", "you"])


def _pronouns(change: Change) -> str | None:
    """Refuse a man who becomes a woman, and another pronoun for whoever says something.

    "His" may become "her": that is often a gender of grammar put right.
    """
    old, new = Counter(t.lower for t in change.passage.tokens), Counter(t.lower for t in change.after.tokens)
    lost, won = old - new, new - old
    her = {"her"} if lost["her"] > won["his"] or won["her"] > lost["his"] else set()
    if (lost.keys() & _HE and won.keys() & (_SHE | her)) or (lost.keys() & (_SHE | her) and won.keys() & _HE):
        return "a man would become a woman, or the other way round"
    before, after = _subjects(change.passage), _subjects(change.after)
    for word in after - before:
        for other in before - after:
            if word != other:
                return f"who speaks would change: “{other}”, “{word}”"
    return None


def _subjects(reading: Reading) -> Counter[str]:
    """Count the pronouns right beside a verb of saying: "they said", "said she"."""
    says = _cues()
    found: Counter[str] = Counter()
    for k, token in enumerate(reading.tokens):
        if token.lower not in says:
            continue
        for j in (k - 1, k + 1):
            if 0 <= j < len(reading.tokens) and reading.tokens[j].lower in _SUBJECTS:
                found[reading.tokens[j].lower] += 1
                break
    return found


def _exchanged(change: Change) -> str | None:
    """Refuse a cut after which somebody who spoke is spoken to or of, and somebody else has taken their place."""
    before, after = _heads(change.passage), _heads(change.after)
    here, there = Counter(change.after.stems), Counter(change.passage.stems)
    gone = [one for one in before - after if here[one]]
    come = [other for other in after - before if there[other]]
    for one in gone:
        for other in come:
            if other != one:
                return f"who speaks would change: “{one}”, “{other}”"
    told, tells = _subjects(change.passage), _subjects(change.after)
    instead, silent = tells - told, told - tells
    if gone and instead:
        return f"who speaks would change: “{gone[0]}”, “{next(iter(instead))}”"
    if silent and (heard := set(come) & _addressed(change.passage)):
        return f"who speaks would change: “{next(iter(silent))}”, “{min(heard)}”"
    if before and instead and not silent:
        return f"who speaks would change: “{next(iter(instead))}”"
    spoken = set(gone) & (_addressed(change.after) - _addressed(change.passage))
    return f"who speaks would be spoken to: “{min(spoken)}”" if spoken else None


def _addressed(reading: Reading) -> frozenset[str]:
    """Return the stems after a verb of saying and "to", as far as a name or role may reach."""
    found: set[str] = set()
    for k in range(1, len(reading.tokens)):
        told = {token.lower for token in reading.tokens[max(0, k - 2) : k]}  # "explained he to"
        if reading.tokens[k].lower == "to" and told & _cues():
            found.update(reading.stems[j] for j in _along(reading, k, 1))
    return frozenset(found)


def _heads(reading: Reading) -> Counter[str]:
    """Count the persons in the places of speakers: roles, and of each name the first word."""
    found: Counter[str] = Counter()
    for k in sorted(_speakers(reading) | _sources(reading)):
        word = reading.tokens[k]
        if word.text[0].isupper() and reading.content[k]:
            joined = k > 0 and (reading.tokens[k - 1].text in "-–" or reading.tokens[k - 1].text[0].isupper())
            if not joined:
                found[reading.stems[k]] += 1
        elif is_person(reading.stems[k]) or (len(word.lower) > 5 and word.lower.endswith(_AGENTS)):
            found[reading.stems[k]] += 1
    return found


def _speakers(reading: Reading) -> frozenset[int]:
    """Return the places of speakers: those about a verb of saying, whom it is said to left out ("to the mayor said")."""
    found = set(speaking(reading))
    for k, token in enumerate(reading.tokens):
        if token.lower in _cues() and (left := list(_along(reading, k, -1))):
            last = left[-1] - 1
            if last >= 0 and reading.tokens[last].lower == "to":
                found -= set(left)
                found.update(_along(reading, k, 1))
    return frozenset(found)


def _reports(reading: Reading) -> int:
    """Count the verbs by which somebody plainly says something."""
    return sum(
        token.lower in _plain_cues() or (token.lower.endswith("ing") and stem(token.lower) in _plain_stems())
        for token in reading.tokens
    )


@lru_cache(maxsize=1)
def _judging() -> dict[str, set[str]]:
    """The stems of verbs that judge what they report, each with its classes."""
    found: dict[str, set[str]] = {}
    for kind, members in word_groups("editor-cues").items():
        for word in members:
            found.setdefault(stem(word), set()).add(kind)
    return found


@lru_cache(maxsize=1)
def _cue_stems() -> frozenset[str]:
    return frozenset(map(stem, verbs()))


@lru_cache(maxsize=1)
def _plain_stems() -> frozenset[str]:
    return frozenset(map(stem, _plain_cues()))


@lru_cache(maxsize=1)
def _plain_cues() -> frozenset[str]:
    return frozenset(cue for cue in phrases("said") | phrases("says") if " " not in cue)


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    saying = (form for form, verb in verbs().items() if verb.says and not verb.manner and verb.form != "ing")
    return _plain_cues().union(saying)


@lru_cache(maxsize=RECENT)
def speaking(reading: Reading) -> frozenset[int]:
    """Return the numbers of the tokens about a verb of saying, up to a mark on either side."""
    says = _cues()
    tokens = reading.tokens
    found: set[int] = set()
    for k, token in enumerate(tokens):
        if token.lower in says:
            found.add(k)
            # After a mark the speaker follows the verb ("…, said the mayor"); else what follows is what was said,
            # and so it is where a name stood between the marks ("the mayor, Anna Lund, said that").
            marked = k > 0 and tokens[k - 1].kind == "mark"
            said = k + 1 < len(tokens) and tokens[k + 1].lower == "that"
            beside = set(_along(reading, k, 1) if marked and not said else _along(reading, k - marked, -1))
            if not (marked and said) or all(
                tokens[j].text[0].isupper() for j in beside if reading.content[j]
            ):
                found.update(beside)
    return frozenset(found)


def _sources(reading: Reading) -> frozenset[int]:
    """Return the numbers of the tokens after "according to" and its like."""
    words = [token.lower for token in reading.tokens]
    found: set[int] = set()
    for k, word in enumerate(words):
        if word in ("to", "of", "from") and " ".join(words[max(0, k - 3) : k + 1]).endswith(_SOURCES):
            found.update(_along(reading, k, 1))
    return frozenset(found)


def _along(reading: Reading, k: int, step: int) -> Iterator[int]:
    """Yield the tokens from a cue on in one direction, as far as its speaker may stand."""
    i = k + step
    while 0 <= i < len(reading.tokens) and abs(i - k) <= _REACH and reading.tokens[i].kind != "mark":
        if reading.tokens[i].lower in _ENDS:
            return
        yield i
        i += step
