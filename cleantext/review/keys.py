"""The keys that a decision hangs on: article, occurrence, group, version of the rule.

The occurrence is :attr:`Finding.fingerprint`, scoped by the article's id. A group
holds the findings that a person would answer alike: same rule, same flagged words
but for case and blank space, same proposal.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import msgspec

from cleantext.article import Article
from cleantext.files import real
from cleantext.finding import Finding
from cleantext.review.coding import well_formed
from cleantext.rulebook import Card

_BEHAVIOUR = (
    "pattern",
    "check",
    "ignore_case",
    "scope",
    "position",
    "where",
    "fix",
    "fixes",
    "keep_case",
    "delete",
    "tables",
    "lines",
)
# `unless` is left out on purpose: an exception only silences a rule, what it still finds is as
# before, and learning from a rejection must not make every other decision doubtful.


def normalised(text: str) -> str:
    """Fold case and blank space away."""
    return " ".join(text.casefold().split())


def proposal(finding: Finding) -> str | None:
    """Return what the best fix writes, edits joined by U+001F, blank space folded; None without a fix."""
    if finding.fix is None:
        return None
    return well_formed("\x1f".join(" ".join(edit.replacement.split()) for edit in finding.fix.edits))


def group_key(finding: Finding) -> str:
    """Hash rule, normalised match and proposal to 16 hexadecimal digits."""
    proposed = proposal(finding)
    parts = (finding.rule, normalised(finding.text), "-" if proposed is None else "+" + proposed)
    return _hash("\x1f".join(parts), 8)


def rule_version(card: Card) -> str:
    """Hash those fields of a card that decide what it finds and proposes to 8 hexadecimal digits.

    Word lists are part of it, since slots are filled when a card is loaded. The code
    behind a ``check`` is not: a changed proposal shows itself (see ``Decisions.verdict``).
    """
    held = [getattr(card, field) for field in _BEHAVIOUR]
    return _hash(msgspec.json.encode(held, order="sorted").decode(), 4)


def text_key(text: str) -> str:
    """Hash a text to 16 hexadecimal digits."""
    return _hash(text, 8)


def document_id(path: str, line: int | None, article: Article, root: Path | None) -> str:
    """Name an article so that the name holds from run to run.

    Its own id; else its path below ``root`` (the folder that holds ``.cleantext``),
    with the line for a record of many; else, for standard input and files
    elsewhere, a hash of its text.
    """
    if article.id is not None:
        return well_formed(f"id:{article.id}")
    if path != "-" and root is not None:
        full = real(path)
        if full.is_relative_to(root):
            place = full.relative_to(root).as_posix()
            return well_formed(f"path:{place}" if line is None else f"path:{place}#{line}")
    return f"text:{text_key(article.text)}"


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()
