"""Negation, modality and hedges, quantities and contrast: as many of each class before and after."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from cleantext.document.words import word_groups, word_list
from cleantext.editor.change import Change, difference
from cleantext.editor.events import verbs
from cleantext.editor.guards.numbers import is_number
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading


def negation(change: Change) -> str | None:
    """Refuse a cut that adds a negation, takes one away, or lets it deny another verb."""
    before, after = negations(change.passage), negations(change.after)
    turned = _denied(change.lost, change.won) - _denied(change.won, change.lost) + _denied_before(change)
    fewer = before - after - turned
    # "Did not see nobody" denies once: one may go where that leaves as much denied, none may come.
    once = before - _repeated(change.passage) == after - _repeated(change.after) + turned
    if fewer < 0 or (fewer > 0 and not once):
        return "a negation would come" if fewer < 0 else "a negation would be lost"
    old, new = _denials(change.passage), _denials(change.after)
    both = sorted(old.keys() & new.keys())
    gone, come = [w for w in both if old[w] and not new[w]], [w for w in both if new[w] and not old[w]]
    return f"a negation would deny “{come[0][0]}”, not “{gone[0][0]}”" if gone and come else None


def negations(reading: Reading) -> int:
    """Count what a text denies."""
    return _count(reading, ("negation",))["negation"] + _without(reading)


def _repeated(reading: Reading) -> int:
    """Count the negations that only repeat another."""
    stems = _stems()["negation"]
    return sum(
        reading.stems[k] in stems and _counts(reading, k, "negation") and _repeats(reading, k)
        for k in range(len(reading.tokens))
    )


_DENYING = ("un", "in", "im", "il", "ir", "dis", "non", "mis")


def _denied(words: Counter[str], by: Counter[str]) -> int:
    """Count the words that others deny by a prefix ("correctly", "incorrectly")."""
    return sum(prefix + word in by for word in words for prefix in _DENYING)


def _denied_before(change: Change) -> int:
    """Count words that say "without" by their ending and become one that denies by its beginning ("partyless", "independent")."""
    ending = [word for word in change.lost if word.endswith("less") and word not in _NOT_WITHOUT]
    beginning = [word for word in change.won if word.startswith(_DENYING) and len(word) > _LONG]
    return min(len(ending), len(beginning))


_LONG = 6
"""Letters of a word that may begin with a denial: "inn" and "under" do not."""


def _without(reading: Reading) -> int:
    """Count the words that say "without" by their ending: "contactless"."""
    return sum(
        token.lower.endswith("less") and len(token.lower) > 7 and token.lower not in _NOT_WITHOUT
        for token in reading.tokens
    )


_NOT_WITHOUT = frozenset(
    [
        "nevertheless",
        "nonetheless",
        "regardless",
        "wireless",
        "countless",
        "endless",
        "priceless",
        "ruthless",
        "restless",
        "reckless",
        "relentless",
        "timeless",
        "seamless",
        "flawless",
        "tireless",
        "doubtless",
    ]
)


def _denials(reading: Reading) -> dict[tuple[str, int], bool]:
    """Return every verb, the same one numbered, and whether a "not" or "never" stands right before it."""
    found: dict[tuple[str, int], bool] = {}
    seen: Counter[str] = Counter()
    every = verbs(reading)
    sure = {verb.stem for verb in every if verb.sure}
    for verb in every:
        seen[verb.stem] += 1
        if verb.stem not in sure:
            continue  # "never to something"
        before = reading.tokens[max(0, verb.at - 2) : verb.at]
        found[verb.stem, seen[verb.stem]] = any(
            token.lower in ("not", "never", "cannot") or token.lower.endswith("n't") for token in before
        ) and all(token.kind == "word" for token in before)
    return found


def _counts(reading: Reading, k: int, name: str) -> bool:
    """Whether a word of a class says there what the class says.

    "About" and "some" hedge a number and nothing else, "No 5" denies nothing, and who plans plans "to".
    """
    if name == "degree":
        return _before_number(reading, k)
    if name == "intention":
        return any(token.lower == "to" for token in reading.tokens[k + 1 : k + 8])
    if name == "already":
        # "Already soon" says no more than "soon".
        return not _SOON & {token.lower for token in reading.tokens[max(0, k - 1) : k + 2]}
    token, after = reading.tokens[k], reading.tokens[k + 1 : k + 3]
    if token.lower == "little" and after and after[0].lower.endswith("s"):
        return False  # "the little shareholders"
    if token.lower == "but" and k and reading.tokens[k - 1].lower in ("nothing", "anything", "all", "none"):
        return False
    if token.lower in ("many", "all") and after and after[0].text == "-":
        return False  # "many-sided"
    if token.lower == "each" and after and after[0].lower == "other":
        return False
    numbered = bool(after) and (
        after[0].kind == "figure" or (after[0].text == "." and len(after) > 1 and after[1].kind == "figure")
    )
    return not (token.text == "No" and not reading.opening[k] and numbered)


_SOON = frozenset(["soon", "now", "today"])
_AGAIN = frozenset(["nobody", "nothing", "never", "none", "nowhere", "no", "nor", "neither"])
_CONCORD = 5
_JOINING = frozenset(["and", "but", "or", "that", "which", "who", "because", "if"])
_HELPING = frozenset(["do", "does", "did", "has", "have", "had", "is", "are", "was", "were"])


def _repeats(reading: Reading, k: int) -> bool:
    """Whether a negation only says again what another denies, as many languages do ("did not see nobody", "not … nor").

    So does one after "until" ("until he does not come").
    """
    negations = word_groups("editor-grammar")["negation"]
    clause: list[str] = []
    for token in reversed(reading.tokens[max(0, k - _CONCORD) : k]):
        if token.kind == "mark" or token.lower in _JOINING:
            break
        clause.append(token.lower)
    here = reading.tokens[k].lower
    if here == "nor":
        return any(token.lower in negations for token in reading.tokens[:k])
    if (here == "not" and clause[:1] and clause[0] in _HELPING) or here in ("doesn't", "don't", "didn't"):
        if "until" in clause or "till" in clause:
            return True
        return any(word in ("nobody", "nothing", "never", "none") for word in clause)
    return here in _AGAIN and any(word in negations for word in clause)


def hedges(change: Change) -> str | None:
    """Refuse a cut after which something is surer, or less sure, than it was."""
    old, new = _count(change.passage, _HEDGES), _count(change.after, _HEDGES)
    said = difference(old, new)
    if said:
        return f"what is said to be sure would change: {said}"
    # Who believes may as well expect or suppose; what is believed does not become a fact.
    fewer = _count(change.passage, _BELIEFS) - _count(change.after, _BELIEFS)
    return "what somebody believes would become a fact" if fewer else None


def quantities(change: Change) -> str | None:
    """Refuse a cut after which "all", "most", "only", "former", "even" or "already" stand more or less often."""
    before, after = _count(change.passage, _QUANTITIES), _count(change.after, _QUANTITIES)
    if after["even"] > before["even"] and {t.lower for t in change.old()} & {"neither", "nor"}:
        before["even"] = after["even"]  # "does not reach nor the half", "does not reach even half"
    said = difference(before, after)
    return f"a quantity or a limit would change: {said}" if said else None


def connectives(change: Change) -> str | None:
    """Refuse a cut that makes a contrast or a condition of something, or takes it away, or parts what an "and" joins."""
    said = difference(_count(change.passage, _CONNECTIVES), _count(change.after, _CONNECTIVES))
    if said:
        return f"a contrast or a condition would change: {said}"
    for hunk in change.cut.hunks:
        old = [t.lower for t in change.passage.tokens[hunk.start : hunk.end]]
        new = {t.lower for t in change.reply.tokens[hunk.reply_start : hunk.reply_end]}
        for one, other in (("and", "or"), ("or", "and")):
            if one in old and other not in old and other in new and one not in new:
                return f"“{one}” would become “{other}”"
        if "," in old and not {"and", "or"} & set(old) and "," not in new and {"and", "or"} & new:
            behind = [t.lower for t in change.passage.tokens[hunk.end :]]
            if "," in behind and "and" in behind[behind.index(",") :]:
                return "a list would end before its last part"
        if (
            old in (["and"], ["or"])
            and not new & {"and", "or"}
            and new & word_groups("editor-grammar")["preposition"]
        ):
            return f"what “{old[0]}” joins would be said of each other"
    return None


def opposites(change: Change) -> str | None:
    """Refuse a cut that exchanges a word for its opposite."""
    pairs = _opposites()
    for lost in change.lost:
        for won in pairs.get(lost, ()):
            if won in change.won or any(token.lower == won for token in change.new()):
                return f"“{lost}” would become its opposite, “{won}”"
    # Of small words that go with many verbs ("for", "with") only the one that stands in the other's place counts.
    moved = {t.lower for t in change.old()} & {t.lower for t in change.new()}
    for hunk in change.cut.hunks:
        gone = {t.lower for t in change.passage.tokens[hunk.start : hunk.end]}
        come = {t.lower for t in change.reply.tokens[hunk.reply_start : hunk.reply_end]}
        for lost in sorted(gone - moved):
            for won in pairs.get(lost, ()):
                if won in come - moved:
                    return f"“{lost}” would become its opposite, “{won}”"
    return None


_HEDGES = ("possibility", "report", "seeming", "degree", "intention", "certainty")
_BELIEFS = ("belief",)
_QUANTITIES = ("only", "all", "most", "many", "few", "former", "even", "already")
_CONNECTIVES = ("contrast", "condition")


def _count(reading: Reading, classes: tuple[str, ...]) -> Counter[str]:
    groups = _stems()
    found: Counter[str] = Counter()
    for k, _token in enumerate(reading.tokens):
        for name in classes:
            if reading.stems[k] not in groups[name]:
                continue
            if _counts(reading, k, name):
                found[name] += 1
    return found


@lru_cache(maxsize=1)
def _stems() -> dict[str, frozenset[str]]:
    """The classes with the stems of their words, so that every form of a verb counts."""
    return {name: frozenset(map(stem, words)) for name, words in word_groups("editor-guarded").items()}


def _before_number(reading: Reading, k: int) -> bool:
    following = reading.tokens[k + 1 : k + 4]
    return any(token.kind == "figure" or is_number(token.lower) for token in following)


@lru_cache(maxsize=1)
def _opposites() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in word_list("editor-opposites"):
        one, other = entry.split()
        for a, b in ((one, other), (other, one)):
            found.setdefault(a, set()).add(b)
            found.setdefault(stem(a), set()).add(stem(b))
    return found
