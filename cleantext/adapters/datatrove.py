"""A datatrove pipeline step that cleans documents and counts what each rule did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datatrove.pipeline.base import PipelineStep

from cleantext.adapters.arrow import finding_rows
from cleantext.article import Article
from cleantext.batch.reading import Fields, article_of
from cleantext.cleaner import Cleaner
from cleantext.finding import Finding
from cleantext.fixing import Apply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datatrove.data import Document


class CleanText(PipelineStep):  # type: ignore[misc]
    """Cleans ``document.text``; findings go to ``metadata["cleantext"]``, a list with ``applied`` saying which were applied.

    ``metadata`` may hold ``title``, ``date``, ``url``, ``source`` and ``lang``. A
    document on which a rule failed passes as it is, with ``metadata["cleantext_error"]``.
    Statistics: documents changed, findings, errors, and for every rule how often it
    was applied and how often it was left.
    """

    name = "cleantext"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        cleaner: Cleaner | None = None,
        *,
        apply: Apply | None = "safe",
        min_confidence: float = 0.0,
    ) -> None:
        """``apply`` None only checks."""
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.apply: Apply | None = apply
        self.min_confidence = min_confidence

    def run(self, data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Clean the documents of a shard."""
        for document in data or ():
            self.stat_update("documents")
            with self.track_time():
                self._clean(document)
            yield document

    def _clean(self, document: Document) -> None:
        record: dict[str, Any] = {**document.metadata, "id": document.id}
        article: Article = article_of(record, document.text, Fields())
        applied: tuple[Finding, ...]
        try:
            if self.apply is None:
                applied, left, text = (), self.cleaner.check(article).findings, document.text
            else:
                fixed = self.cleaner.fix(article, apply=self.apply, min_confidence=self.min_confidence)
                applied, left, text = fixed.applied, fixed.left, fixed.text
        except Exception as error:  # noqa: BLE001 - one document must not stop a shard
            self.stat_update("errors")
            document.metadata["cleantext_error"] = f"{type(error).__name__}: {error}"
            return
        if text != document.text:
            self.stat_update("changed")
            document.text = text
        document.metadata["cleantext"] = finding_rows(article, applied, left)
        for finding in applied:
            self.stat_update("findings", f"{finding.rule} applied")
        for finding in left:
            self.stat_update("findings", f"{finding.rule} left")
