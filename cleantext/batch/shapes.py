"""The shapes of what the command line prints as JSON, as types: their JSON Schemas, and what tests hold output to.

Spans count code points of the article's text, lines and columns count from 1.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec

from cleantext.batch.inputs import Failure
from cleantext.document.attribution import Untold
from cleantext.editor.findings import Editing
from cleantext.finding import Evidence, Fix, Original
from cleantext.report import Quality, Remeasured

Count = Annotated[int, msgspec.Meta(ge=0)]
Number = Annotated[int, msgspec.Meta(ge=1)]
Probability = Annotated[float, msgspec.Meta(ge=0, le=1)]
Tier = Literal["safe", "review", "display"]


class FindingRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A finding. ``original`` is there for the category ``fidelity`` alone; ``held`` says why a fix waits for review."""

    path: str | None
    id: str | None
    rule: str
    name: str
    category: str
    start: Count
    end: Count
    line: Number
    column: Number
    text: str
    message: str
    applicability: Tier
    confidence: Probability
    fixes: tuple[Fix, ...]
    evidence: tuple[Evidence, ...]
    fingerprint: str
    held: str | None
    original: Original | msgspec.UnsetType | None = msgspec.UNSET


class CheckedArticle(msgspec.Struct, forbid_unknown_fields=True):
    """An article with its findings. ``extractor`` and ``text`` are those of an HTML page, ``editor`` of the model editor."""

    path: str | None
    id: str | None
    quality: Quality
    findings: tuple[FindingRecord, ...]
    extractor: str | msgspec.UnsetType = msgspec.UNSET
    text: str | msgspec.UnsetType = msgspec.UNSET
    editor: Editing | msgspec.UnsetType = msgspec.UNSET


class Checked(msgspec.Struct, forbid_unknown_fields=True):
    """What ``check --format json`` prints."""

    articles: tuple[CheckedArticle, ...]
    errors: tuple[Failure, ...]


class Done(msgspec.Struct, forbid_unknown_fields=True):
    """What was applied, and what was found and left; where the model editor was asked, what it did and what came of it."""

    applied: tuple[FindingRecord, ...]
    left: tuple[FindingRecord, ...]
    editor: Editing | msgspec.UnsetType = msgspec.UNSET
    quality: Remeasured | msgspec.UnsetType = msgspec.UNSET


class CleanedRecord(msgspec.Struct):
    """A record with its text cleaned; every other field is as it was."""

    cleantext: Done


class RuleCount(msgspec.Struct, forbid_unknown_fields=True):
    """How often a rule found something."""

    rule: str
    name: str
    applicability: Tier
    count: Count


class Counted(msgspec.Struct, forbid_unknown_fields=True):
    """What ``check --statistics --format json`` prints."""

    articles: Count
    flagged: Count
    statistics: tuple[RuleCount, ...]
    errors: tuple[Failure, ...]


class Stretch(msgspec.Struct, forbid_unknown_fields=True):
    """A span and what stands there."""

    start: Count
    end: Count
    text: str


class Speaker(msgspec.Struct, forbid_unknown_fields=True):
    """A speaker, and the fullest form of the name that is known."""

    start: Count
    end: Count
    text: str
    name: str | None


class QuotationRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A quotation; ``speaker`` and ``cue`` are null where unknown, and ``untold`` says why direct speech has no speaker."""

    path: str | None
    id: str | None
    kind: Literal["direct", "mixed", "indirect"]
    quote: Stretch
    speaker: Speaker | None
    cue: Stretch | None
    untold: Untold | None


class AlignmentRecord(msgspec.Struct, forbid_unknown_fields=True):
    """Sentences of an article beside those of its original."""

    path: str | None
    id: str | None
    original: tuple[Stretch, ...]
    text: tuple[Stretch, ...]


FORMS: dict[str, tuple[str, tuple[type, ...]]] = {
    "check-json": ("cleantext check --format json", (Checked,)),
    "check-jsonl": ("a line of cleantext check --format jsonl", (FindingRecord, Failure)),
    "statistics-json": ("cleantext check --statistics --format json", (Counted,)),
    "fix-jsonl": ("a line of cleantext fix --format jsonl", (CleanedRecord, Failure)),
    "quotes-jsonl": ("a line of cleantext quotes --format jsonl", (QuotationRecord, Failure)),
    "align-jsonl": ("a line of cleantext align --format jsonl", (AlignmentRecord, Failure)),
}
"""What is printed, by name: the command that prints it, and the shapes that it may have."""


def components(shapes: Sequence[type], references: str) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """Return the schema of each shape, and the parts by name to which they refer as ``references`` says."""
    found, parts = msgspec.json.schema_components(shapes, ref_template=references)
    for part in parts.values():
        if "description" in part:
            part["description"] = inspect.cleandoc(part["description"])
    return found, parts


def schema_of(title: str, shapes: Sequence[type]) -> dict[str, Any]:
    """Return the JSON Schema of a value of one of some shapes."""
    found, parts = components(shapes, "#/$defs/{name}")
    body = found[0] if len(found) == 1 else {"anyOf": list(found)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **body,
        "$defs": parts,
    }
