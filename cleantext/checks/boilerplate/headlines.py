"""The headline: which line it is, which lines repeat it, and the site's name before or after it.

Exactly one copy stays: the first, or of those at the top with nothing but residue
between them the last, which stands next to the article. Amid the prose only the
whole headline, word for word, is a copy: a part or a variant of it is a subheading.
A line that runs on into the next one is a line of verse, and what stands again is a refrain.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import regex

from cleantext.checks.boilerplate.facts import Facts

_WORD = regex.compile(r"\w+")
_JOINT = regex.compile(r"\s*(?:: | [|–—·•»›>/:-] | :: | \|\| )\s*")
"""What stands between a site's name and a headline."""

_STEP = regex.compile(r"\d{1,2}[.)]\s|[#$%] \p{Ll}")
_PATH = regex.compile(r"(?:[^>»›]{1,40}[>»›]\s*)+")
"""The way to a page from the site's first one, before its headline."""

_DASHES = ("--", "—", "–", "―")

FIRST = 4
"""Filled lines among which a headline without a copy is."""
TOP = 12
"""Filled lines among which the first copy is looked for."""
LONGEST = 32
"""Words of the longest headline."""
_SITE_WORDS = 5
"""Words of the longest name of a site or section."""
_SENTENCE_WORDS = 10
"""Words from which on a sentence is one of an article."""
ALIKE = 0.8
"""Share of words that two copies have in common."""
CUT = 0.6
"""Share of a headline that is left where it is cut short."""
RUNNING = 0.6
"""Likeness to prose from which on a line is no headline."""


_TELLING, _ENDING, _BELOW = 4, 2, 40
"""Letters of the shortest word that tells what a text is about, letters of an ending, and lines in which it is taken up."""
_NO_HEADLINE = regex.compile(r"[|/»›>•·\t]")
"""What parts the entries of a menu."""


class Copy(NamedTuple):
    """A line that repeats the headline; ``exact`` if word for word."""

    line: int
    exact: bool


class Headline(NamedTuple):
    """``line`` is the copy that stays; ``trim`` the span in it (code points of the line) of a site's name."""

    line: int
    copies: tuple[Copy, ...]
    trim: tuple[int, int] | None


def find_headline(
    lines: Sequence[str],
    words: Sequence[int],
    prose: Sequence[bool],
    *,
    title: str | None,
    site: str,
    residue: Collection[int] = (),
    likely: Mapping[int, Sequence[int]] | None = None,
) -> Headline | None:
    """Find the headline of an article by its title, or by its being repeated.

    ``lines`` are stripped and not blank, ``words`` their numbers of words,
    ``prose`` says which are running prose. ``site`` is the site's own word in
    lower case (``dailypost``) or ``""``; ``residue`` are lines that will go. ``likely``
    may spare an article without a title some work: which lines may be copies of
    which. Gives None where no line is seen to be the headline.
    """
    found = _first_headline(lines, words, prose, title, site, likely)
    if found is None or not found.copies:
        return found
    first = next((i for i, is_prose in enumerate(prose) if is_prose), len(prose))
    last = max((i for i, is_prose in enumerate(prose) if is_prose), default=-1)
    whole = [_tokens(lines[found.line]), _tokens(title or "")]
    copies = tuple(
        copy for copy in found.copies if not first < copy.line < last or _tokens(lines[copy.line]) in whole
    )
    return _next_to_the_article(lines, found._replace(copies=copies), first, residue)


