"""Short lines that only their neighbours show to be the author's: wrapped paragraphs, commands, chats, mail, explained terms.

Each looks like residue by itself. Mail and printed pages wrap their paragraphs, so that any piece of a sentence is a
line; an extractor writes a listing of commands, a conversation and a list of definitions as lines like any other.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from cleantext.checks.boilerplate.facts import Facts

LEAST_WRAPPED, WRAPPED_AT = 3, 30
"""Lines of the shortest wrapped paragraph, and code points of its shortest line but the last."""
LEAST_PAIRS, PAIRS_OF_WRAPPED = 8, 5
"""Lines that run on into the next in the shortest text that is wrapped as a whole, and how many lines have one such."""
LEAST_SAID, LEAST_CITED = 3, 3
"""Lines of the shortest chat, and of the shortest passage of a letter that is answered."""
LEAST_TERMS, MANY_TERMS = 2, 4
"""Terms of the shortest list of definitions, and from how many on one needs no explanation that stays."""
LEAST_COMMAS = 3
"""Commas alone in their lines that show a list to be torn into lines."""
LEAST_ITEMS, ITEMS_OF_ONE = 5, 4
"""Items of the shortest list, and how many one that goes must have beside it to stay with them."""
_TERM, _EXPLAINED = 4, 5
"""Words of the longest term, and of the shortest line that explains one."""
_ATTRIBUTED = 14
"""Words of the longest line that says whose a saying is."""
_ADDRESSED = 4
"""Words of the longest line that speaks to somebody."""
_COMMAND_WORDS = 4
"""Words of the shortest command that is told by another that begins like it."""

_NOTE = 3
"""Rows of a note in a box."""
LEAST_NAMED = 4
"""Rows of a name and a value in the shortest box of facts."""
_NAMED = regex.compile(r"\|\s*\p{Lu}[^|]{1,40}\|\s*[^|\s][^|]*\|")
_RULED = regex.compile(r"[|:\s-]+")
_GOES_ON = ',;)"”»-‐'
_BULLETS = "-–•*"
_BULLETED = regex.compile(rf"[{_BULLETS}] (?=\S)")
_BULLET = 2
"""Code points of a bullet with its blank."""
_SAID = regex.compile(
    r"(?:\[?(?:\p{L}{3} \d\d? )?\d\d?:\d\d(?::\d\d)?\]? ?)?"
    r"(?:<[~&@%+ ]?[\p{L}\d_|^`\[\]\\{}-]{1,20}>(?: |\Z)|\*{1,3} \S)"
)
_ROOTS = "bin|boot|dev|etc|home|lib|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var"
_ROOT = re.compile(f"/(?:{_ROOTS})/")
_PATH = regex.compile(rf"(?<![\w/.])/(?:{_ROOTS})/\w")
_ASSIGNED = regex.compile(r"[\w.$-]+(?:\{\w+\})?(?:\[\w+\])? ?(?:[+:-]?=|==) ?[\"'$/\d\w(].*")
_DIRECTIVE = regex.compile(
    r"\.\. [\w-]+::.*|:[\w-]+:(?: .*)?|(?=\w*\.|\w+\()[\p{Ll}\d.]*\p{Ll}_[\w.]+(?:\(.*\))?|\p{Ll}+\.\w*_\w+"
)
_PROMPT = regex.compile(r"[$#%] \p{Ll}[\w.-]*(?: .*)?|\w+@[\w.-]+:.{0,60}[#$] .*")
_MARKS, _PROMPTS = "=_@", ".:$#%"
"""Of what stands in a line of commands that holds no path, and of what it begins with, there is one of these."""
_FLAG = regex.compile(r"\d| -{1,2}\w")
_HEADER = regex.compile(
    r"(?:> ?)*(?:From|To|Cc|Bcc|Date|Sent|Subject|Sender|Reply-[Tt]o|Message-I[dD]|Return-Path|Received|Replied|Forwarded|In-[Rr]eply-[Tt]o|Fcc|cc|Delivered-To|MIME-Version|Content-Type|Von|An|Gesendet|Betreff|De|À|Envoyé|Objet"
    r"|От|Кому|Дата|Тема):\s+\S.*"
)
_CITES = regex.compile(
    r"(?:On|Am|Le|El|Il|Op|Em|Den|W dniu|Dne) .{0,120}\d.{0,120}"
    r"(?:@|wrote|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev|napisał|napsal).*"
)
_ATTRIBUTION = regex.compile(r"(?:--|[—–―]) ?\p{Lu}[^@]*")
_ADDRESS = regex.compile(
    r"(?!(?i:by|von|par|por|da|cheers|love|regards|thanks|sincerely)\b)\p{Lu}[\p{L}'’. -]{0,40} ?,"
)


class Lines(NamedTuple):
    """The lines of a text: what is known of each, and all of them as one text with line feeds between them.

    ``first`` and ``last`` are the first and the last character of each. What a kind of line begins with is looked for
    there in all lines at once: most texts hold no line of most kinds.
    """

    facts: Sequence[Facts]
    texts: Sequence[str]
    whole: str
    first: str
    last: str


def lines_of(facts: Sequence[Facts]) -> Lines:
    """Put all lines of a text together."""
    texts = [fact.text for fact in facts]
    first, last = "".join([text[0] for text in texts]), "".join([text[-1] for text in texts])
    return Lines(facts, texts, "\n".join(texts), first, last)


def at_which(ends: str, wanted: str) -> Iterator[int]:
    """Yield the numbers of the lines one of whose ends is one of these characters."""
    if any(map(ends.__contains__, wanted)):
        yield from (i for i, end in enumerate(ends) if end in wanted)


def own_lines(lines: Lines) -> Iterator[int]:
    """Yield the numbers of lines that are the author's whatever becomes of those beside them."""
    if "<" in lines.whole:
        yield from _said(lines.texts)
    yield from _commands(lines)
    yield from _mail(lines)
    yield from _attributions(lines)
    yield from _torn(lines)
    yield from _addresses(lines)


