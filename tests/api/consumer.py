"""What a program that uses the package by its own names looks like to a type checker; `test_types.py` runs two over it.

A line that ends in ``# type: ignore[…]`` is wrong use: a checker that does not complain of it fails the test.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_type

import cleantext

report = cleantext.check(
    "Share", date="2015-11-24", title="A title", source="harbour.example", lang="en", id="7"
)
assert_type(report, cleantext.Report)
assert_type(report.findings, tuple[cleantext.Finding, ...])
assert_type(len(report), int)
assert_type(report.quality.garble, float)
assert_type(report.quality.language, str | None)
assert_type(report.to_dict(), dict[str, Any])
assert_type(report.fixed(), str)
assert_type(report.fixed(apply="review", min_confidence=0.8), str)
assert_type(report.fix().applied, tuple[cleantext.Finding, ...])
for finding in report:
    assert_type(finding, cleantext.Finding)
    assert_type(finding.applicability, cleantext.Applicability)
    assert_type(finding.fix, cleantext.Fix | None)
    assert_type(finding.evidence, tuple[cleantext.Evidence, ...])
    for fix in finding.fixes:
        assert_type(fix.edits, tuple[cleantext.Edit, ...])
        assert_type(fix.edits[0].replacement, str)

assert_type(cleantext.fix("Share", apply="review", min_confidence=0.9), str)
assert_type(cleantext.quotes("Share"), list[dict[str, Any]])
assert_type(cleantext.align("A", "B"), list[dict[str, Any]])
assert_type(cleantext.__version__, str)

cleaner = cleantext.Cleaner(select=["boilerplate"], ignore=["BP001"], config=None)
assert_type(cleaner.check("Share", title="A title"), cleantext.Report)
assert_type(cleaner.check_many(["Share", {"text": "Share"}], jobs=2), Iterator[cleantext.Report])
assert_type(cleaner.fix(cleantext.Article(text="Share")).text, str)
cleantext.Cleaner(cleantext.Configuration(min_confidence=0.7))

cleantext.check(7)  # type: ignore[arg-type]
cleantext.check("Share", day="2015-11-24")  # type: ignore[call-arg]
cleantext.fix("Share", apply="all")  # type: ignore[arg-type]
report.fixed(apply="safest")  # type: ignore[arg-type]
cleantext.Cleaner(select="boilerplate", jobs=2)  # type: ignore[call-arg]
print(report.foundings)  # type: ignore[attr-defined]
