"""Formats that other programs read, reports, comparisons, progress."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import made
import pytest

Run = Callable[..., Any]


def valid(log: dict[str, Any]) -> None:
    """Hold a SARIF log against models made from the official schema; they refuse what it does not know.

    They were made from a draft of 2.1.0 that called the status of a suppression its state; the standard
    has ``status`` (section 3.35.3).
    """
    log = json.loads(json.dumps(log).replace('"kind": "external", "status":', '"kind": "external", "state":'))
    if os.environ.get("CI"):
        import pydantic_sarif.model
    else:
        pytest.importorskip("pydantic_sarif")
        import pydantic_sarif.model
    pydantic_sarif.model.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate(log)


def test_sarif_holds_to_its_schema(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a b.txt").write_text("Head\n\nIt rains, Reuters he reported.\n")
    (tmp_path / "m.jsonl").write_bytes(made.lines(40) + b"no json\n")
    done = cleantext("check", "a b.txt", "m.jsonl", "--format", "sarif")
    log = json.loads(done.stdout)
    valid(log)
    run = log["runs"][0]
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.txt"
    assert place["region"] == {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 30}
    assert (
        first["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"]
        == "Reuters reported"
    )
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "ZZ001"
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "m.jsonl:41" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    with pytest.raises(ValueError, match="not permitted"):
        valid({**log, "rnus": []})


def test_an_empty_sarif_log_is_valid_too(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.txt").write_text("Nothing.\n")
    done = cleantext("check", "a.txt", "--format", "sarif")
    assert done.returncode == 0
    valid(json.loads(done.stdout))


def test_rejected_findings_are_suppressed_results(tmp_path: Path, rules: Path) -> None:
    from cleantext.batch.chunks import Chunk
    from cleantext.batch.reading import Fields
    from cleantext.batch.work import Setup, Worker
    from cleantext.cleaner import Cleaner
    from cleantext.cli.formats.sarif import Sarif
    from cleantext.configuration import Configuration

    class Verdicts:
        def document_id(self, path: str, line: int | None, article: object) -> str:
            return path

        def hides(self, document: str, finding: Any) -> bool:
            return bool(finding.rule == "ZZ001")

    cleaner = Cleaner(Configuration(rules=(str(rules),), select=("ZZ",)))
    (tmp_path / "a.txt").write_text("It rains, Reuters he reported. They left the town the town.")
    form = Sarif(cleaner.cards)
    setup = Setup("check", cleaner, Fields(), printer=form, verdicts=Verdicts())  # type: ignore[arg-type]
    result = Worker(setup).result(Chunk("text", 0, (str(tmp_path / "a.txt"),)))
    log = json.loads(form.begin() + result.output + form.end(result.tally))
    valid(log)
    assert [("suppressions" in r, r["ruleId"]) for r in log["runs"][0]["results"]] == [
        (False, "ZZ002"),
        (True, "ZZ001"),
    ]
    assert result.tally.findings == 1


def test_github_annotations_stand_on_the_line_of_the_record(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "m,1.jsonl").write_bytes(
        b'{"text": "Fine."}\n{"text": "It rains,\\n50% Reuters he reported."}\nbad\n'
    )
    rows = cleantext("check", "m,1.jsonl", "--format", "github").stdout.decode().splitlines()
    assert rows[0].startswith("::warning file=m%2C1.jsonl,line=2,title=ZZ001 reuters-he::A pronoun stands")
    assert rows[1].startswith("::error file=m%2C1.jsonl,line=3::no JSON")


def test_statistics_count_by_rule(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "m.jsonl").write_bytes(made.lines(80))
    out = cleantext("check", "m.jsonl", "--statistics", "--jobs", 2).stdout.decode()
    assert "20  ZZ001   reuters-he" in out
    assert "20 findings in 20 of 80 articles: 20 safe." in out


class _Page(HTMLParser):
    """Collects what a page would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in ("src", "href", "xlink:href", "data") and not (value or "").startswith("#"):
                self.loads.append(f"{tag} {name}={value}")
            if name.startswith("on"):
                self.loads.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page_of(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    return page


def test_a_report_is_one_page_that_loads_nothing_and_runs_nothing(tmp_path: Path, cleantext: Run) -> None:
    pytest.importorskip("jinja2")
    nasty = '<script>alert("$x_1$")</script>'
    rows = [
        {
            "id": f"{nasty}{n}",
            "source": f"{nasty}.example",
            "date": f"2015-0{n % 9 + 1}-01",
            "text": f"{made.article(n)['text']} {nasty}, Reuters he reported. \x1b[31m {nasty}",
        }
        for n in range(30)
    ]
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "no json\n")
    cleantext("check", "m.jsonl", "--record", "run.jsonl")
    done = cleantext("report", "run.jsonl", "--output", "r.html")
    assert done.returncode == 2, "the bad line counts"
    html = (tmp_path / "r.html").read_text("utf-8")
    page = page_of(html)
    assert page.loads == []
    assert "script" not in page.tags
    assert page.tags.count("figure") == 3
    assert page.tags.count("table") >= 3
    assert "\x1b" not in html
    words = " ".join(page.words)
    assert "Reuters he reported" in words
    assert "Reuters reported" in words
    assert nasty in words
    assert "no JSON" in words


