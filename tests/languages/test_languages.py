"""Which language an article is in, and that rules of English are silent in all others."""

from __future__ import annotations

import pytest
from foreign_articles import ARTICLES
from hypothesis import given
from hypothesis import strategies as st

import cleantext
from cleantext.article import Article
from cleantext.document import Document, language
from cleantext.document.language import ANY, ENGLISH, detect, detect_slowly, from_tag, is_foreign
from cleantext.rulebook import shipped

FOREIGN = [(lang, text) for lang, texts in ARTICLES.items() for text in texts]
ENGLISH_PIECE = (
    "The town council of Oldford passed next year's budget on Tuesday night, after a meeting of more than six "
    "hours. Spending rises to 12.5 million pounds, which is 3.2 per cent more than this year. The mayor said that "
    "there was no other way, for the roofs of the schools have to be mended. The opposition voted against it. "
)
ENGLISH_SENTENCES = tuple(s + "." for s in ENGLISH_PIECE.split(".") if len(s) > 20)
CLEANER = cleantext.Cleaner()


@pytest.mark.parametrize(("lang", "text"), FOREIGN)
def test_the_language_of_an_article_is_told_by_its_words(lang: str, text: str) -> None:
    assert detect(text).code == lang
    assert not detect(text).english
    assert CLEANER.check(text).quality.language == lang


@pytest.mark.parametrize(("lang", "text"), FOREIGN)
@pytest.mark.parametrize("named", [True, False])
def test_no_rule_of_english_speaks_in_another_language(lang: str, text: str, named: bool) -> None:
    report = CLEANER.check(text, **({"lang": lang} if named else {}))
    assert report.findings == ()
    assert cleantext.Cleaner(min_confidence=0.0, ignore=["boilerplate"]).check(text).findings == ()


def test_encoding_and_blanks_are_mended_in_every_language() -> None:
    broken = ARTICLES["de"][0].replace("für", "fÃ¼r").replace("Schüler", "Schü\u200bler") + "\u00a0\n"
    assert {f.rule for f in CLEANER.check(broken).findings} == {"EN001", "TY003", "TY002"}
    assert CLEANER.check(broken).fixed() == ARTICLES["de"][0] + "\n"


def test_what_the_article_says_of_its_language_decides() -> None:
    text = "El presidente dijo que la inversion sera de 3 million euros, segun la agencia de noticias del estado."
    assert CLEANER.check(text, lang="es").findings == ()
    assert CLEANER.check(text, lang="es-MX").quality.language == "es"
    assert Document(Article(text=text, lang="en_GB")).is_in(["en"])
    assert CLEANER.check(ENGLISH_PIECE, lang="fr").quality.language == "fr"


@pytest.mark.parametrize(
    ("tag", "code"),
    [("EN", "en"), ("en-GB", "en"), ("eng", "en"), ("pt_BR", "pt"), ("English", None), ("", None)],
)
def test_tags_are_read_as_people_write_them(tag: str, code: str | None) -> None:
    assert from_tag(tag) == code


def test_a_text_too_short_to_tell_counts_as_english() -> None:
    short = Document(Article(text="Madrid, 12 Nov."))
    assert short.language is None
    assert short.is_in(["en"])
    assert not short.is_in(["de"])


def test_many_words_without_one_of_english_are_not_english() -> None:
    made_up = " ".join(f"zork{chr(97 + i % 26)}iq" for i in range(40))
    assert not Document(Article(text=made_up)).is_in(["en"])
    assert Document(Article(text=made_up)).language is None


@given(
    st.lists(st.sampled_from(ENGLISH_SENTENCES), min_size=6, max_size=40),
    st.lists(st.sampled_from([text for _, text in FOREIGN]), max_size=1),
    st.integers(0, 5),
)
def test_the_look_that_settles_plain_english_says_what_all_words_say(
    english: list[str], foreign: list[str], at: int
) -> None:
    text = "".join([*english[:at], *foreign, *english[at:]])
    if detect(text) is ENGLISH and len(text) <= 3000 and len("".join(english)) > 2 * len("".join(foreign)):
        assert detect_slowly(text) == ENGLISH


@given(st.text(max_size=400))
def test_any_text_has_a_verdict(text: str) -> None:
    language = detect(text)
    assert language.code is None or len(language.code) == 2
    assert (language.code == "en") <= language.english


def test_every_shipped_card_says_for_which_languages_it_holds() -> None:
    assert [card.id for card in shipped() if not card.languages] == []
    anywhere = {card.id for card in shipped() if ANY in card.languages}
    # Encoding, markup, escapes and blanks are told by form, whatever the language.
    form_only = {"EN001", "EN002", "EN003", "EN101", "EN102", "EN103", "TY002", "TY003", "TY110", "TY112"}
    form_only |= {"TY120", "TY121", "TY122", "TY123", "TY124", "TY125"}
    assert form_only <= anywhere
    assert {card.category for card in shipped() if card.id in anywhere - form_only} <= {
        "boilerplate",
        "fidelity",
    }
    assert not any(card.id in anywhere for card in shipped() if card.category == "attribution")


@given(
    st.lists(
        st.sampled_from(
            ["the", "of", "de", "la", "und", "in", "an", "die", "el", "Oldford", "на", "и", "war"]
        ),
        max_size=14,
    )
)
def test_a_passage_is_foreign_by_the_votes_of_all_its_words(words: list[str]) -> None:
    votes = language._votes([word.lower() for word in words])
    best = max(votes, key=votes.__getitem__, default="en")
    english = sum(word in language._english() for word in words)
    least = max(language._FEWEST, language.LEAST_SHARE * len(words))
    told = best != "en" and votes[best] >= least and english < votes[best]
    letters = "".join(words)
    cyrillic = 2 * sum("\u0400" <= letter <= "\u04ff" for letter in letters) > len(letters)
    assert is_foreign(" ".join(words)) == (cyrillic or told)
