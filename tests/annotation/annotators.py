"""What annotation tools do with what they are given, in tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from cleantext.annotation import labelstudio, spans
from cleantext.annotation.exported import Task


def utf16(text: str, offset: int) -> int:
    """A code point's place as JavaScript counts, the plain way."""
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


def in_label_studio(
    tasks: Iterable[Task],
    answer: Callable[[str], tuple[str | None, str | None]],
    *,
    old: bool = False,
    who: str = "ann@desk.example",
    when: str = "2026-03-09T22:16:08.746926Z",
) -> bytes:
    """Label Studio's export after somebody answered: a verdict, and own words in place of the proposal's.

    ``old`` counts UTF-16 units, as its editor did until the end of 2021.
    """
    loaded = json.loads(b"".join(labelstudio.tasks_json(tasks)))
    for number, task in enumerate(loaded, 1):
        text = task["data"]["text"]
        [prediction] = task.pop("predictions")
        results: list[dict[str, Any]] = []
        for result in prediction["result"]:
            verdict, words = answer(result["id"])
            if result["from_name"] == "finding":
                results.append(result)
                value = {name: result["value"][name] for name in ("start", "end", "text")}
                control = {"id": result["id"], "to_name": "text"}
                if verdict is not None:
                    results.append(
                        {
                            **control,
                            "from_name": "verdict",
                            "type": "choices",
                            "value": {**value, "choices": [verdict]},
                        }
                    )
                if words is not None:
                    results.append(
                        {
                            **control,
                            "from_name": "words",
                            "type": "textarea",
                            "value": {**value, "text": [words]},
                        }
                    )
            elif words is None:  # the field stays as it was filled in
                results.append(result)
        for result in results if old else ():
            value = result["value"]
            value["start"], value["end"] = utf16(text, value["start"]), utf16(text, value["end"])
        task["id"] = number
        task["annotations"] = [
            {
                "id": number,
                "completed_by": {"email": who},
                "result": results,
                "updated_at": when,
                "was_cancelled": False,
            }
        ]
    return json.dumps(loaded).encode()


def in_json_lines(
    tasks: Iterable[Task],
    answer: Callable[[str], tuple[str | None, str | None]],
    *,
    unit: spans.Unit = "code-points",
) -> bytes:
    """Spans after a script answered."""
    rows = []
    for raw in spans.lines(tasks, unit):
        record = json.loads(raw)
        for span in record["spans"]:
            span["verdict"], span["words"] = answer(span["key"])
            span["by"], span["at"] = "ann@desk.example", "2026-03-09T22:16:08+00:00"
        rows.append(json.dumps(record))
    return "\n".join(rows).encode()
