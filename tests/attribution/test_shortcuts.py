"""What is looked for in a shorter way is found as by the plain one."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.checks.attribution import mentions
from cleantext.checks.attribution.context import _BEHIND, behind_by, spelt_from
from cleantext.checks.attribution.introductions import first_part, first_part_slowly
from cleantext.checks.attribution.repetition import _most_of
from cleantext.document.pieces import beyond_ascii

WORDS = st.sampled_from(
    ["Fox", "von", "der", "Ursula", "al", "Al-Sadr", "al-Sadr", "el-Sisi", "Éluard", "é", "Zoë", "d'", "O'", "Bin",
     "said", "who", "also", "in", "turn", "once", "quickly", "told", "claim", "that", "own", "repeated", "[", "(", "“",
     "\"", "'", "’", "'s", "’s", ".", ",", ")", "”", "\n", "\u00a0", "1", "_", "-", "Mr", "Ms", "Mrs", "Major", "ſ"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join),
    st.lists(WORDS, max_size=12).map("".join),
    st.text(st.sampled_from("Aal-El. Ursvonde’'“\"[(]),é\u00a0\n"), max_size=24),
)


@given(TEXTS)
@example("Ursula von der ")
@example("der von ")
@example("Ed “Buzz” ")
@example("Sen. [")
@example("Abu d'")
def test_the_word_before_a_name(before: str) -> None:
    fast, slow = first_part(before), first_part_slowly(before)
    assert (fast and fast.span("word")) == (slow and slow.span("word"))


@given(TEXTS, st.sampled_from("abcdefguvsz"))
@example("of Éluard. Al-Sadr and al-Sadr", "e")
@example("of Saad. Šuker", "s")
def test_the_words_behind_another_by_their_first_letter(text: str, letter: str) -> None:
    pattern = behind_by(letter, plain=not any(map(str.isalnum, beyond_ascii(text))))
    if pattern is not None:
        every, some = frozenset(_BEHIND.findall(text)), frozenset(pattern.findall(text))
        assert some <= every
        assert sorted(spelt_from(some, letter)) == sorted(spelt_from(every, letter))


@given(TEXTS)
@example("who also said")
@example(", in turn, told")
@example(" once said")
def test_the_cue_after_a_name(after: str) -> None:
    for end in range(min(len(after), 8)):
        beside = after[end : end + 2]
        wanted = None
        if beside[:1] == "," or (beside[:1] == " " and beside[1:].islower()):
            match = mentions._AFTER.match(after, end, end + 60)
            if match is not None and match.group(1) in mentions.cues():
                wanted = match.span(1)
        assert mentions.cue_after(after, end) == wanted


@given(TEXTS, TEXTS)
@example("'s own repeated claim that", "")
@example("’ claim that", "")
def test_the_noun_after_a_name(after: str, more: str) -> None:
    text = after + " that " + more
    for end in range(min(len(text), 8)):
        match = mentions._POSSESSIVE.match(text, end, end + 80)
        noun = match.span("noun") if match is not None and match.group("noun") in mentions.nouns() else None
        assert mentions.noun_after(text, end) == noun


@given(TEXTS)
@example("Mr Major and Mrs Major, MrMr Major")
def test_words_with_a_title_before_them(text: str) -> None:
    found = [match.span() for match in mentions._titled_words(text)]
    assert found == [match.span() for match in re.finditer(mentions._TITLED_TITLE, text)]


@given(
    st.frozensets(st.sampled_from("abcdefgh"), max_size=8),
    st.frozensets(st.sampled_from("abcdefgh")),
    st.sampled_from([0.6, 1, 2, 3.4, 5]),
)
def test_most_of_some_words(words: frozenset[str], there: frozenset[str], least: float) -> None:
    wanted = len(words & there) >= least
    assert _most_of(words, there.__contains__, len(words) - least) == wanted
