"""Lines of script, style sheets and data that an extractor took for text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.damage.telling import removal, speaks_of_markup
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Fix
from cleantext.rulebook import Card

RULE = "TY125"

_LINE = re.compile(
    r"[ \t]*(?:"
    r"\{[ ]?\"@(?:context|type|graph|id)\"[ ]?:.*"
    r"|\[?\{[ ]?\"[\w@:-]{1,40}\"[ ]?:[ ]?(?:\"|\{|\[|\d|true|false|null).*[}\]];?"
    r"|(?:window|document|self|top)(?:\.\w{1,40}|\[[\"']\w{1,40}[\"']\])+[ ]?(?:=|\().*"
    r"|(?:googletag|adsbygoogle|dataLayer|_gaq|fbq|gtag|ga|twttr|OB_widget|taboola|_taboola|googlefc|apstag|pbjs|jQuery|\$)(?:\.\w{1,40})*\(.*[;)}{]"
    r"|\(adsbygoogle[ ]?=.*"
    r"|(?:var|let|const)[ ][\w$]{1,40}[ ]?=.*[;{\[(,]"
    r"|!?\(?function[ ]?\w{0,40}\([\w$, ]{0,200}\)[ ]?\{.*"
    r"|(?:\(async )?\(\([\w, ]{0,80}\)[ ]?=>[ ]?\{.*"
    r"|@(?:media|font-face|import|keyframes)\b.*[{;].*"
    r"|(?:[.#][\w-]{1,60}|body|html|div|img|iframe|a|p|h[1-6]|ul|li|span|table|td)(?:[ ,>.:#]+[\w-]{1,60}){0,12}[ ]?\{(?:[ ]?[\w-]{2,40}[ ]?:[^{};]{1,300};?){1,60}[ ]?\}.*"
    r"|//<!\[CDATA\[|//[ ]?\]\]>|<!\[CDATA\[|\]\]>"
    r")[ \t]*"
)
_TAIL = re.compile(
    r"[ \t]*(?:[{}()\[\];,]+|\}\)\(\w{0,20}\);?|\}[,;)\]}]*[ ]?(?:else[ ]?\{)?|[\w$.\"'-]{1,60}[ ]?:[ ]?.{0,300},|[\w$.]{1,60}\(.{0,500}\);?|[\w$.]{1,60}[ ]?=[^=].{0,500};|[\w-]{2,40}:[ ]?[^;]{1,200};)[ \t]*"
)
_MOST = 60  # lines of a script that follow its first


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line of a script in a text that is no text about programs."""
    text = document.text
    lines = document.filled
    found: list[int] = []
    inside = depth = 0
    for number, line in enumerate(lines):
        # "Each item looks like:"; Vim's manuals put a mark of their own behind.
        shown = number > 0 and text.endswith((":", ": >"), 0, lines[number - 1].end)
        if not shown and _LINE.fullmatch(text, line.start, line.end) is not None:
            found.append(number)
            inside = _MOST
            depth += _depth(text[line.start : line.end])
        elif inside and depth > 0 and _TAIL.fullmatch(text, line.start, line.end) is not None:
            found.append(number)
            inside -= 1
            depth += _depth(text[line.start : line.end])
        else:
            inside = depth = 0
    if (
        not found
        or len(found) * 2 > len(lines)
        or speaks_of_markup(text, [(lines[n].start, lines[n].end) for n in found])
    ):
        return
    if document.places.of(lines[0].start, lines[0].end) == "code" and 0 not in found:
        return
    for number in found:
        line = lines[number]
        yield Hit(
            RULE,
            line.start,
            line.end,
            (Fix((removal(text, document.line_at(line.start), line.start, line.end),)),),
        )


def _depth(row: str) -> int:
    return row.count("{") + row.count("(") + row.count("[") - row.count("}") - row.count(")") - row.count("]")
