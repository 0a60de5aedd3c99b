"""What changed in findings between two runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from cleantext.batch import runrecord
from cleantext.batch.reading import object_of
from cleantext.batch.runrecord import Entry
from cleantext.files import open_plain

Kind = Literal["new", "gone", "changed"]


class Difference(msgspec.Struct, frozen=True):
    """One finding that only one run has, or that both have in another form.

    ``fields`` names what changed (applicability, confidence, fixes, span); ``old``
    and ``new`` are findings as ``check --format jsonl`` gives them.
    """

    kind: Kind
    path: str
    id: str | None
    rule: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    fields: tuple[str, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """All differences, in the order of the articles of the second run, and how many findings stayed as they were."""

    differences: tuple[Difference, ...]
    same: Counter[str]


def compare(old: Path, new: Path) -> Comparison:
    """Compare two records of runs, or two outputs of ``check --format jsonl``, by article and fingerprint.

    Confidence counts as changed from 0.01 on. Raises ValueError for a file that is
    neither.
    """
    before = _by_article(_findings(old))
    after = _by_article(_findings(new))
    differences: list[Difference] = []
    same: Counter[str] = Counter()
    for article in [*after, *(a for a in before if a not in after)]:
        path, identity = article
        ours, theirs = before.get(article, {}), after.get(article, {})
        for key in sorted({*ours, *theirs}, key=lambda k: _place(theirs.get(k) or ours[k])):
            a, b = ours.get(key), theirs.get(key)
            rule = (b or a or {})["rule"]
            if a is None:
                differences.append(Difference("new", path, identity, rule, None, b))
            elif b is None:
                differences.append(Difference("gone", path, identity, rule, a, None))
            elif fields := _changed(a, b):
                differences.append(Difference("changed", path, identity, rule, a, b, fields))
            else:
                same[rule] += 1
    return Comparison(tuple(differences), same)


def _place(finding: dict[str, Any]) -> tuple[int, int, str]:
    return finding["start"], finding["end"], finding["rule"]


def _changed(a: dict[str, Any], b: dict[str, Any]) -> tuple[str, ...]:
    fields = [name for name in ("applicability", "fixes") if a[name] != b[name]]
    if abs(a["confidence"] - b["confidence"]) >= 0.01:
        fields.append("confidence")
    if (a["start"], a["end"]) != (b["start"], b["end"]):
        fields.append("span")
    return tuple(fields)


def _findings(path: Path) -> Iterator[dict[str, Any]]:
    if runrecord.is_record(path):
        for line in runrecord.read(path):
            if isinstance(line, Entry):
                for finding in (*line.applied, *line.left):
                    yield {**finding, "path": line.path, "place": line.line}
        return
    with open_plain(path) as file:
        for number, raw in enumerate(file, 1):
            if not raw.strip():
                continue
            try:
                value = object_of(raw)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: no JSON: {error}") from None
            if isinstance(value, dict) and "error" in value and "rule" not in value:
                continue
            if not isinstance(value, dict) or not {"path", "rule", "start", "fingerprint"} <= set(value):
                raise ValueError(
                    f"{path}:{number}: neither the record of a run nor a finding of `cleantext check --format jsonl`."
                )
            try:
                runrecord.check_findings([value])
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None
            yield value


def _by_article(
    findings: Iterable[dict[str, Any]],
) -> dict[tuple[str, str | None], dict[tuple[str, str, int], dict[str, Any]]]:
    found: dict[tuple[str, str | None], dict[tuple[str, str, int], dict[str, Any]]] = defaultdict(dict)
    for finding in findings:
        place = finding.get("id") or finding.pop("place", None)
        article = found[finding["path"], None if place is None else str(place)]
        nth = 0
        while (key := (finding["rule"], finding["fingerprint"], nth)) in article:
            nth += 1
        article[key] = finding
    return found
