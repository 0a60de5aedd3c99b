"""What a check of one article returns: its findings, its quality, and what went wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from cleantext.article import Article
from cleantext.document import Document
from cleantext.edits import Loser
from cleantext.finding import Finding, severities

if TYPE_CHECKING:
    from cleantext.editor.findings import Editing


class Quality(msgspec.Struct, frozen=True):
    """What a pipeline would filter on.

    ``garble`` is the probability that the text is garbled machine translation,
    ``source_language`` the best guess of the language it came from (ISO 639) or
    None, ``language`` that of the text itself (what the article says, else what its
    words say; None where neither does), ``per_1000_words`` the findings by category.
    ``errors`` are those findings that have a type in Multidimensional Quality Metrics, per 1,000 words by type
    (``fluency/grammar``). ``is_article`` is the probability that the text is an article at all and no list
    page, forum, error message or robot check. ``fidelity`` are the errors against the
    original per 1,000 words by severity (see :func:`cleantext.finding.severities`), None without an original.
    """

    garble: float
    source_language: str | None
    language: str | None
    per_1000_words: dict[str, float]
    is_article: float
    errors: dict[str, float] = {}
    fidelity: dict[str, float] | None = None


def measured(document: Document, findings: Sequence[Finding], types: Iterable[str]) -> Quality:
    """Work out the quality of an article, its findings being these; ``types`` are their types of error."""
    article = document.article
    words = max(1, len(article.text.split()))
    counts = Counter(finding.category for finding in findings)
    garble = document.garble
    return Quality(
        garble=round(garble.probability, 4),
        source_language=garble.language,
        language=document.language,
        per_1000_words={category: round(1000 * n / words, 3) for category, n in sorted(counts.items())},
        errors={kind: round(1000 * n / words, 3) for kind, n in sorted(Counter(types).items())},
        is_article=document.page_kind.article,
        fidelity=None if article.original is None else severities(findings, words),
    )


class Remeasured(msgspec.Struct, frozen=True):
    """The quality of an article before its fixes and after them; proposals of the model editor are no findings here."""

    before: Quality
    after: Quality


class Fixed(msgspec.Struct, frozen=True):
    """An article after its fixes.

    ``text`` is the original with the first fixes of ``applied`` made; ``left`` is
    what was found and not applied; ``losers`` those of them that stood in the way
    of a better fix. All spans are of the original text. ``editing`` and ``quality`` say what the model editor did and
    what came of it, where it was asked.
    """

    text: str
    applied: tuple[Finding, ...]
    left: tuple[Finding, ...]
    losers: tuple[Loser, ...]
    passes: int
    trouble: tuple[str, ...] = ()
    editing: Editing | None = None
    quality: Remeasured | None = None


class Maker(Protocol):
    """Whoever made a report, of whom it asks what is worked out late: :class:`cleantext.Cleaner`."""

    def quality(self, article: Article, findings: Sequence[Finding]) -> Quality:
        """Measure an article, its findings being these."""

    def fix(
        self,
        article: Article,
        *,
        apply: Literal["safe", "review"],
        min_confidence: float,
        report: Report | None,
    ) -> Fixed:
        """Fix an article that was found to be as ``report`` says."""


class Report:
    """The findings of one article, in order of start, and the fixes they lead to."""

    def __init__(
        self,
        article: Article,
        findings: tuple[Finding, ...],
        quality: Quality | None,
        trouble: tuple[str, ...],
        cleaner: Maker,
        editing: Editing | None = None,
    ) -> None:
        """Made by :meth:`cleantext.Cleaner.check`; ``editing`` is what the model editor did, None where nobody asked it."""
        self.article = article
        self.findings = findings
        self.trouble = trouble
        self.editing = editing
        self._quality = quality
        self._cleaner = cleaner

    @property
    def quality(self) -> Quality:
        """Garble probability, source language and findings per 1,000 words; worked out when asked for."""
        if self._quality is None:
            self._quality = self._cleaner.quality(self.article, self.findings)
        return self._quality

    @property
    def held(self) -> dict[str, int]:
        """Why fixes that their rules would apply unasked wait for review here, and how many for each reason."""
        return dict(Counter(finding.held for finding in self.findings if finding.held))

    def fix(self, *, apply: Literal["safe", "review"] = "safe", min_confidence: float = 0.0) -> Fixed:
        """Apply fixes until nothing changes; see :meth:`cleantext.Cleaner.fix`."""
        return self._cleaner.fix(self.article, apply=apply, min_confidence=min_confidence, report=self)

    def fixed(self, *, apply: Literal["safe", "review"] = "safe", min_confidence: float = 0.0) -> str:
        """Return the text with ``safe`` fixes applied, or every fix at least ``min_confidence`` sure with ``apply="review"``."""
        return self.fix(apply=apply, min_confidence=min_confidence).text

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        """Return the findings, in order of start."""
        return iter(self.findings)

    def __bool__(self) -> bool:
        """Say yes: a report without findings is a report."""
        return True

    def __repr__(self) -> str:
        """Say how many findings of which rules there are."""
        tiers = Counter(str(finding.applicability) for finding in self.findings)
        rules = Counter(finding.rule for finding in self.findings).most_common(6)
        counted = ", ".join(f"{n} {tier}" for tier, n in sorted(tiers.items()))
        named = ", ".join(rule if n == 1 else f"{rule} ×{n}" for rule, n in rules)
        more = " …" if len({finding.rule for finding in self.findings}) > len(rules) else ""
        which = f" of {self.article.id!r}" if self.article.id else ""
        what = f": {counted} ({named}{more})" if self.findings else ""
        return f"<Report{which}: {len(self)} finding{'s' * (len(self) != 1)}{what}>"

    def _repr_html_(self) -> str:
        """Return the text with its findings marked, for notebooks."""
        from cleantext.marked import marked

        return marked(self.article.text, self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Return what ``check --format json`` prints of an article, as plain lists, dicts, strings and numbers."""
        from cleantext.records import finding_records

        record: dict[str, Any] = {
            "path": None,
            "id": self.article.id,
            "quality": self.quality,
            "findings": list(finding_records(None, Document(self.article), self.findings)),
        }
        if self.editing is not None:
            record["editor"] = self.editing
        plain: dict[str, Any] = json.loads(json.dumps(msgspec.to_builtins(record)))  # tuples become lists
        return plain

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle without what can be worked out again."""
        return (
            Report,
            (self.article, self.findings, self._quality, self.trouble, self._cleaner, self.editing),
        )
