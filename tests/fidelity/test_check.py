"""What is said of an article beside its original."""

from __future__ import annotations

import pytest

from cleantext import Cleaner
from cleantext.finding import Applicability, Finding

CLEANER = Cleaner(select=["fidelity"])
GERMAN = (
    "Der Hafen von Torvik bekam am 3. Juni 1973 eine neue Mole. Olivia Hartwell eröffnete sie vor dreihundert Gästen. "
    "Der Bau kostete 40 Millionen Euro. Die Arbeiten dauerten zwei Jahre."
)
ENGLISH = (
    "The port of Torvik got a new pier on June 3, 1973. Olivia Hartwell opened it before three hundred guests. "
    "Building it cost 40 million euros. The work took two years."
)


def check(
    text: str, original: str | None = GERMAN, lang: str | None = "de", least: float = 0.5
) -> list[Finding]:
    cleaner = CLEANER if least == 0.5 else Cleaner(select=["fidelity"], min_confidence=least)
    return list(cleaner.check(text, original=original, original_lang=lang).findings)


def test_a_true_translation_has_no_findings() -> None:
    assert check(ENGLISH) == []


@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        ("40 million", "400 million", "number-wrong"),
        ("June 3", "June 13", "date-wrong"),
        ("1973", "1937", "date-wrong"),
        ("three hundred", "two hundred", "number-wrong"),
        ("two years", "five years", "number-wrong"),
    ],
)
def test_a_wrong_number_is_found_in_both_texts_and_mended(right: str, wrong: str, name: str) -> None:
    found = check(ENGLISH.replace(right, wrong))
    assert [f.name for f in found] == [name]
    assert found[0].text in wrong
    assert found[0].original is not None
    assert GERMAN[found[0].original.start : found[0].original.end] == found[0].original.text
    assert found[0].applicability in (Applicability.REVIEW, Applicability.DISPLAY)
    for fix in found[0].fixes:
        (edit,) = fix.edits
        text = ENGLISH.replace(right, wrong)
        assert text[: edit.start] + edit.replacement + text[edit.end :] == ENGLISH


def test_without_an_original_the_category_is_silent() -> None:
    assert check(ENGLISH.replace("40", "400"), original=None) == []


def test_a_language_without_a_grammar_has_no_numbers_compared() -> None:
    assert (
        check(ENGLISH.replace("40", "400"), original="Höfnin í Torvik fékk nýja bryggju. " * 3, lang="is")
        == []
    )


@pytest.mark.parametrize("original", ["", " \n\t "])
def test_an_empty_original_is_one_message(original: str) -> None:
    report = CLEANER.check(ENGLISH, original=original)
    assert report.findings == ()
    assert ["empty" in trouble for trouble in report.trouble] == [True]


def test_the_original_itself_is_one_finding() -> None:
    assert [f.name for f in check(GERMAN, lang="de")] == ["untranslated-article"]


def test_a_false_language_raises_no_avalanche() -> None:
    assert check(ENGLISH, lang="zh") == []


def test_an_original_of_ten_megabytes_is_one_message() -> None:
    report = CLEANER.check(ENGLISH, original=GERMAN * (10_000_000 // len(GERMAN)), original_lang="de")
    assert report.findings == ()
    assert len(report.trouble) == 1


def test_no_original_says_nothing() -> None:
    assert check(ENGLISH, original=None) == []


def test_a_summary_is_one_finding_and_no_avalanche() -> None:
    towns = [
        "Aalby",
        "Bergby",
        "Corby",
        "Dorby",
        "Elby",
        "Fornby",
        "Garby",
        "Holby",
        "Irby",
        "Jorby",
        "Karlby",
        "Lindby",
    ]
    stations = [
        f"Am {day}. Mai lag das Schiff in {town}, wo es {day + 31} Kisten mit Büchern für die Schulen der Gegend auslud. "
        f"Der Wirt von {town} gab der Mannschaft {day + 57} Flaschen Saft aus, die sie auf der Reise ins Nachbardorf trank."
        for day, town in enumerate(towns, 5)
    ]
    found = check(ENGLISH, original=GERMAN + " " + " ".join(stations))
    assert [f.name for f in found] == ["missing-passages"]


def test_an_original_of_two_languages_raises_no_avalanche() -> None:
    french = "Le port de Torvik a reçu une nouvelle jetée. Les pêcheurs sont contents."
    assert len(check(ENGLISH, original=f"{GERMAN} {french}")) <= 1


def test_residue_of_the_original_need_not_be_translated() -> None:
    page = GERMAN + "\n\nShare on Facebook\n\nRead more: Newsletter\n\nAdvertisement\n"
    assert check(ENGLISH, original=page) == []


def test_quality_counts_by_severity() -> None:
    quality = CLEANER.check(ENGLISH.replace("40", "400"), original=GERMAN, original_lang="de").quality
    assert quality.fidelity is not None
    assert quality.fidelity["major"] > 0
    assert quality.fidelity["score"] == pytest.approx(5 * quality.fidelity["major"], abs=0.1)
    assert CLEANER.check(ENGLISH).quality.fidelity is None


def test_a_stock_sentence_is_detached() -> None:
    original = "Nach dem Krieg wurde die Regierung von der Partei des Präsidenten gebildet, und 1973 gewann sie die Wahl."
    assert [f.name for f in check("The staff were very friendly and helpful.", original)] == [
        "detached-sentence"
    ]


def test_an_original_that_is_another_article_is_one_finding() -> None:
    other = (
        "Das Museum zeigt bis zum 17. Juni 86 Bilder von Vincent Moroni. Gustav Zweig aus Salzburg lieh 40 davon. "
        "Karten kosten 12,50 Euro, und unter 14 Jahren zahlt niemand. Felicitas Grau führt sonntags 25 Besucher. "
        "Der Katalog hat 192 Seiten und erscheint bei Keppler in Wien."
    )
    text = (
        ENGLISH
        + " Jan Ellery thanked 250 workers from Dorby. Marta Kasparek of Lindby gave 31 flags to the school."
    )
    assert [f.name for f in check(text, other)] == ["detached-article"]
