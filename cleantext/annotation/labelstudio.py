r"""Label Studio: tasks with our findings as predictions, and the annotations that people made of them.

Its editor counts code points of the task's text since the beginning of 2022 (label-studio-frontend, pull request 308);
before, and in some exports that were made then, UTF-16 units. It counts ``\r\n`` as two, and shows and saves blanks
as they are only under ``white-space: pre-wrap``, which our labelling interface asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

from cleantext.annotation.answers import Given
from cleantext.annotation.exported import Task
from cleantext.annotation.spans import ENCODINGS, ReadError
from cleantext.batch.reading import object_of
from cleantext.batch.records import encode
from cleantext.offsets import Offsets
from cleantext.review.session import Answer
from cleantext.version import __version__

Unit = Literal["auto", "code-points", "utf-16"]
FINDING, VERDICT, WORDS, TEXT = "finding", "verdict", "words", "text"
"""Names of the controls, and of the text, in the labelling interface."""
VERDICTS: dict[str, Answer] = {"accept": "accept", "reject": "reject", "unsure": "unsure"}
_COLOURS = {
    "boilerplate": "#8a6d3b",
    "translation": "#2a6fb0",
    "encoding": "#2f7d4f",
    "attribution": "#a3323a",
}
_OTHER = "#5c6773"


def interface(tasks: Iterable[Task]) -> str:
    """Return the labelling interface (XML) for some tasks: their rules as labels, a verdict and own words for each."""
    labels = {_label(one.rule, one.name): one.category for task in tasks for one in task.proposals}
    rows = [
        f"    <Label value={quoteattr(label)} background={quoteattr(_COLOURS.get(category, _OTHER))}/>"
        for label, category in sorted(labels.items())
    ]
    choices = [f'    <Choice value="{verdict}"/>' for verdict in VERDICTS]
    return "\n".join(
        (
            "<View>",
            "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
            f'  <Labels name="{FINDING}" toName="{TEXT}">',
            *rows,
            "  </Labels>",
            f'  <Text name="{TEXT}" value="$text" granularity="symbol"/>',
            f'  <Choices name="{VERDICT}" toName="{TEXT}" perRegion="true" choice="single">',
            *choices,
            "  </Choices>",
            f'  <TextArea name="{WORDS}" toName="{TEXT}" perRegion="true" maxSubmissions="1" editable="true" rows="2"/>',
            "</View>\n",
        )
    )


def tasks_json(tasks: Iterable[Task]) -> Iterator[bytes]:
    """Write a file of tasks, piece by piece, as Label Studio imports it."""
    before = b"[\n"
    for task in tasks:
        yield before + encode(_task(task))
        before = b",\n"
    yield (b"[" if before == b"[\n" else b"\n") + b"]\n"


def _task(task: Task) -> dict[str, Any]:
    results: list[dict[str, Any]] = []
    for one in task.proposals:
        span = {"start": one.start, "end": one.end}
        results.append(
            {
                **_control(one.key, FINDING, "labels"),
                "value": {**span, "text": one.text, "labels": [_label(one.rule, one.name)]},
                "score": one.confidence,
                "meta": {"text": [one.message]},
            }
        )
        if one.replacement:  # an empty field cannot be filled in beforehand: it deletes
            results.append(
                {**_control(one.key, WORDS, "textarea"), "value": {**span, "text": [one.replacement]}}
            )
    return {
        "data": {
            "text": task.article.text,
            "document": task.document,
            "path": task.path,
            "line": task.line,
            "title": task.article.title,
        },
        "predictions": [
            {
                "model_version": f"cleantext {__version__}",
                "score": min(one.confidence for one in task.proposals),
                "result": results,
            }
        ],
    }


def _control(key: str, name: str, kind: str) -> dict[str, str]:
    return {"id": key, "from_name": name, "to_name": TEXT, "type": kind}


def _label(rule: str, name: str) -> str:
    return f"{rule} {name}"


def read(data: bytes, name: str, who: str = "", unit: Unit = "auto") -> Iterator[Given]:
    """Read an export of Label Studio (the form "JSON"); regions without an answer are passed over.

    ``auto`` counts code points, and UTF-16 units where those alone fit the words that a region says it holds.
    Raises ReadError for another file.
    """
    try:
        found = object_of(data)
    except ValueError as error:
        raise ReadError(f"{name}: no JSON: {error}") from None
    if not isinstance(found, list):
        raise ReadError(f'{name}: no list of tasks. Export the project in the form "JSON".')
    for number, task in enumerate(found, 1):
        given = task.get("data") if isinstance(task, dict) else None
        if not isinstance(given, dict) or not isinstance(given.get("text"), str) or "document" not in given:
            raise ReadError(
                f'{name}: task {number} is none that cleantext exported. Export the project in the form "JSON", not "JSON-MIN".'
            )
        try:
            for annotation in task.get("annotations") or ():
                if not annotation.get("was_cancelled"):
                    yield from _answers(annotation, given["text"], str(given["document"]), who, unit)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ReadError(f"{name}: task {number}: an annotation cannot be read: {error!r}") from None


def _answers(annotation: dict[str, Any], text: str, document: str, who: str, unit: Unit) -> Iterator[Given]:
    regions: dict[str, dict[str, Any]] = {}
    for result in annotation["result"]:
        region = regions.setdefault(str(result.get("id") or ""), {})
        region[result["from_name"]] = result["value"]
    places = {name: Offsets(text, ENCODINGS[name]) for name in ("code-points", "utf-16")}
    by = who or _person(annotation.get("completed_by"))
    for key, region in regions.items():
        labelled = region.get(FINDING)
        verdict, words = region.get(VERDICT, {}).get("choices"), region.get(WORDS, {}).get("text")
        if labelled is None or not (verdict or words):
            continue
        own = "\n".join(words) if isinstance(words, list) else words
        start, end = _span(labelled, text, places, unit)
        yield Given(
            document=document,
            key=key,
            rule=str(labelled["labels"][0]).partition(" ")[0],
            start=start,
            end=end,
            text=text[start:end],
            verdict=VERDICTS[verdict[0]] if verdict else None,
            replacement=own,
            who=by,
            when=str(annotation.get("updated_at") or annotation.get("created_at") or ""),
        )


def _span(value: dict[str, Any], text: str, places: dict[str, Offsets], unit: Unit) -> tuple[int, int]:
    """Return a region's span in code points; raises ValueError where it is none of the text."""
    tried = ("code-points", "utf-16") if unit == "auto" else (unit,)
    found: list[tuple[int, int]] = []
    for name in tried:
        start, end = places[name].code_point(value["start"]), places[name].code_point(value["end"])
        if start is not None and end is not None:
            found.append((start, end))
    if not found:
        raise ValueError(f"{value['start']}:{value['end']} is no span of the text")
    said = value.get("text")
    fitting = [span for span in found if text[span[0] : span[1]] == said]
    return (fitting or found)[0]


def _person(completed_by: Any) -> str:
    if isinstance(completed_by, dict):
        completed_by = completed_by.get("email") or completed_by.get("id")
    if completed_by is None:
        return ""
    return completed_by if isinstance(completed_by, str) else f"label-studio:{completed_by}"
