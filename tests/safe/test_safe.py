"""What may be applied unasked: the place, the document, and that what is held back says why."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleantext
from cleantext import safe
from cleantext.article import Article
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Applicability, Finding, replace
from cleantext.rulebook import shipped

CLEANER = cleantext.Cleaner()
CARDS = {card.id: card for card in shipped()}
LISTED = frozenset(card.id for card in shipped() if card.lines)

PROSE = (
    "The ferry company said on Monday that it would sell two of its four ships before the winter.",
    "Passengers to the islands will have one crossing a day from November, and none on Sundays.",
    "The council had asked for a subsidy of nine months, which the ministry turned down last week.",
    "A fisherman who was waiting at the pier said that nobody had told the people who live there.",
    "The company carried a third fewer cars this summer than in the year before the bridge opened.",
    "Its managing director promised that no sailor would be dismissed, although wages will be frozen.",
)


def deletion(text: str, line: str, rule: str = "BP900", *, after: int = 0) -> Finding:
    start = text.index(line, after)
    end = start + len(line)
    return Finding(
        rule, "x", "boilerplate", start, end, line, "", Applicability.SAFE, 0.99, (replace(start, end, ""),)
    )


def held_of(text: str, line: str, rule: str = "BP900") -> str:
    return safe.held(Document(Article(text=text, lang="en")), CARDS[rule], deletion(text, line, rule))


PLACES = [
    ("in code", "To install it:\n\n```\nShare\n```\n\nThat is all."),
    ("in code", "It prints one word:\n\n    def show(self):\n    Share\n        return None\n\nThat is all."),
    ("in front matter", "---\ntitle: A day\nShare\n---\n\nThe day was long and hot."),
    ("in a table", "Town\tWon\tLost\nShare\t3\t4\nLeek\t2\t5"),
    (
        "in verse",
        "The tide comes in, the tide goes out,\nShare of the boats lie on their side,\nand no one doubts.",
    ),
    ("in a line of dialogue", "She looked up.\n\n— Share it, then.\n\nHe did."),
    ("in a line of dialogue", "He asked again.\n\n“Share.”\n\nShe laughed."),
    (
        "in a line of dialogue",
        "Q: What did you do?\nA: Share it.\nQ: With whom?\nA: With all of them.\nQ: And then?\nA: Nothing.",
    ),
]


@pytest.mark.parametrize(("reason", "text"), PLACES)
def test_a_line_that_is_no_running_text_is_left_to_a_person(reason: str, text: str) -> None:
    assert held_of(text, "Share") == reason


@pytest.mark.parametrize(
    "text",
    [
        "The river rose.\n\nShare\n\nIt fell again.",
        "Home | News | Sport\n\nShare\n\nThe river rose.",
        "Photo: A. Weir\n\nShare\n\nTags: river\n\nBy: B. Stone",
        "The river rose and cut the road in three places,\nwhich left four hundred households and a\n"
        "farm without a way out, and nobody knew what the\nShare of the county in the damage was going to be",
    ],
)
def test_running_text_and_residue_around_it_are_not_taken_for_anything_else(text: str) -> None:
    assert held_of(text, "Share") == ""


def test_a_word_in_quotation_marks_waits_and_says_so() -> None:
    text = PROSE[0] + ' "It cost 12 millions euros," she said.'
    promoted = Configuration(promote=("MT116",), select=("MT116",), min_confidence=0.0)
    (finding,) = cleantext.Cleaner(promoted).check(text).findings
    assert (finding.applicability, finding.held) == (Applicability.REVIEW, "inside quotation marks")
    assert CLEANER.check(text).fixed() == text


def test_broken_encoding_inside_quotation_marks_is_mended_but_not_in_code() -> None:
    quoted = "He said “the cafÃ© is closed” and left the town for good."
    assert CLEANER.check(quoted).fixed() == quoted.replace("Ã©", "é")
    code = "Write the entity in full:\n\n```\n<p>Tom &amp; Jerry</p>\n```\n\n" + " ".join(PROSE)
    assert CLEANER.check(code).fixed() == code


def test_a_garbled_letter_that_is_quoted_by_itself_is_what_the_text_speaks_of() -> None:
    text = "The screen shows “Ã©” where the letter should stand, and the cafÃ© has lost its name."
    held, mended = CLEANER.check(text).findings
    assert (held.text, held.held) == ("Ã©", "quoted as an example")
    assert mended.applicability is Applicability.SAFE


def test_a_passage_in_another_language_is_left_to_a_person() -> None:
    french = (
        "Le conseil a voté hier soir, et le 21 of December il a dit que les travaux pour les écoles "
        "étaient finis depuis une semaine, mais que la mairie ne paierait pas."
    )
    text = "\n\n".join([*PROSE, french])
    start = text.index("21 of December")
    finding = Finding(
        "MT133", "x", "translation", start, start + 14, "", "", Applicability.SAFE, 0.99,
        (replace(start, start + 14, "December 21"),),
    )  # fmt: skip
    document = Document(Article(text=text))
    assert document.language == "en"
    assert safe.held(document, CARDS["MT133"], finding) == "in a passage in another language"


def test_residue_is_not_safe_in_a_language_that_nobody_measured() -> None:
    text = "Share\n\n" + "mbali sana kwa hiyo na ya wa watu katika nchi kama hii. " * 9
    finding = deletion(text, "Share", "BP001")
    known = {
        lang: safe.held(Document(Article(text=text, lang=lang)), CARDS["BP001"], finding)
        for lang in ("en", "sw")
    }
    assert known == {"en": "", "sw": "the rule was not measured in this language"}


def article(residue: list[str], between: int = 1) -> str:
    lines = list(PROSE)
    for n, row in enumerate(residue):
        lines.insert(1 + n % (len(lines) - 2), row)
    return "\n\n".join(lines)


LABELS = ("Share this article with friends", "Sign up for our newsletter")


def labelled(text: str) -> tuple[str, list[Finding]]:
    """Put residue that a list knows below a text, so that what no list knows does not stand alone."""
    whole = "\n\n".join([text, *LABELS])
    return whole, [deletion(whole, row, "BP001") for row in LABELS]


def test_what_no_list_knows_waits_where_nothing_else_is_surely_residue() -> None:
    text = "\n\n".join(["Harbour news", *PROSE])
    (found,) = safe.agreed(
        Document(Article(text=text)), [deletion(text, "Harbour news")], LISTED, whole_page=False
    )
    assert found.held == safe.ALONE
    text, labels = labelled(text)
    found, *_ = safe.agreed(
        Document(Article(text=text)), [deletion(text, "Harbour news"), *labels], LISTED, whole_page=False
    )
    assert found.applicability is Applicability.SAFE


def test_a_label_of_one_word_waits_where_it_is_the_only_one() -> None:
    for row, kept in (("Print", Applicability.REVIEW), ("Share this article", Applicability.SAFE)):
        text = "\n\n".join([*PROSE * 2, row])
        (found,) = safe.agreed(
            Document(Article(text=text)), [deletion(text, row, "BP001")], LISTED, whole_page=False
        )
        assert found.applicability is kept


def test_a_label_of_one_word_above_all_else_goes() -> None:
    text = "\n\n".join(["Print", *PROSE * 2])
    (found,) = safe.agreed(
        Document(Article(text=text)), [deletion(text, "Print", "BP001")], LISTED, whole_page=False
    )
    assert found.applicability is Applicability.SAFE


def test_a_label_of_two_words_says_what_it_is() -> None:
    text = "\n\n".join([*PROSE * 2, "Related content"])
    (found,) = safe.agreed(
        Document(Article(text=text)), [deletion(text, "Related content", "BP001")], LISTED, whole_page=False
    )
    assert found.applicability is Applicability.SAFE


def test_what_no_list_knows_goes_at_the_end_where_the_model_is_sure() -> None:
    rows = ["Cloud services", "Data services"]
    for after, sure, kept in (
        (PROSE[:1], 0.995, Applicability.SAFE),
        (PROSE[:1], 0.98, Applicability.REVIEW),
        (PROSE * 2, 0.995, Applicability.REVIEW),
    ):
        text = "\n\n".join([*PROSE * 4, *rows, *after])
        found = [msgspec.structs.replace(deletion(text, row), confidence=sure) for row in rows]
        agreed = safe.agreed(Document(Article(text=text)), found, LISTED, whole_page=False)
        assert {f.applicability for f in agreed} == {kept}


def test_what_no_list_knows_waits_in_a_text_in_two_languages() -> None:
    russian = (
        "Совет проголосовал в понедельник за то, чтобы закрыть старый мост, по которому ездят грузовики."
    )
    text, labels = labelled("\n\n".join([*PROSE, russian, "Harbour news"]))
    found, *others = safe.agreed(
        Document(Article(text=text)), [deletion(text, "Harbour news"), *labels], LISTED, whole_page=False
    )
    assert found.held == safe.TWO_LANGUAGES
    assert {f.applicability for f in others} == {Applicability.SAFE}


def test_more_than_a_twentieth_of_the_words_waits_as_one_lot() -> None:
    rows = ["Sports desk picks", "More of our stories today", "Latest from the islands"]
    text, labels = labelled(article(rows))
    findings = [deletion(text, row) for row in rows]
    document = Document(Article(text=text))
    found = safe.agreed(document, [*findings, *labels], LISTED, whole_page=False)
    assert {f.held for f in found[: len(rows)]} == {safe.TOO_MUCH}
    one, *_ = safe.agreed(document, [*findings[:1], *labels], LISTED, whole_page=False)
    assert one.applicability is Applicability.SAFE


def test_six_lines_that_no_list_knows_wait_and_six_that_a_list_knows_do_not() -> None:
    rows = [f"Word{n}" for n in range(6)]
    text = article(rows) + "\n\n" + "\n\n".join(PROSE)
    for rule, kept in (("BP900", Applicability.REVIEW), ("BP001", Applicability.SAFE)):
        found = safe.agreed(
            Document(Article(text=text)),
            [deletion(text, row, rule) for row in rows],
            LISTED,
            whole_page=False,
        )
        assert {f.applicability for f in found} == {kept}


def test_what_stands_before_and_after_the_prose_is_not_bound() -> None:
    rows = [f"Word{n} of the menu" for n in range(12)]
    text, labels = labelled("\n\n".join([*rows[:6], *PROSE, *rows[6:]]))
    found = safe.agreed(
        Document(Article(text=text)),
        [*[deletion(text, row) for row in rows], *labels],
        LISTED,
        whole_page=False,
    )
    assert {f.applicability for f in found} == {Applicability.SAFE}


def test_a_line_that_is_a_large_part_of_its_text_waits_wherever_it_stands() -> None:
    row = "Boots for men | Boots for women | Boots for boys | Boots for girls"
    for copies, kept in ((1, Applicability.REVIEW), (4, Applicability.SAFE)):
        text = "\n\n".join([*PROSE * copies, row])
        (found,) = safe.agreed(
            Document(Article(text=text)), [deletion(text, row, "BP003")], LISTED, whole_page=False
        )
        assert found.applicability is kept
    short = f"{PROSE[0]}\n\nShare\n\nTweet this"
    label, _ = safe.agreed(
        Document(Article(text=short)),
        [deletion(short, row, "BP001") for row in ("Share", "Tweet this")],
        LISTED,
        whole_page=False,
    )
    assert label.applicability is Applicability.SAFE


def test_a_whole_page_without_a_main_text_keeps_its_lines() -> None:
    rows = [f"Entry {n} of the list" for n in range(60)]
    text, labels = labelled("\n".join([*rows, PROSE[0], *(row + " again" for row in rows)]))
    found = safe.agreed(
        Document(Article(text=text)),
        [*[deletion(text, row) for row in rows[:9]], *labels],
        LISTED,
        whole_page=True,
    )
    assert {f.held for f in found} == {safe.NO_ARTICLE}


@given(
    st.lists(
        st.sampled_from([*PROSE, "Word of the menu", "Share", "— So it is.", "", "a | b | c"]), max_size=30
    )
)
def test_inside_the_prose_a_check_never_takes_more_than_a_twentieth_unasked(lines: list[str]) -> None:
    text = "\n".join(lines)
    report = CLEANER.check(text)
    for finding in report.findings:
        assert not finding.held or finding.applicability is Applicability.REVIEW
    going = [
        f for f in report.findings if f.applicability is Applicability.SAFE and f.category == "boilerplate"
    ]
    prose = [i for i, line in enumerate(lines) if line in PROSE]
    if prose and going:
        starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
        inside = [f for f in going if starts[prose[0]] <= f.start <= starts[prose[-1]]]
        words = sum(len(line.split()) for line in lines[prose[0] : prose[-1] + 1])
        assert 20 * sum(len(f.text.split()) for f in inside) <= words
    assert report.held == {
        r: sum(f.held == r for f in report.findings) for r in {f.held for f in report.findings} - {""}
    }


def test_the_text_output_says_in_one_line_what_was_held_back() -> None:
    from cleantext.batch.reading import Source
    from cleantext.batch.tally import Tally
    from cleantext.cli.formats.text import TextFormat

    code = "Write this:\n\n```\ncafÃ© latte\n```\n\n" + "\n\n".join(PROSE)
    report = CLEANER.check(code)
    tally = Tally()
    tally.count("a.txt", report.findings)
    tally.add(tally)
    printed = TextFormat(colour=False, width=100)
    assert (
        "held back for review: in code"
        in printed.article(Source("a.txt", None, report.article), report, ()).decode()
    )
    assert "\nHeld back for review: 2 (in code).\n" in printed.end(tally).decode()
    assert "Held back" not in printed.end(Tally(articles=1, rules={"EN001 mojibake safe": 1})).decode()


NEWS = "\n\n".join(["Share this article", *PROSE, "Share this article"])


def test_an_ignored_rule_protects_the_lines_it_knows() -> None:
    assert "BP001" in {f.rule for f in CLEANER.check(NEWS).findings}
    ignoring = cleantext.Cleaner(ignore=["BP001"])
    assert ignoring.check(NEWS).findings == ()
    assert ignoring.fix(NEWS, apply="review").text == NEWS


def test_a_refused_finding_protects_its_place_from_every_other_rule_and_in_every_pass() -> None:
    text = NEWS.replace("ferry", "fer\u200bry")
    fixed = CLEANER.fix(text, apply="review", refuse=lambda finding: finding.rule == "BP001")
    assert {f.rule for f in fixed.applied} == {"TY003"}
    assert fixed.text == NEWS
    one = CLEANER.fix(NEWS, refuse=lambda finding: finding.rule == "BP001" and finding.start == 0)
    assert one.text == NEWS.removesuffix("\n\nShare this article")


def test_one_refused_finding_stands_for_others_that_do_the_same() -> None:
    text = "\n\n".join([PROSE[0], "Read more here", PROSE[1]])
    one, other = deletion(text, "Read more here"), deletion(text, "Read more here", "BP007")
    assert safe.protects(one, other)
    assert not safe.protects(one, deletion(text, PROSE[1]))
    assert not safe.protects(one, msgspec.structs.replace(other, category="translation"))
    rival = msgspec.structs.replace(other, fixes=(replace(other.start, other.end, "Read on"),))
    assert not safe.protects(one, rival)