def lines_that_stay(lines: Lines, likely: Container[int]) -> Iterator[int]:
    """Yield the numbers of lines that belong to one that stays; ``likely`` are those that would go by themselves."""
    facts = lines.facts
    items = [i for i in at_which(lines.first, _BULLETS) if _is_item(facts[i])]
    yield from _wrapped(lines, likely)
    yield from _terms(facts, items, likely)
    yield from _rows(lines, likely)
    yield from _items(facts, items, likely)


def _wrapped(lines: Lines, likely: Container[int]) -> Iterator[int]:
    """Yield the lines of a sentence that runs on over several, but for one that would go whole and holds a word of residue.

    Where a whole text is wrapped any line may be a piece of prose, and only what names residue is judged.
    """
    facts = lines.facts
    joined = [
        begins.islower() and runs_on(facts[i], facts[i + 1]) for i, begins in enumerate(lines.first[1:])
    ]
    pairs = sum(joined)
    if not pairs:
        return
    if pairs >= LEAST_PAIRS and pairs * PAIRS_OF_WRAPPED >= len(facts):
        yield from (i for i, fact in enumerate(facts) if not fact.mask and not fact.listed[1])
    first = 0
    for i, goes_on in enumerate([*joined, False], 1):
        if goes_on:
            continue
        piece = range(first, i)
        if len(piece) >= LEAST_WRAPPED and not (
            all(n in likely for n in piece) and any(facts[n].mask for n in piece)
        ):
            yield from piece
        first = i


def runs_on(one: Facts, other: Facts) -> bool:
    """Say whether a sentence runs on from one line into the next."""
    end = one.text[-1]
    return other.text[0].islower() and len(one.text) >= WRAPPED_AT and (end.isalnum() or end in _GOES_ON)


def _terms(facts: Sequence[Facts], items: Sequence[int], likely: Container[int]) -> Iterator[int]:
    """Yield the items of a list that are followed by what explains them."""
    terms = [
        i
        for i, below in pairwise(items)
        if below == i + 1
        and facts[i].words <= _TERM
        and facts[below].stop
        and facts[below].words >= _EXPLAINED
        and not facts[i].stop
        and facts[i].text[_BULLET:].replace(" ", "").isalpha()
    ]
    explained = [i for i in terms if i + 1 not in likely]
    if len(explained) >= LEAST_TERMS or len(terms) >= MANY_TERMS:
        yield from terms
        yield from (i + 1 for i in terms)


def _rows(lines: Lines, likely: Container[int]) -> Iterator[int]:
    """Yield the rows of a table a third of which stays, of a box of names and values, and of a note: its name, a rule, the note.

    Layout tables of old pages are menus and headlines throughout, and half their rows are empty.
    """
    facts = lines.facts
    for rows in runs(i for i in at_which(lines.first, "|") if is_row(facts[i])):
        going = sum(i in likely for i in rows)
        filled = sum(facts[i].words > 0 for i in rows)
        if not going or len(rows) == 1:
            continue
        is_note = len(rows) == _NOTE and _RULED.fullmatch(facts[rows[1]].text) is not None
        named = sum(_NAMED.fullmatch(facts[i].text) is not None for i in rows)
        if 3 * going <= 2 * filled or is_note or (named >= LEAST_NAMED and 2 * named > len(rows)):
            yield from rows


