"""Is this an article at all: what is told by form, what by the words of walls, and what a user sees of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.batch.runrecord import Entry
from cleantext.batch.summary import Summary
from cleantext.document import Document, pageform, walls
from cleantext.document.pagekind import evidence_of, form, page_kind
from cleantext.document.pagekindmodel import FEATURES, shipped_model
from cleantext.document.walls import phrases, wall_of

PARAGRAPHS = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded.",
    "Repairs are expected to take until the autumn, the town's engineer told residents at a meeting in the school.",
    "Shop owners on the far bank said that they had been given no warning and that the detour would cost them trade.",
    "The county has promised a ferry for pedestrians, but nobody could say when the first boat would run.",
)
ARTICLE = "\n\n".join(PARAGRAPHS)
GERMAN = (
    "Der Stadtrat hat am Montag beschlossen, die alte Brücke zu sperren, über die seit der Flut Lastwagen fahren.\n\n"
    "Die Arbeiten sollen bis zum Herbst dauern, sagte der Ingenieur der Stadt bei einer Versammlung in der Schule.\n\n"
    "Händler am anderen Ufer klagten, niemand habe sie gewarnt, und der Umweg werde sie einen Teil der Kunden kosten."
)
CHINESE = (
    "市议会周一投票决定关闭旧桥,自高速公路被洪水淹没以来,卡车一直使用这座桥。\n\n"
    "该市工程师在学校举行的会议上对居民表示,维修工作预计将持续到秋季,具体日期将在下周公布。\n\n"
    "对岸的店主们说,他们事先没有得到任何通知,绕行将使他们失去部分顾客。"
)


def article_probability(text: str) -> float:
    return Document(Article(text=text)).page_kind.article


@pytest.mark.parametrize(
    "text", [ARTICLE, GERMAN, CHINESE, PARAGRAPHS[0], f"Please enable JavaScript.\n\n{ARTICLE}"]
)
def test_prose_is_an_article(text: str) -> None:
    assert article_probability(text) > 0.8


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("Checking your browser before you visit example.org\n\nThis takes a few seconds.", "robot"),
        ("Bitte bestätigen Sie: Sind Sie ein Mensch?", "robot"),
        ("403 Forbidden\n\nnginx", "error"),
        ("Página no encontrada\n\nVuelva a la portada", "error"),
        ("You need to enable JavaScript to run this app.", "script"),
        ("Пожалуйста, включите JavaScript", "script"),
        (
            "Before you continue\n\nWe use cookies and data.\n\nAccept all\n\nReject all\n\nMore options",
            "consent",
        ),
        ("Please sign in\n\nForgot password?", "password"),
    ],
)
def test_a_wall_is_none_and_its_kind_is_told(text: str, wall: str) -> None:
    kind = Document(Article(text=text)).page_kind
    assert kind.article < 0.2
    assert kind.wall == wall


def test_a_forum_s_list_of_threads_is_none() -> None:
    rows = [
        f"- Thread number {n} about boats\n- {n} replies\n- {n * 31} views\n- by sailor{n}"
        for n in range(2, 30)
    ]
    assert article_probability("\n".join(rows)) < 0.2


def test_of_an_empty_text_nothing_is_known_but_the_prior() -> None:
    assert article_probability("") == article_probability(" \n") == pytest.approx(0.95, abs=0.001)


def test_what_somebody_says_of_a_wall_is_no_wall() -> None:
    text = f'"It said page not found," she told us.\n\n{PARAGRAPHS[1]}'
    assert article_probability(text) > 0.8


def test_the_finding_covers_the_beginning_and_offers_nothing() -> None:
    text = "Access denied\n\nYou don't have permission to access this server.\n"
    (finding,) = Cleaner(select=["BP950"]).check(text).findings
    assert (finding.start, finding.end) == (0, len(text) - 1)
    assert finding.applicability == "display"
    assert not finding.fixes
    assert finding.evidence[0].note == "an error message stands in its place"


def test_quality_says_what_the_finding_says() -> None:
    report = Cleaner().check("Just a moment...\n\nVerify you are human.")
    finding = next(f for f in report.findings if f.rule == "BP950")
    assert report.quality.is_article == pytest.approx(1 - finding.confidence, abs=1e-3)


def test_the_report_counts_them() -> None:
    summary = Summary().add_all(
        [Entry(path="a", is_article=0.1), Entry(path="b", is_article=0.9), Entry(path="c")]
    )
    assert summary.no_articles == 1


def test_phrases_are_written_as_they_are_looked_up() -> None:
    assert all(phrase == phrase.lower().strip() and "’" not in phrase for phrase in phrases())


@given(st.lists(st.text(min_size=1).filter(str.strip).map(str.strip), max_size=30))
def test_any_lines_have_a_probability(lines: list[str]) -> None:
    assert len(form(lines)) == len(FEATURES) == len(shipped_model().linear)
    assert 0 <= page_kind(lines).article <= 1


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [*sorted(phrases())[::9], "Please", " ", "’", ",”", "İ", "Σ", "\ud800", "x" * 90]
            ),
            min_size=1,
        ).map("".join),
        max_size=6,
    )
)
def test_a_look_at_the_whole_keeps_no_wall_back(lines: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walls, "_may_be_one", lambda _: True)
        plain = wall_of(lines)
    assert wall_of(lines) == plain


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    " I ",
                    " my my ",
                    " you ",
                    "thanks",
                    "http",
                    "www.",
                    "()",
                    "1",
                    "12",
                    "٣",
                    "3) ",
                    "- ",
                    "|",
                    "»",
                    "€",
                    "?",
                    "…",
                    ".”",
                    " ",
                    "reply",
                    "Cart",
                    "x" * 40,
                    "新" * 25,
                    "ü" * 30,
                    "\ud800",
                    "\U0001f600",
                    "A b c",
                ]
            ),
            min_size=1,
        )
        .map(lambda parts: "".join(parts).strip())
        .filter(bool),
        max_size=12,
    )
)
def test_form_is_what_its_plain_reference_says(lines: list[str]) -> None:
    row = form(lines)
    assert row == pageform.form(lines)
    assert evidence_of(row, shipped_model()) == pytest.approx(
        pageform.evidence(row, shipped_model()), rel=1e-12
    )


def test_where_all_is_prose_nothing_stands_again() -> None:
    one_label = pageform.repeated("Weather", digits=True)
    assert (
        pageform.repeated("", digits=True) == pageform.repeated("", digits=False) == one_label == (0, 0, 0, 0)
    )
