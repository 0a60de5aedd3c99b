"""Changes shown: nothing of the text is lost, and nothing in it becomes more than text."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.document import Document
from cleantext.edits import apply
from cleantext.finding import Applicability, Edit, Finding, Fix
from cleantext.review.marking import Piece, changed, passage, side_by_side, words

TEXTS = st.text(st.sampled_from("ab ,.\n\r\t“é\u202e<>&\"'"), max_size=60)
ANY = st.text(max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(TEXTS)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text(st.sampled_from("xy \n<"), max_size=5))) for a, b in pairs]


def without(pieces: list[Piece], kind: str) -> str:
    return "".join(p.text for p in pieces if p.kind != kind)


@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts(old: str, new: str) -> None:
    pieces = words(old, new)
    assert without(pieces, "ins") == old
    assert without(pieces, "del") == new


@given(edited())
def test_marked_text_holds_the_text_before_and_after(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    pieces = changed(text, 0, len(text), edits)
    assert without(pieces, "ins") == text
    assert without(pieces, "del") == apply(text, edits).text


def joined(texts: list[str]) -> str:
    return "".join("".join(texts).split())


@given(edited())
def test_side_by_side_holds_every_word_of_both(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    rows = side_by_side(Document(Article(text=text)), edits)
    assert joined([p.text for row in rows for p in row.before]) == joined([text])
    assert joined([p.text for row in rows for p in row.after]) == joined([apply(text, edits).text])


def finding(text: str, start: int, end: int) -> Finding:
    fix = Fix((Edit(start, end, "NEW"),))
    return Finding(
        "TST001", "n", "typography", start, end, text[start:end], "", Applicability.REVIEW, 0.5, (fix,)
    )


def test_a_passage_shows_the_paragraph_and_its_neighbours() -> None:
    text = "Above stands this.\n\nHere is teh fault.\n\nBelow stands that.\n"
    start = text.index("teh")
    pieces = passage(Document(Article(text=text)), finding(text, start, start + 3))
    assert [(p.kind, p.text) for p in pieces] == [
        ("near", "Above stands this.\n\n"),
        ("keep", "Here is "),
        ("del", "teh"),
        ("ins", "NEW"),
        ("keep", " fault."),
        ("near", "\n\nBelow stands that."),
    ]


def test_a_line_of_a_megabyte_is_cut() -> None:
    text = "word " * 200_000 + "teh" + " word" * 200_000
    start = text.index("teh")
    pieces = passage(Document(Article(text=text)), finding(text, start, start + 3))
    assert sum(len(p.text) for p in pieces) < 2_000


class Tags(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@given(ANY | TEXTS, st.booleans())
def test_text_never_becomes_markup(text: str, exact: bool) -> None:
    from cleantext.review.web.shown import shown

    seen = Tags()
    seen.feed(str(shown(text, exact=exact)))
    seen.close()
    assert seen.tags <= {"span"}
    assert seen.attributes <= {"class", "title"}


@given(st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp"]), max_size=20))
def test_characters_that_hide_or_turn_text_are_written_out(text: str) -> None:
    from cleantext.review.web.shown import shown

    left = str(shown(text)).replace("\n", "")
    assert left.isascii()
    assert all(ch.isprintable() for ch in left)


def test_article_text_is_isolated_from_the_text_around_it() -> None:
    from cleantext.review.web.shown import pieces

    assert str(pieces([Piece("keep", "\u202eabc<b>")])) == (
        '<bdi class="keep"><span class="ctl" title="U+202E right-to-left override">U+202E</span>abc&lt;b&gt;</bdi>'
    )
