"""What makes lines, quotations and articles of a corpus comparable: normal forms and keys."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import urlsplit

import regex

from cleantext.article import Article

LONGEST_LINE = 300
"""Code points of the longest line that is counted over a site; longer ones are prose."""

_NUMBER = regex.compile(r"\d[\d.,:]*")
_WORD = regex.compile(r"\w+")
OUTER = " \t\u00a0\u200b\ufeff.,:;!?…-–—_|•·»«›‹→←↑↓▼▲►▸▶◀<>/\\*#\"'“”„‘’()[]{}+=~™®✓✔✕✖×⋮☰"


def site_of(article: Article) -> str:
    """Return the site an article belongs to: its ``source``, else the host of its ``url``, else ``""``."""
    if article.source:
        return article.source
    if article.url:
        try:
            host = urlsplit(article.url).hostname
        except ValueError:  # "http://[broken"
            return ""
        return (host or "").removeprefix("www.")
    return ""


def normal_line(line: str) -> str:
    """Return the form under which lines of a site are held equal.

    Case, numbers, typographic apostrophes, inner blank space and outer marks and
    arrows do not count. ``""`` for a line that is too long to be counted or holds
    nothing but marks.
    """
    line = line.strip()
    if len(line) > LONGEST_LINE:
        return ""
    text = " ".join(line.replace("’", "'").casefold().split())
    numberless: str = _NUMBER.sub("0", text)
    return numberless.strip(OUTER)


def words_of(text: str) -> list[str]:
    """Return the case-folded words of a text, marks left out: what shingles are made of."""
    found: list[str] = _WORD.findall(text.casefold())
    return found


def article_key(article: Article) -> str:
    """Return what an article is known by in a corpus: its id, else its url, else a hash of its text."""
    if article.id:
        return article.id
    if article.url:
        return article.url
    return "text:" + blake2b(article.text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