def test_a_report_of_articles_is_the_report_of_their_record(tmp_path: Path, cleantext: Run) -> None:
    pytest.importorskip("jinja2")
    (tmp_path / "m.jsonl").write_bytes(made.lines(20))
    assert cleantext("report", "m.jsonl", "--isolated", "--output", "a.html", "--title", "T").returncode == 0
    page = page_of((tmp_path / "a.html").read_text("utf-8"))
    assert "20" in [word.strip() for word in page.words]


def test_compare_tells_new_gone_and_changed(tmp_path: Path, cleantext: Run, rules: Path) -> None:
    (tmp_path / "m.jsonl").write_bytes(made.lines(30))
    (tmp_path / "a.txt").write_text("It rains, Reuters he reported. They left the town the town.")
    cleantext("check", ".", "--record", "old.run", "--ignore", "ZZ002")
    changed = (
        rules.read_text("utf-8")
        .replace("fix = 'Reuters reported'", "fix = 'Reuters said'")
        .replace("0.99", "0.9")
    )
    rules.write_text(
        changed.replace("good = 'It rains, Reuters reported.'", "good = 'It rains, Reuters said.'"), "utf-8"
    )
    (tmp_path / "new.jsonl").write_bytes(
        cleantext("check", ".", "--format", "jsonl", "--exclude", "m.jsonl").stdout
    )
    done = cleantext("compare", "old.run", "new.jsonl")
    out = done.stdout.decode()
    assert done.returncode == 1
    assert "1 new, 8 gone, 1 changed, 0 the same." in out
    assert "~ a.txt:1:11  Reuters he reported  (another fix, confidence 0.99 → 0.9" in out.replace(
        "applicability safe → review, ", ""
    )
    assert cleantext("compare", "old.run", "old.run").returncode == 0
    rows = [
        json.loads(row)
        for row in cleantext("compare", "old.run", "new.jsonl", "--format", "jsonl").stdout.splitlines()
    ]
    assert sorted(row["kind"] for row in rows) == ["changed", *["gone"] * 8, "new"]
    wrong = cleantext("compare", "old.run", "m.jsonl")
    assert wrong.returncode == 2
    assert b"neither the record" in wrong.stderr


def test_a_bar_on_a_terminal_and_lines_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    from cleantext.batch import progress
    from cleantext.batch.tally import Tally

    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "LOG_FIRST", 0.0)
    tally = Tally(articles=50, errors=2, rules={"ZZ001 x safe": 7})

    log = io.StringIO()
    shown = progress.Progress(lambda: 1000, out=log)
    shown.advance(500, tally)
    shown.advance(10, tally)
    assert log.getvalue().count("\n") == 1
    assert " 50%  50 articles" in log.getvalue()
    assert "7 findings  2 errors" in log.getvalue()

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    shown = progress.Progress(lambda: 1000, out=screen)
    shown.advance(250, tally)
    shown.close()
    assert "25%" in screen.getvalue()
    assert "7 findings" in screen.getvalue()


def test_a_short_run_says_nothing_on_standard_error(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "m.jsonl").write_bytes(made.lines(20))
    assert cleantext("check", "m.jsonl").stderr == b""