def is_row(fact: Facts) -> bool:
    """Say whether a line is the row of a table, as extractors write it."""
    text: str = fact.text
    return text[0] == "|" == text[-1]


def _items(facts: Sequence[Facts], found: Sequence[int], likely: Container[int]) -> Iterator[int]:
    """Yield the items of a list of which hardly any would go, or a third of which begin with small letters.

    Hardly a headline or a label does.
    """
    for items in runs(found):
        going = sum(i in likely for i in items)
        if not going or len(items) < LEAST_ITEMS:
            continue
        small = sum(facts[i].text[_BULLET].islower() for i in items)
        if going * ITEMS_OF_ONE <= len(items) or 3 * small >= len(items):
            yield from items


def _is_item(fact: Facts) -> bool:
    """Say whether a line begins with a bullet and a blank."""
    return _BULLETED.match(fact.text) is not None


def runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield the stretches of numbers that follow one another."""
    run: list[int] = []
    for number in numbers:
        if run and number > run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _said(texts: Sequence[str]) -> Iterator[int]:
    """Yield the lines of a chat, with what somebody said in two lines."""
    at = [i for i, text in enumerate(texts) if ("<" in text or "*" in text) and _SAID.match(text)]
    if len(at) >= LEAST_SAID and 2 * len(at) >= at[-1] - at[0] + 1 and any("<" in texts[i] for i in at):
        yield from range(at[0], at[-1] + 1)


def _commands(lines: Lines) -> Iterator[int]:
    """Yield commands at a prompt, paths of a system, values that are set, and commands that begin alike."""
    is_marked = any(map(lines.whole.__contains__, _MARKS)) or any(map(lines.first.__contains__, _PROMPTS))
    if is_marked or _ROOT.search(lines.whole):
        for i, text in enumerate(lines.texts):
            if (
                ("/" in text and _PATH.search(text))
                or ("=" in text and _ASSIGNED.fullmatch(text))
                or ((text[0] in ".:" or "_" in text) and _DIRECTIVE.fullmatch(text))
                or (("$ " in text or "# " in text or "% " in text) and _PROMPT.fullmatch(text))
            ):
                yield i
    facts = lines.facts
    for i, (begins, below) in enumerate(pairwise(lines.first)):
        if begins != below or not begins.islower():
            continue
        one, other = facts[i], facts[i + 1]
        if one.stop or other.stop or min(one.words, other.words) < _COMMAND_WORDS:
            continue
        if (
            one.text.split()[0] == other.text.split()[0]
            and _FLAG.search(one.text)
            and _FLAG.search(other.text)
        ):
            yield from (i, i + 1)


def _mail(lines: Lines) -> Iterator[int]:
    """Yield the headers of a letter that is passed on or answered, what is cited of it, and the line that cites it."""
    texts = lines.texts
    for i, (one, other) in enumerate(pairwise(texts)):
        if ":" in one and _HEADER.fullmatch(one) and _HEADER.fullmatch(other):
            yield from (i, i + 1)
    cited = list(at_which(lines.first, ">"))
    if len(cited) < LEAST_CITED:
        return
    yield from cited
    for n in cited:
        for i in (n - 1, n - 2):
            if i >= 0 and _CITES.fullmatch(texts[i]):
                yield from range(i, n)


def _addresses(lines: Lines) -> Iterator[int]:
    """Yield the lines that speak to somebody, as letters and speeches do: "Dear all,", "Hi Ann,", "Comrades,"."""
    for i in at_which(lines.last, ","):
        fact = lines.facts[i]
        if fact.words <= _ADDRESSED and not fact.listed[1] and _ADDRESS.fullmatch(fact.text):
            yield i


def _torn(lines: Lines) -> Iterator[int]:
    """Yield the parts of a list that stood in one line: commas alone in their lines part them."""
    commas = [i for i in at_which(lines.first, ",") if lines.texts[i] == ","]
    if len(commas) >= LEAST_COMMAS:
        yield from range(max(0, commas[0] - 1), min(len(lines.texts), commas[-1] + 2))


def _attributions(lines: Lines) -> Iterator[int]:
    """Yield sayings and the lines below that say whose they are; what names an account and a date is an embedded post's."""
    facts = lines.facts
    for i in at_which(lines.first, "-—–―"):
        fact = facts[i]
        if i and fact.words <= _ATTRIBUTED and not fact.listed[1] and _ATTRIBUTION.fullmatch(fact.text):
            yield i
            if not facts[i - 1].listed[1]:
                yield i - 1
