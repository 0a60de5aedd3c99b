"""What Python gets by the package's own names: the same as the command line prints, and a face in notebooks."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from html.parser import HTMLParser

import pytest

import cleantext
from cleantext import transfer

TEXT = 'The cafÃ© stays open.\n\nThe mayor has resigned, Reuters he reported. "We <b>won</b>," said Marta Berg.\n'


def printed(*words: str, stdin: str) -> list[dict[str, object]]:
    command = [sys.executable, "-m", "cleantext", *words, "-"]
    done = subprocess.run(command, input=stdin.encode(), capture_output=True, check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def nameless(records: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{**record, "path": None} for record in records]


def test_a_report_says_what_it_holds() -> None:
    report = cleantext.check(TEXT, id="a7")
    assert repr(report).startswith("<Report of 'a7': ")
    assert f"{len(report)} findings" in repr(report)
    assert "EN001" in repr(report)
    assert tuple(report) == report.findings
    assert repr(cleantext.check("Plain.")) == "<Report: 0 findings>"
    assert cleantext.check("Plain.")  # a report without findings is still one


def test_to_dict_is_what_the_command_line_prints() -> None:
    printed_now = printed("check", "--isolated", "--format", "json", stdin=TEXT)[0]["articles"]
    assert nameless(printed_now)[0]["quality"] == cleantext.check(TEXT).to_dict()["quality"]  # type: ignore[arg-type]
    found = nameless(printed("check", "--isolated", "--format", "jsonl", stdin=TEXT))
    assert found == cleantext.check(TEXT).to_dict()["findings"]
    assert json.loads(json.dumps(cleantext.check(TEXT).to_dict())) == cleantext.check(TEXT).to_dict()


def test_quotes_and_align_are_those_of_the_command_line() -> None:
    quotes = cleantext.quotes(TEXT)
    assert quotes == nameless(printed("quotes", "--format", "jsonl", stdin=TEXT))
    assert quotes[0]["speaker"]["text"] == "Marta Berg"
    rows = cleantext.align("The house is red. It is old.", "Das Haus ist rot. Es ist alt.")
    assert [[s["text"] for s in row["text"]] for row in rows] == [["The house is red."], ["It is old."]]
    assert [[s["text"] for s in row["original"]] for row in rows] == [["Das Haus ist rot."], ["Es ist alt."]]
    with pytest.raises(ValueError, match="no original"):
        cleantext.align("Alone.")


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.data: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.data.append(data)


def test_a_notebook_shows_the_marked_text_and_none_of_the_articles_markup() -> None:
    report = cleantext.check(TEXT)
    page = _Marks()
    page.feed(report._repr_html_())
    assert set(page.tags) == {"div", "mark", "small"}
    assert page.tags.count("mark") >= 2
    shown = "".join(page.data)
    for rule in {finding.rule for finding in report if page.tags.count("mark") == len(report)}:
        shown = shown.replace(rule, "")
    assert "<b>won</b>" in shown
    assert cleantext.check("a\ud800b\u202e")._repr_html_().encode()


def test_editors_see_the_arguments_and_the_names() -> None:
    arguments = inspect.signature(cleantext.check).parameters
    assert {"title", "date", "url", "source", "id", "lang", "original"} <= set(arguments)
    assert set(cleantext.__all__) <= set(dir(cleantext))
    with pytest.raises(TypeError):
        cleantext.check("x", headline="y")  # type: ignore[call-arg]


@pytest.mark.parametrize("date", ["24/11/2015", "yesterday", "2015-13", "2015-02-30", "20151124", ""])
def test_a_date_that_is_none_is_refused_with_an_example(date: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601, such as '2015-11-24'"):
        cleantext.check("x", date=date)
    with pytest.raises(ValueError, match="ISO 8601"):
        cleantext.Cleaner(select=["encoding"]).check("x", date=date)


@pytest.mark.parametrize(
    "date", ["2015", "2015-11", "2015-11-24", "2015-11-24T08:30:00Z", "2015-11-24 08:30"]
)
def test_iso_dates_are_taken(date: str) -> None:
    assert cleantext.check("x", date=date).article.date == date


def test_a_date_of_a_record_never_stops_a_batch() -> None:
    cleaner = cleantext.Cleaner(select=["encoding"])
    assert [r.article.date for r in cleaner.check_many([{"text": "x", "date": "24/11/2015"}])] == [
        "24/11/2015"
    ]


def test_fix_applies_what_is_to_be_reviewed_where_it_is_asked() -> None:
    text = "The mayor has resigned, Reuters he reported."
    report = cleantext.check(text)
    assert cleantext.fix(text, apply="review", min_confidence=0.6) == report.fixed(
        apply="review", min_confidence=0.6
    )
    assert cleantext.fix(text) == report.fixed()
    with pytest.raises(ValueError, match=r"apply|safe"):
        cleantext.fix(text, apply="all")  # type: ignore[arg-type]


def test_dir_names_what_the_package_offers_and_no_more() -> None:
    shown = [name for name in dir(cleantext) if not name.startswith("__")]
    assert shown == sorted(name for name in cleantext.__all__ if not name.startswith("__"))


def test_what_workers_send_back_is_what_was_found() -> None:
    cleaner = cleantext.Cleaner()
    texts = [
        cleantext.Article(text=text, id=text[:4]) for text in ("Share\n\nThe the end.", "\ud800\n\nShare", "")
    ]
    reports = [cleaner.check(text) for text in texts]
    assert transfer.checked(transfer.packed(reports[:1])) == [(reports[0].findings, reports[0].trouble)]
    many = list(cleaner.check_many(texts, jobs=2))
    assert [(r.article, r.findings, r.trouble) for r in many] == [
        (r.article, r.findings, r.trouble) for r in reports
    ]
    assert many[0].article is texts[0]
