"""The report: the page and its JSON say the same, links lead to examples, and it reads on a phone, in the dark and on paper."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import made
import pytest

from cleantext.rulebook import shipped

Run = Callable[..., Any]
LONG = "a-site-with-a-name-that-is-longer-than-any-phone-is-wide-and-has-no-blank.news.example"

pytest.importorskip("jinja2")


class Seen(HTMLParser):
    """The ids, links and numbers of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids |= {told["id"] or ""} if "id" in told else set()
        self.links += [told["href"] or ""] if "href" in told else []

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def seen(path: Path) -> Seen:
    page = Seen()
    page.feed(path.read_text("utf-8"))
    return page


@pytest.fixture
def run_of(tmp_path: Path, cleantext: Run) -> Path:
    """The record of a run over articles of several sites and months, one of them unreadable."""
    rows = [
        {
            **made.article(number),
            "source": LONG if number % 3 == 0 else f"site{number % 3}.example",
            "date": f"201{number % 2}-{number % 12 + 1:02}-03",
        }
        for number in range(60)
    ]
    rows.append(
        {"id": "last", "text": "They left the town the town.", "source": "site1.example", "date": "2011-05"}
    )
    (tmp_path / "m.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "no json\n")
    cleantext("check", "m.jsonl", "--record", "run.jsonl")
    return tmp_path / "run.jsonl"


def test_the_json_says_what_the_record_holds(run_of: Path, cleantext: Run) -> None:
    done = cleantext("report", run_of.name, "--output", "r.html", "--json", "n.json")
    assert done.returncode == 2, "the bad line counts"
    found = json.loads((run_of.parent / "n.json").read_text("utf-8"))
    lines = [json.loads(row) for row in run_of.read_text("utf-8").splitlines()]
    articles = [line for line in lines if line["kind"] == "article"]
    findings = [f for line in articles for f in line.get("left", [])]
    assert (found["articles"], found["findings"], found["errors"]) == (61, len(findings), 1)
    assert {one["rule"]: one["findings"] for one in found["rules"]} == Counter(f["rule"] for f in findings)
    assert sum(map(sum, found["confidence"].values())) == len(findings)
    assert sum(found["categories"].values()) == len(findings)
    kinds = {card.id: card.mqm for card in shipped()}
    assert found["types"] == Counter(kinds[f["rule"]] for f in findings if kinds.get(f["rule"]))
    for groups, name in ((found["sources"], "source"), (found["months"], "date")):
        wanted = Counter(line[name] if name == "source" else line[name][:7] for line in articles)
        assert {one["name"]: one["articles"] for one in groups} == wanted
        assert sum(one["findings"] for one in groups) == len(findings)
        assert sum(one["words"] for one in groups) == found["words"]
    assert [one["name"] for one in found["months"]] == sorted(one["name"] for one in found["months"])


def test_an_output_that_ends_in_json_is_the_same_json(run_of: Path, cleantext: Run) -> None:
    cleantext("report", run_of.name, "--output", "r.html", "--json", "n.json")
    cleantext("report", run_of.name, "--output", "only.json")
    folder = run_of.parent
    assert (folder / "only.json").read_bytes() == (folder / "n.json").read_bytes()


def test_the_page_shows_the_numbers_of_the_json_and_its_links_lead_somewhere(
    run_of: Path, cleantext: Run
) -> None:
    cleantext("report", run_of.name, "--output", "r.html", "--json", "n.json")
    page = seen(run_of.parent / "r.html")
    found = json.loads((run_of.parent / "n.json").read_text("utf-8"))
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= page.ids
    assert {one["rule"] for one in found["rules"]} <= page.ids
    for group in (*found["sources"], *found["months"]):
        assert group["name"] in page.words
        assert str(group["per_1000_words"]) in page.words


def test_a_comparison_is_that_of_the_command(run_of: Path, cleantext: Run) -> None:
    folder = run_of.parent
    cleantext("check", "m.jsonl", "--record", "old.jsonl", "--ignore", "ZZ002")
    cleantext("report", run_of.name, "--against", "old.jsonl", "--output", "r.html", "--json", "n.json")
    found = json.loads((folder / "n.json").read_text("utf-8"))["against"]
    printed = cleantext("compare", "old.jsonl", run_of.name).stdout.decode().splitlines()[-1]
    assert (
        printed
        == f"{found['new']} new, {found['gone']} gone, {found['changed']} changed, {found['same']} the same."
    )
    assert found["new"] > 0
    assert [one["rule"] for one in found["rules"]] == ["ZZ002"]
    assert found["rules"][0]["examples"][0][2] == "the town the town"
    page = seen(folder / "r.html")
    assert "Against old.jsonl" in page.words
    assert "the town the town" in page.words
    # Articles, too, may be compared with what was once found in them.
    cleantext(
        "report",
        "m.jsonl",
        "--rules",
        "zz.toml",
        "--select",
        "ZZ",
        "--isolated",
        "--against",
        "old.jsonl",
        "--output",
        "again.json",
    )
    assert json.loads((folder / "again.json").read_text("utf-8"))["against"] == found


def test_what_cannot_be_compared_is_said_and_nothing_is_written(run_of: Path, cleantext: Run) -> None:
    for words in (
        ("--against", "gone.jsonl"),
        ("--against", "m.jsonl"),
        ("--against", "run.jsonl", "--json", "run.jsonl"),
    ):
        before = run_of.read_bytes()
        done = cleantext("report", run_of.name, *words, "--output", "r.html")
        assert done.returncode == 2
        assert b"cleantext: " in done.stderr
        assert not (run_of.parent / "r.html").exists()
        assert run_of.read_bytes() == before


def test_light_dark_and_paper_have_colours_of_their_own(run_of: Path, cleantext: Run) -> None:
    cleantext("report", run_of.name, "--output", "r.html")
    html = (run_of.parent / "r.html").read_text("utf-8")
    light, dark, paper = (
        dict(re.findall(r"(--\w+): (#\w+)", part)) for part in re.findall(r":root \{(.*?)\}", html, re.DOTALL)
    )
    assert set(dark) == set(light) >= set(paper) - {"--link"}
    assert all(light[name] != dark[name] for name in light)
    for colours in (light, dark, {**light, **paper}):
        for words, ground in (
            ("--ink", "--paper"),
            ("--soft", "--paper"),
            ("--soft", "--ground"),
            ("--link", "--paper"),
            ("--gone", "--goneback"),
            ("--new", "--newback"),
            ("--ink", "--mark"),
        ):
            assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)  # WCAG 2.2, AA


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it."""

    def light(colour: str) -> float:
        digits = colour.removeprefix("#")
        digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    path = next(
        (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
    )
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: apt-get install chromium")
        pytest.skip("no Chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        found = running.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def test_findings_are_no_articles_to_report_on(run_of: Path, cleantext: Run) -> None:
    done = cleantext("check", "--format", "jsonl", "m.jsonl")
    (run_of.parent / "found.jsonl").write_bytes(done.stdout)
    refused = cleantext("report", "found.jsonl", "--output", "r.html")
    assert refused.returncode == 2
    assert b"holds no articles" in refused.stderr
    assert b"check --record run.jsonl" in refused.stderr
    assert not (run_of.parent / "r.html").exists()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_is_cut_and_every_word_is_readable(
    run_of: Path, cleantext: Run, browser: Any, width: int, scheme: str
) -> None:
    cleantext("check", "m.jsonl", "--record", "old.jsonl", "--ignore", "ZZ002")
    cleantext("report", run_of.name, "--against", "old.jsonl", "--output", "r.html")
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto((run_of.parent / "r.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.children.length === 0 && e.textContent.trim())"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 14
    cells = page.evaluate(
        "[...document.querySelectorAll('td')].every(e => e.getBoundingClientRect().right <= innerWidth && e.getBoundingClientRect().height < 200)"
    )
    assert cells, "no cell has to be pushed into sight, and none is stretched"
    inside = page.evaluate(
        "[...document.querySelectorAll('.bars .bar')].every(e => e.getBoundingClientRect().right <= innerWidth && e.scrollWidth <= e.clientWidth + 1)"
    )
    assert inside
    page.click(".bars a >> nth=0")
    assert page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top < innerHeight")
    context.close()
