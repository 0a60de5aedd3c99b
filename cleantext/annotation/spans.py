"""Spans as JSON lines, an article a line: for tools and scripts that know ``text`` and ``spans``, such as Prodigy and spaCy.

A line holds ``document``, ``path``, ``line``, ``text``, ``unit`` and ``spans``; a span ``start``, ``end``, ``label`` (the rule), ``key``,
``text``, what is proposed, and ``verdict`` (null until somebody answers), ``words`` (a person's own), ``by`` and ``at``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from cleantext.annotation.answers import Given
from cleantext.annotation.exported import Task
from cleantext.batch.reading import object_of
from cleantext.batch.records import encode
from cleantext.offsets import Offsets

Unit = Literal["code-points", "utf-16", "utf-8"]
ENCODINGS: Mapping[str, str] = {"code-points": "utf-32", "utf-16": "utf-16", "utf-8": "utf-8"}
"""What an offset counts -> the encoding whose units those are."""
VERDICTS = ("accept", "reject", "edit", "unsure")


class ReadError(ValueError):
    """A file that holds no answers as they were asked for; the message says where, and what to do."""


def lines(tasks: Iterable[Task], unit: Unit = "code-points") -> Iterator[bytes]:
    """Write articles with their findings, one a line."""
    for task in tasks:
        places = Offsets(task.article.text, ENCODINGS[unit])
        spans = [
            {
                "start": places.of(one.start),
                "end": places.of(one.end),
                "label": one.rule,
                "key": one.key,
                "text": one.text,
                "message": one.message,
                "confidence": one.confidence,
                "applicability": one.applicability,
                "replaces": one.replaces,
                "replacement": one.replacement,
                "verdict": None,
            }
            for one in task.proposals
        ]
        record = {
            "document": task.document,
            "path": task.path,
            "line": task.line,
            "text": task.article.text,
            "unit": unit,
            "spans": spans,
        }
        yield encode(record) + b"\n"


def read(data: bytes, name: str, who: str = "") -> Iterator[Given]:
    """Read answers; spans without a verdict are passed over. Raises ReadError that names the line."""
    for number, raw in enumerate(data.split(b"\n"), 1):
        if not raw.strip():
            continue
        try:
            yield from _answers(object_of(raw), who)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise ReadError(f"{name}:{number}: no article with answers: {what}") from None


def _answers(record: Any, who: str) -> Iterator[Given]:
    if not isinstance(record, dict):
        raise TypeError("not an object")
    text, unit = record["text"], record.get("unit", "code-points")
    if not isinstance(text, str) or unit not in ENCODINGS:
        raise ValueError(
            f"a unit is one of {', '.join(ENCODINGS)}" if isinstance(text, str) else "text is no text"
        )
    places = Offsets(text, ENCODINGS[unit])
    for span in record["spans"]:
        verdict = span.get("verdict")
        if verdict is None:
            continue
        if verdict not in VERDICTS:
            raise ValueError(f"a verdict is one of {', '.join(VERDICTS)}, not {verdict!r}")
        start, end = places.code_point(span["start"]), places.code_point(span["end"])
        if start is None or end is None:
            raise ValueError(f"{span['start']}:{span['end']} is no span of the text in {unit}")
        words = span.get("words")
        yield Given(
            document=str(record["document"]),
            key=str(span.get("key") or ""),
            rule=str(span.get("label") or ""),
            start=start,
            end=end,
            text=text[start:end],
            verdict=verdict,
            replacement=words if isinstance(words, str) else None,
            who=who or str(span.get("by") or ""),
            when=str(span.get("at") or ""),
        )
