"""Which kinds of damage a text may have: one pass of RE2 for the families, which look closer only where it says so."""

from __future__ import annotations

from functools import cache

from cleantext.document import Document
from cleantext.matching.sets import PatternSet, encoded

OPENERS = (
    "The", "It", "This", "That", "These", "Those", "What", "Why", "How", "Who", "Where", "When", "Which", "From", "He", "She",
    "They", "We", "But", "And", "There",
)  # fmt: skip
"""What opens a sentence or a heading, and no second half of a firm's name."""
GLUED = (
    r"(?:[A-Za-z\x{80}-\x{10FFFF}][A-Za-z]|[0-9%)\]\x{80}-\x{10FFFF}])[.?!][A-Z][a-z’']*(?:[ \x{A0},\r\n]|\z)"
    r"|[.!?,]”(?:[A-Za-z][A-Za-z]|[AI] )|[a-z][.!?,]\"[A-Z][a-z’' ]|[a-z][.,!?:]“[A-Z]|\)[a-z][a-z]+[ ,.;:]"
    r"|[a-z][a-z][,;:][a-z][a-z]+(?:[ ,.;:!?\r\n]|\z)|(?:\A|[^\w@/.:#&=?’'-])[a-z][a-z][a-z]+[A-Z][a-z]*[ ,’]"
    rf"|[a-z][a-z](?:{'|'.join(OPENERS)})[ ,’]"
)
"""What stands where sentences, words or headings are glued; of "MacBook Pro" and "nytimes.com/A1" nothing is."""
CONTROL = r"[\x00-\x08\x0b\x0e-\x1f]"
"""A control character, where a conversion leaves one in the place of a ligature."""
LIGATURE = r"f[bcdghkmnpqvw][a-z]|\b[Ff]rm\b"
"""What lost ligatures leave, beside control characters."""
TOKENS = r"[a-z] n[’']t\b|[a-z]n [’']t\b|[A-Za-z] [’'](?:s|m|re|ve|ll|d)\b|[A-Z]\.[A-Z] \.[ ,]|(?:\A|[^$£€])[$£] \d"
"""A blank before a clitic, inside an abbreviation or before a figure; "€ 5,000" alone is how many people write it."""

WIKI = (
    r"\[\[|\{\{|'''|\[edit|needed\]|\[(?:https?:)?//|\[(?:dubious|failed|original|by whom|according|when|who|which|where|update)"
    r"|\[(?:unreliable|note)|[.,;:!?”\"’')\]]\[(?:[0-9\x{80}-\x{10FFFF}]|note |[a-z]\])|[a-z]\[[0-9\x{80}-\x{10FFFF}]|(?:\A|\n)=="
)
"""What opens a link, a template, a heading or a reference mark of a wiki."""
SCRIPT = (
    r"\{|(?:window|document|self|top)(?:\.\w|\[)|(?:googletag|adsbygoogle|dataLayer|_gaq|fbq|gtag|ga|twttr|OB_widget|_?taboola"
    r"|googlefc|apstag|pbjs|jQuery|\$)[.(]|\(adsbygoogle|(?:\A|[\r\n])[ \t]*(?:var|let|const) |@(?:import|media)|CDATA\[|\]\]>"
)
"""What stands in a line of script, style sheet or data."""
ESCAPES = r"\\|%u?[0-9A-Fa-f]{2}|=[A-F0-9]{2}=|#(?:x20|82|8217|x2019|160|39|34)|&(?:nbsp|[rl][sd]quo|[mn]dash|hellip|quot|apos)"
"""What stands for a character in a program, a script, mail or an address."""

RATED = (
    "USD", "EUR", "GBP", "JPY", "CHF", "RUB", "CNY", "BRL", "ARS", "MXN", "PLN", "CZK", "HUF", "BTC", "ETH", "Bitcoin",
    "Ethereum", "Dow", "DJIA", "Nasdaq", "NASDAQ", "S&P", "FTSE", "DAX", "CAC", "IBEX", "Nikkei", "Hang Seng",
    "Euro Stoxx", "Brent", "WTI", "Crude", "Gold", "Silver", "Euribor", "Riesgo pa[ií]s", "D[oó]lar", "Euro", "Доллар",
    "Евро",
)  # fmt: skip
"""Currencies, indices and goods that have a rate: :mod:`cleantext.checks.boilerplate.glued` looks closer at them."""

SIGNS = {
    "glued": GLUED,
    "control": CONTROL,
    "ligature": LIGATURE,
    "tokens": TOKENS,
    "marks": r" [.,] ",
    "blanks": "  |\t| \u00a0",
    "torn": "[A-Za-z\u0080-\U0010ffff][-\u00ad][ \t\r\n\u00a0]",
    "code": r"[|{}<>=\\\t]| {3}",
    "capital": "(?:\\A|[\r\n])[\"“‘']?[A-ZÀ-Þ][ \t\r\n\u00a0]",
    "small": r"\A[^A-Za-z]*[a-z]",
    "joined": r"\S[ \t\f]*(?:\r\n|\r|\n)[ \t\f]*\S",
    "odd": "[\u00a0\ufb00-\ufb06]",
    "bullet": "[-*•–·][ \t]*[\r\n]",
    "tags": r"<[!/?A-Za-z]|&(?:amp;)*lt;|=\"|\]\]>",
    "markdown": r"\]\(|\*\*[^\s*][^*\n]*\*\*|__[^\s_][^_\n]*__|(?:\A|\n) {0,3}##|\[\^|\][ ]?\[|~~",
    "wiki": WIKI,
    "codes": r"\[/[A-Za-z*]|\[[A-Za-z*][A-Za-z0-9_-]* *[^ \[\]\n=]*=|\[gallery\]",
    "script": SCRIPT,
    "escapes": ESCAPES,
    "rates": f"(?:{'|'.join(RATED)})[^A-Za-z]",
    "lone": r"(?:\A|[\r\n])[^\r\n\"]*\"[^\r\n\"]*(?:\z|[\r\n])",
}
"""Name of a sign -> RE2's pattern, at least as wide as what the family that asks for it looks for."""
_NAMES = tuple(SIGNS)


def signs(document: Document) -> frozenset[str]:
    """Return the names of the signs that stand in a document; all of them where RE2 ran out of memory."""
    found: frozenset[str] | None = document.notes.get(signs)
    if found is None:
        found = document.notes[signs] = _signs(document.text)
    return found


def _signs(text: str) -> frozenset[str]:
    found = _set().matching(encoded(text))
    return frozenset(_NAMES if found is None else [_NAMES[number] for number in found])


@cache
def _set() -> PatternSet:
    return PatternSet(list(enumerate(SIGNS.values())))