def _next_to_the_article(
    lines: Sequence[str], headline: Headline, prose: int, residue: Collection[int]
) -> Headline:
    """Let the last of the copies above line ``prose`` stay that likely residue alone parts from the first.

    Only one of the very words, but for a path before the first: what else the first has more may be the better
    half of the headline. One in capitals does not take the place of one that is not.
    """
    path = _PATH.match(lines[headline.line])
    if headline.trim and (path is None or headline.trim[0]):
        return headline
    places = {copy.line for copy in headline.copies}
    stays, form = headline.line, _tokens(lines[headline.line][path.end() if path else 0 :])
    below = range(headline.line + 1, prose)
    parted = next((i for i in below if i not in places and i not in residue), prose)
    for copy in headline.copies:
        line = lines[copy.line]
        if headline.line < copy.line < parted and _tokens(line) == form:
            shouted = line.isupper() and not lines[headline.line].isupper()
            if not shouted:
                stays = copy.line
    if stays == headline.line:
        return headline
    copies = [copy for copy in headline.copies if copy.line != stays]
    return Headline(stays, (Copy(headline.line, True), *copies), None)


def _first_headline(
    lines: Sequence[str],
    words: Sequence[int],
    prose: Sequence[bool],
    title: str | None,
    site: str,
    likely: Mapping[int, Sequence[int]] | None,
) -> Headline | None:
    able = [i for i, count in enumerate(words) if 3 <= count <= LONGEST and not prose[i]]
    top = [i for i in able if i < TOP]
    if not top:
        return None
    # A sentence that stands twice is a quotation pulled out of the text, not a headline.
    may_be = [i for i in able if i == 0 or title or not is_sentence(lines[i])]
    if not title:
        # Behind a dash stands whose the saying above it is, or what somebody says.
        may_be = [
            i
            for i in may_be
            if not lines[i].startswith(_DASHES)
            and not _is_repeated_on_purpose(lines[i])
            and not _runs_on(lines, i)
        ]
        if len(may_be) < 2 or not any(map(_is_article, lines, words, prose)):
            return None  # nothing that could be a copy, or no article that it is the headline of
    if title:
        wanted = [part for part in _parts(title) if len(part) >= 3]
        for i in top:
            if any(_alike(part, form) for part in wanted for form, _ in _forms(lines[i])):
                return _with_copies(lines, {j: _tokens(lines[j]) for j in may_be}, i, wanted, site, title)
        return None
    split = {i: _tokens(lines[i]) for i in may_be} if likely is None else {}
    standing_alone = set(may_be)
    for i in top:
        if i not in standing_alone:
            continue
        if likely is not None:
            split = {j: _tokens(lines[j]) for j in likely.get(i, ()) if j in standing_alone}
        if not any(prose[:i]) and not is_sentence(lines[i]):
            # A part that stands elsewhere word for word tells a site's name; else the whole line may have copies.
            whole, *parts = _forms(lines[i])
            for form, trim in parts:
                copies = _copies(split, i, [form]) if len(form) >= 4 else ()
                if any(copy.exact for copy in copies):
                    return Headline(i, copies, trim)
            copies = _copies(split, i, [whole[0]]) if len(whole[0]) >= 4 else ()
            if copies:
                return Headline(i, copies, None)
    return None


def _is_repeated_on_purpose(line: str) -> bool:
    """Say whether a line is a step, a command or a row in columns, which manuals and tutorials repeat on purpose."""
    return "\t" in line or "   " in line or line[-1] == ">" or _STEP.match(line) is not None


def lone_headline(lines: Sequence[str], facts: Sequence[Facts]) -> int | None:
    """Guess the headline of an article that has no title and no copy of it: the line nothing may take away.

    ``facts`` are those of the ``FIRST`` lines. It is the first of those above the first prose that is long enough, is
    no sentence, is on no list, and holds no word of bylines and widgets.
    """
    for i, fact in enumerate(facts):
        if fact.sentence > RUNNING:
            return None
        if 3 <= fact.words <= LONGEST and not fact.listed[1] and not fact.mask and lines[i][0].isalnum():
            return i
    return None


