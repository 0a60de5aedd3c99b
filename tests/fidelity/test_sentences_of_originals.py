"""Sentences of any language, and which belong together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.fidelity.align import align
from cleantext.fidelity.alignment import Alignment
from cleantext.fidelity.evidence import Evidence
from cleantext.fidelity.gaps import judged, settled
from cleantext.fidelity.sentences import split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("会议今天结束。代表们离开了！", ["会议今天结束。", "代表们离开了！"]),
        ("「雨が降る。」と彼は言った。外は暗い。", ["「雨が降る。」と彼は言った。", "外は暗い。"]),
        ("Er kam am 3. Juni. Sie blieb.", ["Er kam am 3. Juni.", "Sie blieb."]),
        ("Это было в г. Тверь. Дождь шёл.", ["Это было в г. Тверь.", "Дождь шёл."]),
        ("बारिश हुई। लोग रुके।", ["बारिश हुई।", "लोग रुके।"]),
        ("Mr. J. Smith left. It was 1998. The end", ["Mr. J. Smith left.", "It was 1998.", "The end"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[s.start : s.end] for s in split(text)] == sentences


GERMAN = "Der Hafen bekam 2015 eine neue Mole. Olivia Hartwell eröffnete sie am Montag. Der Bau hatte 40 Millionen Euro gekostet. Danach sprach der Bürgermeister von Kasparek."


def aligned(original: str, lang: str, text: str) -> Alignment:
    alignment = align(original, lang, text, "en")
    return settled(alignment, judged(alignment))


def sides(original: str, lang: str, text: str) -> list[tuple[int, int]]:
    return [(b.last - b.first, b.high - b.low) for b in aligned(original, lang, text).beads]


def test_a_plain_translation_aligns_one_to_one() -> None:
    english = "The port got a new pier in 2015. Olivia Hartwell opened it on Monday. Building it had cost 40 million euros. Then the mayor of Kasparek spoke."
    assert sides(GERMAN, "de", english) == [(1, 1)] * 4


def test_merged_sentences_share_a_bead() -> None:
    english = "The port got a new pier in 2015, and Olivia Hartwell opened it on Monday. Building it had cost 40 million euros. Then the mayor of Kasparek spoke."
    assert sides(GERMAN, "de", english) == [(2, 1), (1, 1), (1, 1)]


def test_a_lost_sentence_stands_alone() -> None:
    german = GERMAN.replace(" am Montag", " am Montag vor dreihundert Gästen aus Lindby, Dorby und Aalby")
    english = "The port got a new pier in 2015. Building it had cost 40 million euros. Then the mayor of Kasparek spoke."
    assert (1, 0) in sides(german, "de", english)


@settings(max_examples=60, deadline=None)
@given(
    original=st.text(alphabet="abc ABC.!?。5\n「」", max_size=300),
    text=st.text(alphabet="abc ABC.!?\n15", max_size=300),
)
def test_every_sentence_stands_in_one_bead(original: str, text: str) -> None:
    alignment = aligned(original, "xx", text)
    assert [i for b in alignment.beads for i in range(b.first, b.last)] == list(range(len(alignment.source)))
    assert [j for b in alignment.beads for j in range(b.low, b.high)] == list(range(len(alignment.target)))


def test_a_long_text_takes_time_in_proportion() -> None:
    def cells(n: int) -> int:
        from cleantext.fidelity.alignment import Costs, _band, read_sentences

        text = " ".join(f"The {k}th Zorb{k % 97} came on day {k}." for k in range(n))
        sentences = read_sentences(text, "en")
        evidence = Evidence(sentences, sentences)
        return sum(high - low for low, high in _band(Costs(sentences, sentences, 1.0, evidence)))

    assert cells(2000) < 2.5 * cells(1000)
