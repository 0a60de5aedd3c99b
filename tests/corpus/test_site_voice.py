"""What a site says in article after article: found at any length and in any language, and nothing else with it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.batch.indexing import build
from cleantext.batch.reading import Fields
from cleantext.configuration import Configuration
from cleantext.corpus import CorpusIndex
from cleantext.document.lines import Line
from cleantext.document.voice import units

SITE = "valley-courier.example"
STANDING = (
    "Get the week's best reading from our desk: leave your address, and the letter comes on Friday at noon.",
    "This paper is run by nine people and paid for by those who read it; a few euros a month keep the lamp on. "
    "Thank you for thinking about it.",
    "To show you this part we would have to load material from another service. You decide: once, or always.",
    "Marta Berg has walked the valley for this paper since 1998. She keeps bees, and answers letters on Mondays.",
    "Werden Sie Leserin: vier Euro im Monat, jederzeit kündbar.",
)


def prose(number: int) -> list[str]:
    """Return ten paragraphs of three sentences, of words that hardly come twice."""
    chance = random.Random(number)

    def word() -> str:
        return "".join(
            chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))
        )

    def sentence() -> str:
        return f"{' '.join(word() for _ in range(14)).capitalize()}."

    return [" ".join(sentence() for _ in range(3)) for _ in range(10)]


def corpus(folder: Path, articles: list[list[str]]) -> tuple[list[dict[str, Any]], CorpusIndex]:
    rows = [
        {"id": str(n), "source": SITE, "text": "\n\n".join(lines) + "\n"} for n, lines in enumerate(articles)
    ]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build(
        [str(folder / "a.jsonl")],
        folder / "c.index",
        fields=Fields(),
        on_failure=lambda _: None,
        progress=False,
    )
    return rows, CorpusIndex(folder / "c.index")


def test_standing_paragraphs_are_found_and_nothing_else_is_lost(tmp_path: Path) -> None:
    chance = random.Random(7)
    clean = [prose(n) for n in range(60)]
    mixed = [list(lines) for lines in clean]
    for number, said in enumerate(STANDING):
        for place in random.Random(number).sample(range(60), 20):
            mixed[place].insert(chance.randrange(1, len(mixed[place]) + 1), said)
    rows, index = corpus(tmp_path, mixed)
    cleaner = Cleaner(select=["BP400"], corpus=index)
    for row, lines in zip(rows, clean, strict=True):
        article = Article(**row)
        found = cleaner.check(article).findings
        assert sorted(f.text for f in found) == sorted(said for said in STANDING if said in row["text"])
        assert all(f.confidence >= 0.5 for f in found)
        fixed = cleaner.fix(article, apply="review").text
        assert fixed == "\n\n".join(lines) + "\n"


def findings(folder: Path, articles: list[list[str]], which: int = 0) -> Any:
    # Promoted, for the ledger has too few cases of it yet: what the rule itself would do unasked.
    rows, index = corpus(folder, articles)
    wishes = Configuration(select=("BP400",), promote=("BP400",))
    return Cleaner(wishes, corpus=index).check(Article(**rows[which])).findings


def test_from_three_articles_on_it_is_safe_and_with_two_of_few_it_is_not(tmp_path: Path) -> None:
    three = [[*prose(n), STANDING[0]] if n < 3 else prose(n) for n in range(12)]
    (finding,) = findings(tmp_path, three)
    assert finding.applicability == "safe"
    assert finding.evidence[0].note == "it stands in 3 of 12 articles of this site"
    two = [[*prose(n), STANDING[0]] if n < 2 else prose(n) for n in range(12)]
    (finding,) = findings(tmp_path, two)
    assert finding.applicability == "review"


def test_a_quotation_that_repeats_is_never_safe(tmp_path: Path) -> None:
    said = '"We shall open the gate when the snow has gone," said the warden of the upper pass.'
    found = findings(tmp_path, [[*prose(n), said] for n in range(6)])
    assert all(f.applicability == "review" for f in found)


def test_a_story_s_background_is_not_safe(tmp_path: Path) -> None:
    background = "The warden of the upper pass closed the gate after the avalanche buried the customs house."
    story = [
        [f"The warden spoke about the avalanche at the gate of the upper pass on day {n}.", *prose(n), background,
         f"The customs house had been buried and the pass closed, report {n} says again."]
        for n in range(4)
    ]  # fmt: skip
    found = findings(tmp_path, [*story, *[prose(100 + n) for n in range(8)]])
    assert all(f.applicability == "review" and f.confidence <= 0.8 for f in found)


def test_a_background_sentence_of_two_articles_of_a_large_site_is_not_shown(tmp_path: Path) -> None:
    shared = "The ferry across the upper lake was built in the year of the great flood by two brothers."
    articles = [[*prose(n), shared] if n < 2 else prose(n) for n in range(40)]
    assert findings(tmp_path, articles) == ()


def test_an_author_box_is_one_template_whoever_wrote(tmp_path: Path) -> None:
    names = ["Marta Berg", "Pavel Novak", "Ilse Keller", "Tom Reed"]
    box = "{} is a reporter on the valley desk and can be reached by letter at any time of the year."
    found = findings(tmp_path, [[*prose(n), box.format(name)] for n, name in enumerate(names)])
    assert [f.text for f in found] == [box.format("Marta Berg")]
    assert found[0].applicability == "review"


def test_sentences_at_the_end_of_a_line_are_cut_out_of_it(tmp_path: Path) -> None:
    articles = [prose(n) for n in range(6)]
    for lines in articles:
        lines[-1] = f"{lines[-1]} {STANDING[0]}"
    rows, index = corpus(tmp_path, articles)
    fixed = Cleaner(select=["BP400"], corpus=index).fix(Article(**rows[0]), apply="review").text
    assert fixed == rows[0]["text"].replace(f" {STANDING[0]}", "")


def test_the_command_line_learns_a_site_on_the_way(tmp_path: Path, cleantext: Callable[..., Any]) -> None:
    corpus(tmp_path, [[*prose(n), STANDING[0]] if n % 2 else prose(n) for n in range(10)])
    plain = cleantext(
        "check", "--isolated", "--select", "BP400", "--format", "jsonl", "a.jsonl", cwd=tmp_path
    )
    assert plain.stdout == ""
    learned = cleantext(
        "check",
        "--learn-site",
        "--isolated",
        "--select",
        "BP400",
        "--format",
        "jsonl",
        "a.jsonl",
        cwd=tmp_path,
    )
    assert len(learned.stdout.splitlines()) == 5
    assert "10 distinct articles" in learned.stderr
    twice = cleantext("check", "--learn-site", "--index", "c.index", "a.jsonl", cwd=tmp_path)
    assert twice.returncode == 2
    stdin = cleantext("check", "--learn-site", "-", cwd=tmp_path, input="text")
    assert stdin.returncode == 2
    assert "give files" in stdin.stderr


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Published on 3 May 2021 by the desk of the Courier",
            "PUBLISHED ON 14 MAY 1999 by the desk of the courier.",
        ),
        ("»  Get the week's best reading  «", "Get the week’s best reading"),
    ],
)
def test_figures_case_and_outer_marks_do_not_count(one: str, other: str) -> None:
    assert [u.plain for u in units(one, Line(0, len(one), len(one)))] == [
        u.plain for u in units(other, Line(0, len(other), len(other)))
    ]


@given(st.text(max_size=300))
def test_any_line_has_units_within_it(text: str) -> None:
    line = text.replace("\n", " ").replace("\r", " ")
    for unit in units(line, Line(0, len(line), len(line))):
        assert 0 <= unit.start < unit.end <= len(line)