def headline_taken_up(top: Sequence[Facts], going: Collection[int], facts: Sequence[Facts]) -> int | None:
    """Guess the headline by what the article says: the first line above its prose whose words the prose takes up.

    ``top`` are the ``FIRST`` lines, ``going`` those of the text that would go. A line of one word must be the first.
    """
    for i, fact in enumerate(top):
        if fact.sentence > RUNNING:
            return None
        if i not in going or fact.listed[1] or fact.words > LONGEST or _NO_HEADLINE.search(fact.text):
            continue
        words = [word for word in _tokens(fact.text) if len(word) >= _TELLING]
        if not words or (fact.words == 1 and i > 0):
            continue
        prose = " ".join(
            [below.text for below in facts[i + 1 : i + 1 + _BELOW] if below.sentence > RUNNING]
        ).casefold()
        if all(word[: max(_TELLING, len(word) - _ENDING)] in prose for word in words):
            return i
    return None


def _with_copies(
    lines: Sequence[str], split: dict[int, list[str]], i: int, wanted: list[list[str]], site: str, title: str
) -> Headline:
    """Gather the copies, and trim the site's name where it is known to be one."""
    copies = _copies(split, i, [*wanted, split[i]])
    for form, trim in _forms(lines[i]):
        if trim is None or not any(_alike(part, form) for part in wanted):
            continue
        start, end = trim
        name = "".join(_tokens(lines[i][start:end]))
        bare = any(copy.exact for copy in copies if split[copy.line] == form)
        if (
            bare
            or (name and (name in site or site in name) and site)
            or "".join(_tokens(title)) == "".join(form)
        ):
            return Headline(i, copies, trim)
    return Headline(i, copies, None)


def _copies(split: dict[int, list[str]], i: int, wanted: list[list[str]]) -> tuple[Copy, ...]:
    found = []
    for j, tokens in split.items():
        if j != i:
            same = any(tokens == part for part in wanted)
            if same or any(_alike(part, tokens) for part in wanted):
                found.append(Copy(j, same))
    return tuple(found)


def _runs_on(lines: Sequence[str], i: int) -> bool:
    """Say whether a line goes on in the next one, as in verse."""
    following = lines[i + 1] if i + 1 < len(lines) else ""
    return lines[i].endswith((",", ";")) or _begins_small(lines[i]) or _begins_small(following)


def _begins_small(line: str) -> bool:
    """Say whether a line begins with a small letter, but for names like "eBay"."""
    return line[:2].islower()


def _is_article(line: str, words: int, prose: bool) -> bool:
    """Say whether a line is a sentence as they stand in articles, under whose headline it may be."""
    return prose or (words >= _SENTENCE_WORDS and is_sentence(line))


def is_sentence(line: str) -> bool:
    """Say whether a line ends like a statement."""
    return line.rstrip("\"”’»)' ").endswith((".", "!"))


def _tokens(text: str) -> list[str]:
    found: list[str] = _WORD.findall(text.casefold())
    return found


def _parts(title: str) -> list[list[str]]:
    """A title, and what is left of it without a short part at either end."""
    return [form for form, _ in _forms(title)]


def _forms(line: str) -> list[tuple[list[str], tuple[int, int] | None]]:
    """Return the words of a line, and those without a short part before or after a joint, with its span."""
    forms: list[tuple[list[str], tuple[int, int] | None]] = [(_tokens(line), None)]
    for joint in _JOINT.finditer(line):
        before, after = _tokens(line[: joint.start()]), _tokens(line[joint.end() :])
        if before and len(before) <= _SITE_WORDS and len(after) >= 3:
            forms.append((after, (0, joint.end())))
        if after and len(after) <= _SITE_WORDS and len(before) >= 3:
            forms.append((before, (joint.start(), len(line))))
    return forms


def _alike(one: list[str], other: list[str]) -> bool:
    """Say whether two lines are nearly the same words, or one is the other cut short."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or min(len(one), len(other)) < CUT * max(len(one), len(other)):
        return False
    a, b = set(one), set(other)
    if len(a & b) >= ALIKE * len(a | b):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 5 and len(short) >= CUT * len(long) and long[: len(short)] == short
