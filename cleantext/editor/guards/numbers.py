"""Numbers, dates, units and currencies: by value, the same before and after."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import lru_cache

from cleantext.editor.change import Change, difference
from cleantext.editor.inflection import stem
from cleantext.editor.reading import RECENT, Reading, Token
from cleantext.editor.timing import day_words, sides, which
from cleantext.fidelity.values import LANGUAGES, Strength, Value, licensed, read_values
from cleantext.fidelity.values.units import unit_of

_SIGNS = frozenset("$€£¥₽₹%°")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SLIPS = (
    (re.compile(r"(?<=[$€£¥₽₹])\s+(?=\d)"), ""),
    (re.compile(r"%\s?(\d[\d.,]*)(?!\s?%)"), r"\1 %"),
    (re.compile(r"(?<=\d)\s(?=(?:st|nd|rd|th)\b)"), ""),
    (re.compile(r"\b(?:US|U\.S\.) (?=dollars?\b)"), ""),
    (re.compile(r"(?<=\d )(?:mill|mio|mln)\b\.?", re.IGNORECASE), "million"),
    (re.compile(r"(?<=\d )(?:milliards?|mrds?|mlds?|mds?)(?:\b\.?|(?=[$€£]))", re.IGNORECASE), "billion"),
    (
        re.compile(
            r"\b(EUR|USD|GBP|euros?|dollars?) (\d[\d.,]*(?: (?:hundred|thousand|million|billion))?)\b(?! \1)",
            re.IGNORECASE,
        ),
        r"\2 \1",
    ),
    (re.compile(r"\b((?:1[5-9]|20)\d\d) years?\b(?! [ao]ld| ago)"), r"\1"),
    (re.compile(r"(?<=\d[.:]\d\d) o['’]clock\b"), ""),
    (re.compile(r"\bper cent\b", re.IGNORECASE), "percent"),
    (re.compile(rf"(?<=\bof )the (?=(?:{_MONTHS})\b)"), ""),
    (re.compile(r"(?<=\d )(hundred|thousand|million|billion|trillion)s?(?: of)?\b", re.IGNORECASE), r"\1"),
    (
        re.compile(
            rf"\b(\d\d?)(?:st|nd|rd|th)(?= (?:of )?(?:{_MONTHS})| (?:to|and|until|till|[-–]) \d\d?(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS}))"
        ),
        r"\1",
    ),
    (
        re.compile(
            r"\b(two|three|four|five|six|seven|eight|nine|ten) (hundred|thousand|million|billion|trillion)s\b",
            re.IGNORECASE,
        ),
        r"\1 \2",
    ),
)
"""How translated English writes numbers, and how the grammar reads them: "$ 90", "% 5", "the 20 th", "2 millions of euros"."""
_ARTICLES = frozenset(["a", "an", "one", "i"])
"""What counts to one only on paper: articles, and the first person, which is no Roman numeral."""
_PART = re.compile(r"[ -](?:of|to|past|before|after|percent|million|billion|hour|century|final)\b")
_DISTRICT = re.compile(r"\b(?:the|this|that|our|their|its|his|her) $")
"""What stands before and after a "quarter" of an hour or of the voters, and before one of a town."""
_UNCOUNTED = frozenset(["again", "either", "neither", "none", "nothing"])
"""What counts to two or nought only where an original is looked for; negations have a guard of their own."""
_CAPITALISED = frozenset(["march", "may", "sat", "sun"])
"""Names of months and days that are other words in small letters."""
_POINTS = re.compile(r"\b(?:percentage|per ?cent|%)[ -]points?\b", re.IGNORECASE)


def guard(change: Change) -> str | None:
    """Refuse a cut after which a value is another one, is gone or is new.

    Where the original is known the guard turns round: a value that it contradicts may become the one that it holds.
    """
    said = difference(values(change.passage), values(change.after))
    if said and (_restores(change) or _translated(change) or _regrouped(change)):
        return None
    if said:
        return f"a number, date or unit would change: {said}"
    if _below(change.passage) != _below(change.after):
        return "what lies below nought would lie above it, or the other way round"
    if abroad := _grouped_by_points(change.after) - _grouped_by_points(change.passage):
        return f"a figure would be written as English does not write it: {next(iter(abroad))}"
    if went := _amount_moves(change):
        return went
    if _glued(change.after) - _glued(change.passage):
        return "a figure and a word would be written as one"
    if moved := sides(change.passage, change.after):
        return f"a date or a span of time would lie elsewhere: {moved}"
    if said := difference(which(change.passage), which(change.after)):
        return f"a date would be told otherwise: {said}"
    # Without a number, too: "for weeks" is not "for months".
    old, new = _units(change.old()), _units(change.new())
    if old - new and new - old:
        return f"a unit would change: {difference(Counter(old - new), Counter(new - old))}"
    return None


def _glued(reading: Reading) -> Counter[str]:
    """Count the figures that a word touches which is no unit and no ending of an ordinal ("20th", "1960s", "5km")."""
    return Counter(
        one.text + other.text
        for one, other in itertools.pairwise(reading.tokens)
        if one.end == other.start
        and {one.kind, other.kind} == {"figure", "word"}
        and not (one.kind == "figure" and (other.lower in _ORDINAL or unit_of(other.lower) is not None))
    )


_BELOW = re.compile(
    r"(?:\bminus |(?<![\w.,])[-−–](?=\d)(?<!\d[-−–]))(?=\S)|\bbelow (?:zero|freezing)\b", re.IGNORECASE
)
_POINTED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")


def _below(reading: Reading) -> int:
    """Count what lies below nought."""
    return len(_BELOW.findall(reading.text))


def _grouped_by_points(reading: Reading) -> Counter[str]:
    """Count figures whose thousands are parted by points ("1.500.000"), which English takes for something else."""
    return Counter(_POINTED.findall(reading.text))


def _amount_moves(change: Change) -> str | None:
    """Refuse "to 5 %" where no "to" stood, and "by 5 %" for "to 5 %": the one is where it went, the other how far."""
    old, new = _before_figures(change.passage), _before_figures(change.after)
    for figure, word in new.items():
        was = old.get(figure)
        if word == "to" and was not in (None, "to", "at", "till", "until", "up", "on", "and", "into"):
            return f"“{was} {figure}” would become “to {figure}”"
        if (was, word) == ("to", "by"):
            return f"“to {figure}” would become “by {figure}”"
    return None


def _before_figures(reading: Reading) -> dict[str, str]:
    """Return the words before figures that stand once, after a verb that moves them ("rose by 5", "fell to 5")."""
    found: dict[str, str] = {}
    tokens = reading.tokens
    seen = Counter(token.text for token in tokens if token.kind == "figure")
    for k, token in enumerate(tokens):
        if token.kind != "figure" or seen[token.text] > 1 or k < 2:
            continue
        j = k - 1
        while j > 0 and (
            tokens[j].text in "$€£" or tokens[j].lower in ("about", "around", "some", "the", "of")
        ):
            j -= 1
        if tokens[j].kind == "word" and any(stem in _MOVING for stem in reading.stems[max(0, j - 6) : j]):
            found[token.text] = tokens[j].lower
    return found


_MOVING = frozenset(
    stem(verb)
    for verb in (
        "rise",
        "grow",
        "increase",
        "climb",
        "jump",
        "fall",
        "drop",
        "sink",
        "decrease",
        "decline",
        "reduce",
        "cut",
        "raise",
        "lower",
        "shrink",
    )
)

_ORDINAL = frozenset(["st", "nd", "rd", "th", "s"])


def _restores(change: Change) -> bool:
    """Whether what goes disagrees with the original, and what comes is what it says."""
    theirs = change.context.original
    if not theirs or _dates(change.passage) != _dates(change.after):
        return False
    before, after = _read(change.passage.text), _read(change.after.text)
    old, new = Counter(map(_name, before)), Counter(map(_name, after))
    lost = [value for value in before if _name(value) in old - new]
    won = [value for value in after if _name(value) in new - old]
    return (
        bool(won)
        and not any(licensed(value, theirs) for value in lost)
        and all(licensed(value, theirs) and not _more_often(value, after, theirs) for value in won)
    )


def _more_often(value: Value, ours: list[Value], theirs: tuple[Value, ...]) -> bool:
    """Whether a value stands in a passage more often than in its original."""
    here = sum(one.amounts == value.amounts for one in ours)
    return here > max(1, sum(licensed(value, [other]) for other in theirs))


def _regrouped(change: Change) -> bool:
    """Whether one number only comes to the unit that stood apart from it, or leaves it there ("20 leads metre")."""
    before, after = _read(change.passage.text), _read(change.after.text)
    if [(v.kind, v.amounts) for v in before] != [(v.kind, v.amounts) for v in after]:
        return False
    changed = [
        (one.unit, other.unit) for one, other in zip(before, after, strict=True) if one.unit != other.unit
    ]
    if len(changed) != 1 or None not in changed[0] or _dates(change.passage) != _dates(change.after):
        return False
    return unit_words(change.passage) == unit_words(change.after)


def unit_words(reading: Reading) -> Counter[str]:
    """Count the units of a text in words, whether or not a number stands before them."""
    return Counter(
        unit
        for token in reading.tokens
        if token.kind == "word" and (unit := unit_of(token.lower)) is not None
    )


def _translated(change: Change) -> bool:
    """Whether all that changes is a number or month in words that another language left there ("im Mai", "in May").

    Words only: what a figure means depends on the language it is read in.
    """
    if any(token.kind == "figure" for token in (*change.old(), *change.new())):
        return False
    old = " ".join(token.text for token in change.old())
    new = Counter(map(_name, _read(" ".join(token.text for token in change.new()))))
    # What went said nothing in English, and nothing beside it joins with what came ("two" and "half" with "a").
    if not new or _read(old) or values(change.after) != values(change.passage) + new:
        return False
    languages = sorted(LANGUAGES - {"en", "zh", "ja", "hi"})
    return any(Counter(map(_name, read_values(old, language))) == new for language in languages)


def is_month_elsewhere(word: str) -> bool:
    """Whether a word is a month in a language whose numbers are read, other than English."""
    return any(
        value.kind == "month"
        for lang in sorted(LANGUAGES - {"en"})
        for value in read_values(word.lower(), lang)
    )


def _units(tokens: tuple[Token, ...]) -> set[str]:
    return {unit for token in tokens if token.kind != "figure" and (unit := unit_of(token.lower)) is not None}


@lru_cache(maxsize=RECENT)
def values(reading: Reading) -> Counter[str]:
    """Return every value of a text as a short name: numbers by size and unit, months, days of the week, times of day.

    Of a figure that may mean two things the likelier one counts, so that "1.500" and "1,500" are told apart.
    """
    found = Counter(map(_name, _read(reading.text)))
    found["percentage points"] += len(_POINTS.findall(reading.text))
    return +(found + _dates(reading))


def _read(text: str) -> list[Value]:
    """Read the values of a text, what translated English writes in its own way put right first."""
    for slip, written in _SLIPS:
        text = slip.sub(written, text)
    return [value for value in read_values(text, "en") if not _idle(value, text)]


def _dates(reading: Reading) -> Counter[str]:
    """Count days of the week, seasons and times of day."""
    dates = day_words()
    found: Counter[str] = Counter()
    for k, token in enumerate(reading.tokens):
        word = token.lower.removesuffix("'s")
        if word in dates and (token.lower not in _CAPITALISED or token.text[0].isupper()):
            before = next((t.lower for t in reversed(reading.tokens[max(0, k - 2) : k]) if t.text != "-"), "")
            # "The day after tomorrow", and as translations say it "after-tomorrow".
            far = (before, dates[word]) in (("after", "tomorrow"), ("before", "yesterday"))
            found[f"{before} {dates[word]}" if far else dates[word]] += 1
    return found


def _idle(value: Value, text: str) -> bool:
    """Whether a value counts only on paper: an article, "only", "again", "each other", the first person as a Roman numeral."""
    written = text[value.start : value.end].lower()
    if value.strength is Strength.HINT and value.kind == "number":
        if value.amounts == (1.0,) or written in _UNCOUNTED:
            return True
        if (
            written in ("quarter", "quarters")
            and _DISTRICT.search(text, 0, value.start)
            and not _PART.match(text, value.end)
        ):
            return True
        # "Trips" begins like "triple".
        if written.startswith(("trip", "trilat", "twof", "bicent")) and not written.startswith("tripl"):
            return True
    if value.kind == "month" and value.strength is Strength.HINT and text[value.start].islower():
        return True  # "may"
    return value.strength is not Strength.DIGITS and (written in _ARTICLES or written.endswith("other"))


def is_number(word: str) -> bool:
    """Whether a word or figure is a number by itself."""
    return any(not _idle(value, word) for value in read_values(word, "en"))


def _name(value: Value) -> str:
    if value.kind == "label":
        return value.label
    kind = value.kind if value.kind in ("ordinal", "month", "time", "decade") else ""
    amount = f"{value.amounts[0]:.15g}" if value.amounts else ""
    if len(value.amounts) > 1 and value.amounts[0] < value.amounts[1]:
        amount += f" or {value.amounts[1]:.15g}"  # "1.730" is no other way to write 1.73
    return " ".join(part for part in (kind, amount, value.unit) if part)
