"""HTML pages: the article is extracted first, and every record says by what."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Run
from timing import assert_growth, cpu_seconds

pytest.importorskip("trafilatura")

BODY = (
    "<h1>A bridge is built</h1>"
    "<p>The council of the town met on Monday and voted for a new bridge over the river, the mayor said.</p>"
    "<p>It rains, Reuters he reported. The money has been found in the budget of the county after long talks.</p>"
)
HEAD = (
    "<title>A bridge is built | Town Courier</title><meta property='og:site_name' content='Town Courier'>"
    "<meta property='article:published_time' content='2015-11-24'>"
)
PAGE = f"<html lang='en'><head>{HEAD}</head><body><nav>Home News</nav><article>{BODY}</article></body></html>"


def test_a_page_is_extracted_then_cleaned_and_the_record_names_the_extractor(
    tmp_path: Path, cleantext: Run
) -> None:
    (tmp_path / "p.html").write_text(PAGE, "utf-8")
    done = cleantext("fix", "p.html", "--format", "jsonl")
    record = json.loads(done.stdout)
    assert record["extractor"].startswith("trafilatura ")
    assert (record["title"], record["date"], record["source"]) == (
        "A bridge is built",
        "2015-11-24",
        "Town Courier",
    )
    assert "Reuters reported" in record["text"]
    assert "Home News" not in record["text"]
    assert [finding["rule"] for finding in record["cleantext"]["applied"]] == ["ZZ001"]


def test_a_check_holds_the_text_that_its_spans_count_in(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "p.htm").write_text(PAGE, "utf-8")
    (article,) = json.loads(cleantext("check", "p.htm", "--format", "json").stdout)["articles"]
    (finding,) = article["findings"]
    assert article["text"][finding["start"] : finding["end"]] == finding["text"]
    assert article["extractor"].startswith("trafilatura ")
    noted = cleantext("check", "p.htm", "--format", "github").stdout
    assert b"file=p.htm,title=" in noted  # no line: those of the text are not the page's
    sarif = json.loads(cleantext("check", "p.htm", "--format", "sarif").stdout)["runs"][0]["results"][0]
    assert "region" not in sarif["locations"][0]["physicalLocation"]
    assert "fixes" not in sarif


def test_pages_of_a_folder_become_texts_of_another_and_stay_themselves(
    tmp_path: Path, cleantext: Run
) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "in" / "deep" / "b.xhtml").write_text(PAGE.replace("Reuters he", "Reuters"), "utf-8")
    (tmp_path / "in" / "c.txt").write_text("It rains, Reuters he reported.\n")
    done = cleantext("fix", "in", "--output", "out/")
    assert (done.returncode, b"2 articles changed" in done.stderr) == (0, True), done.stderr
    written = sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*"))
    assert written == ["a.txt", "c.txt", "deep/b.txt"]
    assert "Reuters reported." in (tmp_path / "out" / "deep" / "b.txt").read_text("utf-8")
    before = (tmp_path / "in" / "a.html").read_bytes()
    assert cleantext("fix", "in").returncode == 0  # in place pages are none of its inputs
    assert (tmp_path / "in" / "a.html").read_bytes() == before
    assert cleantext("fix", "in/a.html").returncode == 2  # named, it says what to do
    (tmp_path / "in" / "a.txt").write_text("x")
    met = cleantext("fix", "in", "--output", "other/")
    assert (met.returncode, b"would be one file" in met.stderr) == (2, True)


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<html><body><nav></nav><script>let a</script></body></html>",
        b"\0\0\0",
        b"<",
        b"{}",
        b"<!--" * 999,
    ],
    ids=repr,
)
def test_a_page_without_an_article_is_an_error_record(tmp_path: Path, cleantext: Run, page: bytes) -> None:
    (tmp_path / "p.html").write_bytes(page)
    (tmp_path / "ok.html").write_text(PAGE, "utf-8")
    done = cleantext("check", "p.html", "ok.html", "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [row["path"] for row in rows if "error" in row] == ["p.html"]
    assert "no article" in next(row["error"] for row in rows if "error" in row)
    assert any(row.get("rule") == "ZZ001" for row in rows)
    assert b"Traceback" not in done.stderr
    assert done.stderr == b""  # nothing of the extractor's own log


def test_a_page_keeps_its_encoding_as_it_says_or_as_the_user_says(tmp_path: Path, cleantext: Run) -> None:
    page = PAGE.replace("the river", "the Čáslavka")
    said = page.replace("<head>", "<head><meta charset='windows-1250'>")
    (tmp_path / "a.html").write_bytes(said.encode("windows-1250"))
    (tmp_path / "b.html").write_bytes(page.encode("utf-16"))
    for name in ("a.html", "b.html"):
        assert "Čáslavka" in cleantext("fix", name, "--format", "jsonl").stdout.decode()
    done = cleantext(
        "fix", "-", "--stdin-format", "html", "--encoding", "windows-1250", input=page.encode("windows-1250")
    )
    assert "Čáslavka" in done.stdout.decode()


SHAPES = {
    "deep": lambda n: "<div>" * n + BODY + "</div>" * n,
    "breaks": lambda n: BODY + "<br>" * n,
    "links": lambda n: BODY + "<a href='http://x.example/'>x</a> " * n,
    "tables": lambda n: BODY + "<table>" * n,
    "rows": lambda n: BODY + "<table>" + "<tr><td>x</td></tr>" * n + "</table>",
    "attributes": lambda n: "<p " + "a=b " * n + ">" + BODY,
    "entities": lambda n: BODY + "<p>" + "&amp;&#x41;" * n + "</p>",
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", list(SHAPES))
def test_the_work_of_a_page_grows_no_faster_than_the_page(shape: str) -> None:
    from cleantext.batch.pages import PageError, article_of_page

    def cost(count: int) -> float:
        page = f"<html><body><article>{SHAPES[shape](count)}</article></body></html>".encode()

        def read() -> None:
            with suppress(PageError):
                article_of_page(page, None)

        return cpu_seconds(read)

    cost(2_000)
    assert_growth(cost, 2_000, 16_000, times=8 * 2.5, floor=0.01)


def test_what_is_larger_than_any_page_is_not_parsed() -> None:
    from cleantext.batch.pages import LARGEST, PageError, article_of_page

    with pytest.raises(PageError, match="larger than 16 MB"):
        article_of_page(b"x" * (LARGEST + 1), None)
