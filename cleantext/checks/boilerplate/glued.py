"""What is glued to a line, or listed beside the article: metadata before the first sentence, half an agency's mark,
link menus below the end, rates and indices.

Each is cut out of what stands beside it: the sentence stays, whose beginning the metadata had become.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile

import re2
import regex

from cleantext.checks import Hit
from cleantext.checks.boilerplate.comments import begins_comments
from cleantext.checks.damage.signs import RATED, signs
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.pageform import is_prose, reads_as_prose, size_of
from cleantext.finding import Applicability, Edit, Fix
from cleantext.rulebook import Card

METADATA, HALF_MARK, MENU, RATES = "BP321", "BP322", "BP323", "BP325"
TOP = 4
"""Lines of the beginning in which metadata and agencies' marks are looked for."""
LONGEST_PREFIX = 260
SENTENCE = 40
"""Code points that must follow metadata for something to be glued to."""
MENU_LINES, MENU_WORDS = 14, 18
TEASERS, TEASER_WORDS = (3, 24), 30
"""Lines of a list of related articles that says a sentence of each, least and most, and words of its longest."""
RATE_LINES, RATE_LONGEST, EDGE = 3, 160, 14

_MONTH = (
    "(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fév|fev|avr|juin|juil|août|déc|mär|"
    "gen|mag|giu|lug|set|ott|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
    r"\p{L}*\.?"
)
_TIME = r"(?:\s*(?:at|um|à|a las|alle|às|в|,|-|–|\|)?\s*\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?(?:\s*\(?(?:GMT|UTC|E[SD]?T|P[SD]?T|CES?T|BST|IST|Uhr)\b\)?)?)?"
_DATE = (
    rf"(?:(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,?\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}\.?\s+(?:de\s+)?{_MONTH}\s+(?:de\s+)?\d{{4}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d){_TIME}"
    r"|\d+\s+(?:min(?:ute)?|hour|day|week|month)s?\s+ago"
)
_LABEL = (
    r"(?:first\s+|last\s+|originally\s+)?(?:published|posted|updated|modified|created|reviewed|veröffentlicht|aktualisiert|"
    r"publié|mis\s+à\s+jour|publicado|actualizado|pubblicato|aggiornato|atualizado|опубликовано|обновлено|opublikowano|"
    r"aktualizacja)(?:\s+(?:on|at|am|le|el|il|em|в))?\s*:?"
)
_OPENERS = (
    "The|A|An|In|On|At|It|This|That|For|When|After|As|With|But|And|He|She|They|We|I|You|If|Once|Der|Die|Das|Ein|Eine|Im|"
    "Le|La|Les|Un|Une|Dans|El|Los|Las|En|Il|Lo|Gli|Una|Nel|O|Os|Um|Uma|No|Na|В|На|По"
)
"""Words that sentences begin with and no name goes on with."""
_OPENING = frozenset(_OPENERS.split("|"))
_NAME = rf"\p{{Lu}}[\p{{Ll}}'’-]+(?:\s+(?!(?:{_OPENERS})\b)\p{{Lu}}(?:\.|[\p{{L}}'’-]*\p{{Ll}})){{1,2}}"
_BY = rf"(?:written\s+by|posted\s+by|by|von|par|por|di|autor[ea]?|автор)\s*:?\s*(?-i:{_NAME})"
_READ = r"(?:reading\s+time\s*:?\s*)?\d{1,3}\s?-?\s?min(?:ute)?[ns]?(?:\s*(?:read(?:ing)?(?:\s+time)?|lesezeit|de\s+lecture|de\s+lectura|di\s+lettura|de\s+leitura))?"
_BUTTON = (
    r"(?:(?:\d+|no|add|add\s+a|leave\s+a|post\s+a|view|write\s+a)\s+comments?|comments?|share(?:\s+this(?:\s+\w+)?)?"
    r"(?:\s+on\s+\w+)?|print|e-?mail|tweet|save|listen|kommentare?|commentaires?|comentarios?|teilen|partager|compartir)"
)
_NAMED = rf"(?-i:{_NAME})(?=\s*[|·•–—]\s*(?:{_DATE}|{_LABEL}|{_READ}))"
_GAP = regex.compile(r"[\s|·•,;:/–—-]*")
_PARTS = {
    name: regex.compile(f"(?i){pattern}")
    for name, pattern in (
        ("date", _DATE),
        ("label", _LABEL),
        ("read", _READ),
        ("by", _BY),
        ("name", _NAMED),
        ("button", _BUTTON),
    )
}
_HINT = regex.compile(r"(?i)\d{4}|\d\s?-?\s?min|\d [a-z]+ ago")
_PLAIN_HINT = re.compile(r"(?i)[0-9](?:[0-9]{3}|\s?-?\s?min| [a-z]+ ago)")
"""The same in a text of ASCII, where `re` takes a fifth of the time."""
# Wider than "\\d", and looked for faster.
_MAY_BE_FIGURE = re.compile("[0-9\u0660-\u1fff\ua000-\U0010ffff]")
_AGENCIES = "AP|AFP|CNN|REUTERS|Reuters|EFE|Efe|dpa|DPA|ANSA|UPI|IANS|PTI|ANI|TASS|Xinhua|XINHUA|Bloomberg|BBC|NBC|CBS|ABC"
_HALF = regex.compile(
    rf"(?:(?:{_AGENCIES})\)\s*(?:[-–—]+\s*)?(?=[\"“]?\p{{Lu}})|\((?:{_AGENCIES})\s+(?:[-–—]+\s*)?(?=\p{{Lu}}\p{{Ll}}*\s+\p{{L}})(?![^()]{{0,40}}\)))"
)
_BEGINS_HALF = tuple(half for name in _AGENCIES.split("|") for half in (f"{name})", f"({name}"))
_LONGEST_HALF = max(map(len, _BEGINS_HALF))
_HEADING = regex.compile(
    r"(?i)(?:(?:most|more)\s+(?:read|popular|viewed|shared|stories|news|posts)|trending(?:\s+now|\s+stories)?|popular(?:\s+now|\s+posts)?|"
    r"related(?:\s+(?:articles?|stories|posts|content|news|topics|reading|links))?|recommended(?:\s+(?:for\s+you|stories|reading))?|"
    r"(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|enjoy|be\s+interested\s+in))|(?:top|latest|other|similar|recent|further)\s+(?:stories|news|articles|posts)|"
    r"read\s+(?:next|more|also)|up\s+next|don'?t\s+miss|editor'?s?'?\s+picks?|around\s+the\s+web|from\s+around\s+the\s+web|promoted\s+stories|"
    r"meistgelesen|das\s+könnte\s+sie\s+(?:auch\s+)?interessieren|mehr\s+zum\s+thema|weitere\s+(?:artikel|themen)|auch\s+interessant|"
    r"(?:les\s+)?(?:articles\s+)?(?:les\s+)?plus\s+lus|à\s+lire\s+aussi|sur\s+le\s+même\s+sujet|lo\s+más\s+(?:leído|visto)|noticias\s+relacionadas|te\s+puede\s+interesar|"
    r"(?:i\s+)?più\s+letti|potrebbe\s+interessarti(?:\s+anche)?|articoli\s+correlati|mais\s+lidas|leia\s+também|notícias\s+relacionadas|"
    r"самое\s+читаемое|читайте\s+также|по\s+теме|популярное|najczęściej\s+czytane|czytaj\s+(?:także|też|również)|polecamy|meest\s+gelezen|lees\s+ook|"
    r"διαβάστε\s+(?:επίσης|ακόμη)|相关(?:阅读|新闻|文章)|热门(?:新闻|文章)|関連記事)\W{0,3}"
)
_RELATED = regex.compile(
    r"(?i)(?:related|recommended|similar|you\s+(?:may|might)|read\s+(?:next|also)|up\s+next|don'?t\s+miss|mehr\s+zum|weitere|auch\s+interessant|"
    r"das\s+könnte|à\s+lire|sur\s+le|noticias\s+rel|te\s+puede|potrebbe|articoli\s+corr|leia|notícias\s+rel|читайте|по\s+теме|czytaj|polecamy|"
    r"lees\s+ook|διαβάστε|相关|関連)"
)
"""Headings over articles like this one; what is latest or most read may be what a digest is about."""
_BEGINS_RELATED = frozenset(
    ["ar", "au", "cz", "da", "do", "le", "me", "no", "po", "re", "si", "su", "te", "up", "we", "yo", "à", "À", "чи", "по",
     "δι", "相关", "関連"]
)  # fmt: skip
"""First two letters of these headings, in small ones, or the first."""
_MORE = {
    "Dow": "(?: Jones)?", "S&P": "(?: 500)?", "FTSE": "(?: 100)?", "CAC": "(?: 40)?", "IBEX": "(?: 35)?",
    "Nikkei": "(?: 225)?", "Euro Stoxx": "(?: 50)?", "Crude": "(?: Oil)?", "D[oó]lar": r"(?: \p{L}+)?",
}  # fmt: skip
"""What may belong to the name of something that has a rate."""
_RATED = "|".join([name + _MORE.get(name, "") for name in RATED])
_RATE = regex.compile(
    rf"(?:\b(?:{_RATED})\b"
    r"(?:\s*/\s*[A-Z]{3})?)[\s:|=]{0,4}[$€£]?\s?[+-]?\d[\d.,]*\s?%?(?:[\s(|/]{0,3}[▲▼+-]?\s?\d[\d.,]*\s?%\)?)?"
)
# Wider than `_RATE`, for RE2, which reads a text faster.
_RATE_LIKELY = re2.compile(rf"(?:{_RATED})(?:[^\pL\pN]*/[^\pL\pN]*[A-Z]{{3}})?[^\pL\pN]*\pN")
_DIGIT = regex.compile(r"\d")
_LETTERS = regex.compile(r"\p{L}")


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield a hit for each of them."""
    text, filled = document.text, document.filled
    for line in filled[:TOP]:
        start = line.start
        while text[start].isspace():
            start += 1
        if METADATA in cards and (end := metadata_end(text, start, line.end)):
            yield _cut(METADATA, start, end, cards)
        elif (
            HALF_MARK in cards
            and (text[start] == "(" or ")" in text[start : start + _LONGEST_HALF])
            and text.startswith(_BEGINS_HALF, start)
            and (found := _HALF.match(text, start, line.end))
        ):
            yield _cut(HALF_MARK, start, found.end(), cards)
    lines = document.contents
    if MENU in cards:
        for place in _menu(lines):
            yield _line(MENU, document, filled[place], lines[place], cards)
    if RATES in cards and "rates" in signs(document):
        for place in _rates(lines):
            yield _line(RATES, document, filled[place], lines[place], cards)


def metadata_end(text: str, start: int, end: int) -> int:
    """Return where metadata that open a line end and its sentence begins; 0 where none do.

    There must be two parts or more, a date or a reading time among them, and a sentence after them.
    """
    if end - start < SENTENCE or not hints_at_metadata(text, start, min(end, start + LONGEST_PREFIX)):
        return 0
    at, kinds = start, []
    while at - start < LONGEST_PREFIX:
        for kind, pattern in _PARTS.items():
            found = pattern.match(text, at, end)
            if not found or found.end() == at:
                continue
            after = _GAP.match(text, found.end(), end)
            behind = after.end() if after else found.end()
            # "Share prices fell": a button is followed by a capital, a figure or another part.
            if (
                kind in ("button", "label")
                and behind < end
                and text[behind].islower()
                and not _any_part(text, behind, end)
            ):
                continue
            at = behind
            kinds.append(kind)
            break
        else:
            break
    if len(kinds) < 2 or not {"date", "read"} & set(kinds) or end - at < SENTENCE:
        return 0
    rest = text[at:end]
    if not (rest[0].isupper() or rest[0] in "\"“„«'‘") or not is_prose(rest.rstrip(), size_of(rest)):
        return 0
    # A name is as long as its capitals, and the sentence begins with one.
    if kinds[-1] == "by" and rest.split(None, 1)[0] not in _OPENING:
        return 0
    return at


def hints_at_metadata(text: str, start: int, end: int) -> bool:
    """Say whether `_HINT` finds anything, which needs a figure."""
    head = text[start:end]
    if head.isascii():
        return _PLAIN_HINT.search(head) is not None
    figure = _MAY_BE_FIGURE.search(text, start, end)
    return figure is not None and _HINT.search(text, figure.start(), end) is not None


def _any_part(text: str, at: int, end: int) -> bool:
    return any(pattern.match(text, at, end) for name, pattern in _PARTS.items() if name != "button")


def _menu(lines: Sequence[str]) -> Sequence[int]:
    """Return the lines of a menu below the article: its heading, and the titles after it."""
    last = len(lines)
    if last < 2:
        return ()
    while last and not reads_as_prose(lines[last - 1]):
        last -= 1
    if last < 2 or not any(map(reads_as_prose, lines[: last - 1])):
        return ()
    for place in range(last, len(lines) - 1):
        if _HEADING.fullmatch(lines[place]):
            below = takewhile(
                lambda at: not begins_comments(lines[at]), range(place, min(len(lines), place + MENU_LINES))
            )
            return [at for at in below if len(lines[at].split()) <= MENU_WORDS]
    return _teasers(lines)


def _teasers(lines: Sequence[str]) -> Sequence[int]:
    """Return the lines of a list of related articles at the end, in which a title may have a sentence below it."""
    least, most = TEASERS
    for place in range(len(lines) - 1 - least, max(1, len(lines) - 2 - most), -1):
        line = lines[place]
        if line[:2].casefold() not in _BEGINS_RELATED and line[0] not in _BEGINS_RELATED:
            continue
        if not (_RELATED.match(line) and _HEADING.fullmatch(line)):
            continue
        prose = list(map(reads_as_prose, lines[place + 1 :]))
        in_turns = not prose[0] and not any(one and other for one, other in pairwise(prose))
        short = all(len(below.split()) <= TEASER_WORDS for below in lines[place + 1 :])
        above = sum(map(reads_as_prose, lines[:place]))
        return range(place, len(lines)) if in_turns and short and above > 1 else ()
    return ()


def _rates(lines: Sequence[str]) -> Sequence[int]:
    """Return the lines near either end that hold nothing but rates: one with two or more, or a few with one each."""
    if not _may_hold_rates(lines):
        return ()
    found: list[int] = []
    run: list[int] = []
    for place, line in enumerate(lines):
        edge = place < EDGE or place >= len(lines) - EDGE
        pairs = _RATE.findall(line) if edge and len(line) <= RATE_LONGEST and _DIGIT.search(line) else []
        bare = len(_LETTERS.findall(_RATE.sub("", line))) if pairs else 1
        if pairs and bare <= len(line) / 6:
            if len(pairs) > 1:
                found.append(place)
            else:
                run.append(place)
                continue
        if len(run) >= RATE_LINES:
            found += run
        run = []
    return sorted({*found, *(run if len(run) >= RATE_LINES else ())})


def _may_hold_rates(lines: Sequence[str]) -> bool:
    """Say whether something that has a rate stands before a figure near either end."""
    edges = lines if len(lines) <= 2 * EDGE else [*lines[:EDGE], *lines[-EDGE:]]
    short = "\n".join([line for line in edges if len(line) <= RATE_LONGEST])
    return _RATE_LIKELY.search(short.encode("utf-8", "replace")) is not None


def _cut(rule: str, start: int, end: int, cards: Mapping[str, Card]) -> Hit:
    return Hit(
        rule, start, end, (Fix((Edit(start, end, ""),)),), cards[rule].confidence, Applicability.REVIEW
    )


def _line(rule: str, document: Document, line: Line, content: str, cards: Mapping[str, Card]) -> Hit:
    start = line.start + document.text[line.start : line.end].index(content[0])
    fix = Fix((document.line_deletion(line.start),))
    return Hit(rule, start, start + len(content), (fix,), cards[rule].confidence, Applicability.REVIEW)
