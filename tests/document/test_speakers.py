"""Who said what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.document.speakers import Quotation, attribute

SEEDS = Path(__file__).parents[2] / "seeds"


def said(text: str) -> list[tuple[str, str | None, str]]:
    """Return kind, speaker's name and words of everything that has a speaker."""
    return [(q.kind, q.speaker_name, text[q.start : q.end]) for q in attribute(text) if q.speaker is not None]


def of(text: str, words: str) -> Quotation:
    """Return the narrowest quotation that holds these words."""
    return min(
        (q for q in attribute(text) if words in text[q.start : q.end]),
        key=lambda q: (q.end - q.start, q.speaker is None),
    )


def speaker(text: str, words: str) -> str | None:
    span = of(text, words).speaker
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('"The bridge is safe," Anna Berg said.', "Anna Berg"),
        ('"The bridge is safe," said Anna Berg.', "Anna Berg"),
        ("“The bridge is safe”, Anna Berg told reporters.", "Anna Berg"),
        ('Anna Berg said: "The bridge is safe."', "Anna Berg"),
        ('Anna Berg, the mayor of Lund, said on Monday, "The bridge is safe."', "Anna Berg"),
        ('"The bridge," she added, "is safe."', "she"),
        ('According to Anna Berg, "The bridge is safe."', "Anna Berg"),
        ("''The bridge is safe,'' Ms. Berg said.", "Ms. Berg"),
        ('"Is the bridge safe?" asked a spokesman for the police.', "a spokesman for the police"),
        ("«The bridge is safe», said the Swedish minister.", "the Swedish minister"),
    ],
)
def test_direct_speech_takes_its_tag(text: str, who: str) -> None:
    assert speaker(text, "ridge") == who


def test_a_tag_between_dashes_inside_the_marks_is_read() -> None:
    text = "“The bridge is safe – said Berg -. We opened it again”."
    found = of(text, "The bridge")
    assert found.kind == "direct"
    assert speaker(text, "The bridge") == "Berg"
    assert found.cue is not None
    assert text[found.cue.start : found.cue.end] == "said"


def test_a_quotation_goes_on_after_its_tag() -> None:
    text = '"The bridge is safe," said Anna Berg. "We opened it again."'
    assert speaker(text, "We opened") == "Anna Berg"


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“The bridge is safe,” said Anna Berg. “It was mended.\n\n“Nobody needs to worry about it.”"
    assert speaker(text, "Nobody") == "Anna Berg"


def test_one_tag_serves_a_broken_quotation() -> None:
    text = '"The old bridge is safe" which is now "as strong as steel," Berg said.'
    assert speaker(text, "old bridge") == "Berg"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Anna Berg said that the bridge is safe and will open soon.", "Anna Berg"),
        ("The bridge is safe and will open soon, Anna Berg said.", "Anna Berg"),
        ("The bridge is safe and will open soon, said Anna Berg, the mayor.", "Anna Berg"),
        ("According to the ministry, the bridge is safe and will open soon.", "the ministry"),
        ("Anna Berg denied having closed the bridge to save money.", "Anna Berg"),
        ("They quoted Anna Berg's claim that the bridge is safe and will open soon.", "Anna Berg's"),
    ],
)
def test_indirect_speech_is_found(text: str, who: str) -> None:
    found = of(text, "bridge")
    assert found.kind == "indirect"
    assert who in (speaker(text, "bridge") or "")


def test_partly_quoted_speech_is_mixed() -> None:
    text = "Anna Berg said that the bridge was “as strong as steel” and would open soon."
    assert of(text, "would open").kind == "mixed"


def test_a_surname_gets_the_full_name() -> None:
    text = 'Anna Berg came to Lund. "The bridge is safe," Berg said.'
    assert of(text, "The bridge").speaker_name == "Anna Berg"


def test_a_pronoun_gets_the_last_fitting_name() -> None:
    text = 'Anna Berg met Paul Lind. "The bridge is safe," she said. "It is not," he replied.'
    assert of(text, "The bridge").speaker_name == "Anna Berg"
    assert of(text, "It is not").speaker_name == "Paul Lind"


def test_a_role_gets_the_name_of_its_bearer() -> None:
    text = (
        "The French president, François Hollande, met Chancellor Angela Merkel.\n\n"
        '"We stand together," said the French president. "We do," the chancellor said.'
    )
    assert of(text, "stand together").speaker_name == "François Hollande"
    assert of(text, "We do").speaker_name == "Angela Merkel"


def test_a_bare_role_is_nobody_else_s_than_the_last_one_named() -> None:
    text = (
        "French President François Hollande met Barack Obama in Washington.\n\n"
        "Obama said that the coalition would grow.\n\nThe president promised that it would not end soon."
    )
    assert of(text, "not end soon").speaker_name == "The president"


def test_who_is_asked_does_not_speak() -> None:
    assert said("Anna Berg was asked whether the bridge is safe enough to open.") == []


def test_whoever_is_told_does_not_speak() -> None:
    text = 'Paul Lind, who lives in Lund, told Anna Berg, "The bridge is safe."'
    assert speaker(text, "The bridge") == "Paul Lind"


@pytest.mark.parametrize("signature", [" — Anna Berg", "\n― Anna Berg, Lund", "\n\n-Anna Berg\n"])
def test_a_pull_quote_is_signed(signature: str) -> None:
    assert speaker("“The bridge is safe and will open soon.”" + signature, "The bridge") == "Anna Berg"


def test_the_nearer_cue_leads_into_a_quotation() -> None:
    text = 'After he called for calm, Anna Berg wrote: "The bridge is safe."'
    assert speaker(text, "The bridge") == "Anna Berg"


def test_an_unattributed_quotation_has_no_speaker() -> None:
    (only,) = attribute('"The bridge was built in a year, and it stands." The mayor left.')
    assert only.speaker is None
    assert only.speaker_name is None
    assert only.cue is None


def test_the_first_seed_names_putin_inside_his_own_marks() -> None:
    text = (SEEDS / "000_47d5de616a39cc57.txt").read_text("utf-8")
    for words in ("Terrorist attacks require us", "We can build a broad coalition"):
        assert of(text, words).speaker_name == "Vladimir Putin"
    for words in ("our enemy is Daesh", "We will increase the exchange", "obviously Assad cannot"):
        assert of(text, words).speaker_name == "François Hollande"


def test_the_second_seed_tells_its_speakers_apart() -> None:
    text = (SEEDS / "004_6247aee51db59cad.txt").read_text("utf-8")
    assert of(text, "President Hollande and I agree").speaker_name == "Barack Obama"
    assert of(text, "It is up to local forces").speaker_name == "Francois Hollande"
    assert of(text, "ruled out going to intervene").speaker_name == "Chirac"
    assert of(text, "Groups like ISIS").speaker_name == "Barack Obama"


WORDS = st.sampled_from(
    [
        "said",
        "says",
        "Anna",
        "Berg",
        "according",
        "to",
        "who",
        "that",
        "the",
        "president",
        "he",
        "she",
        "claim",
        "by",
        ":",
        "saying",
        "criticized",
        "and",
        ",",
        ".",
        '"',
        "“",
        "”",
        "''",
        "-",
        "–",
        "\n",
        "\n\n",
        "(",
        ")",
        "'s",
        "Mr.",
        "ly",
        "«",
    ]
)
ARTICLES = st.one_of(
    st.lists(WORDS, max_size=60).map(" ".join),
    st.lists(WORDS, max_size=60).map("".join),
    st.text(st.characters(), max_size=120),
)


@given(ARTICLES)
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    last = 0
    for found in attribute(text):
        assert last <= found.start < found.end <= len(text)
        last = found.start
        for span in (found.speaker, found.cue):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert (found.speaker is None) <= (found.speaker_name is None)


@given(ARTICLES)
def test_direct_quotations_never_overlap(text: str) -> None:
    last = 0
    for found in attribute(text):
        if found.kind == "direct":
            assert found.start >= last
            last = found.end


@settings(max_examples=10, deadline=None)
@given(
    st.sampled_from(
        [
            '"',
            '"a" ',
            "“a” said B ",
            "said ",
            "Bob said ",
            ", said ",
            '"A b c d." ',
            "that he said, ",
            "she and said ",
            "claim that ",
            "according to B ",
            "A: ",
            "saying, ",
            "who said ",
            "Bob Smith, ",
            '"x y z" he said. ',
            "- said B - ",
        ]
    )
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    def cost(count: int) -> float:
        text = piece * count
        return cpu_seconds(lambda: attribute(text))

    cost(100)
    assert_growth(cost, 2_000, 20_000, times=40, floor=0.02)


def speakers_of(text: str) -> list[tuple[str, str | None]]:
    return [(text[q.start : q.end].strip('"“”'), q.speaker_name) for q in attribute(text)]


@pytest.mark.parametrize(
    "text",
    [
        'A so-called "bridge of sorrow" was built.',
        "Ada Weiss wrote “The Slow Road to Nowhere” and “Salt”.",
        "Some in the “Never Again” camp left early.",
    ],
)
def test_titles_labels_and_doubtful_words_are_no_speech(text):
    assert attribute(text) == ()


@pytest.mark.parametrize(
    "statement", ["Ada Weiss said she was tired.", "On Monday Ada Weiss told the council she was tired."]
)
def test_words_in_marks_right_after_what_somebody_said_are_his_or_hers(statement):
    text = statement + ' "We have rowed for nine days and seen no land."\n\nThe sea was calm.\n'
    assert ("We have rowed for nine days and seen no land.", "Ada Weiss") in speakers_of(text)


def test_a_tag_that_follows_has_the_words_all_the_same():
    text = 'Ada Weiss said she was tired. "We have rowed for nine days," said Tom Kerr.'
    assert ("We have rowed for nine days,", "Tom Kerr") in speakers_of(text)


@pytest.mark.parametrize("verb", ["grumbled", "sobbed", "chuckled", "growled"])
def test_the_manner_of_speaking_is_a_cue_beside_marks_alone(verb):
    assert speakers_of(f'"We row on," {verb} Ada Weiss.') == [("We row on,", "Ada Weiss")]
    assert attribute(f"Ada Weiss {verb} at the crew of the boat.") == ()


def test_a_tag_between_commas_leaves_its_opening_out():
    text = "Ada Weiss rowed on. Nine days ago, she said, the wind had turned and carried them far out to sea."
    assert ("the wind had turned and carried them far out to sea.", "Ada Weiss") in speakers_of(text)


def test_a_small_word_that_is_a_given_name_speaks():
    assert speakers_of('"We row on," said Will Doyle, a rower of twenty.') == [("We row on,", "Will Doyle")]


@pytest.mark.parametrize("how", ["who goes by the name “Lefty”", "nicknamed “Lefty”", "known as Lefty"])
def test_a_nameless_speaker_has_the_name_he_goes_by(how):
    assert speakers_of(f"“There is no land,” said a rower {how}.")[0] == ("There is no land,", "Lefty")


def test_a_peer_keeps_the_title_that_is_part_of_the_name():
    assert speakers_of("“There is no land,” Lord Ashby said.") == [("There is no land,", "Lord Ashby")]


def test_experience_is_no_speaker():
    assert attribute("But experience shows that the wind turns at noon.") == ()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Berg, which said it would open two yards, rose by a third.", "it would open two yards"),
        ("Tom Kerr, who wants to leave the yard, will not row in May.", "to leave the yard"),
    ],
)
def test_what_an_aside_tells_ends_with_it(text: str, content: str) -> None:
    assert [text[q.start : q.end] for q in attribute(text)] == [content]


def test_a_number_with_a_comma_is_one() -> None:
    text = "A survey of 1,300 owners suggests that the boats are old."
    assert [text[q.speaker.start : q.speaker.end] for q in attribute(text) if q.speaker] == [
        "A survey of 1,300 owners"
    ]


def test_who_calls_somebody_up_says_nothing() -> None:
    assert said("Lund called up Anna Berg for the match on Monday.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg charged to the net in the second set.",
        "The winger blasted over a good chance after the break.",
        "Anna Berg reported from Lund, and Carl Low from Malmo.",
        "Anna Berg did not refuse to head the new agency.",
        "Nobody in Lund can predict what the weather will be.",
        "The town council issued a written statement.",
        "She staged a musical about the harbour, called Low Light.",
        "She brought along a woman called Carla Low to collect the prize.",
        "The mayor threatened pedestrians on Monday.",
        "Schools urged to close before the storm",
        "The leather is a new material, reportedly said to match silk.",
        "Bargain calls widen the loss of the firm",
        "None of the companies admitted to paying the ransom.",
        "The mayor spoke on the telephone to the presidents of two countries.",
        "The ministers will be replaced and judges will be appointed by a panel.",
        "Anna Berg testified before the committee in May.",
    ],
)
def test_what_is_done_is_nobodys_words(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Anna Berg charged that the vote was rigged.", "Anna Berg"),
        ("Anna Berg threatened to leave the council.", "Anna Berg"),
        ("Anna Berg spoke to reporters about the harbour.", "Anna Berg"),
        ("Anna Berg spoke affectionately of the old harbour.", "Anna Berg"),
        ("Anna Berg claimed the wall would hold.", "Anna Berg"),
        ("Anna Berg reported that the harbour was shut.", "Anna Berg"),
        ("Anna Berg refused to head the new agency.", "Anna Berg"),
        ("A woman called Carla Low a liar on Monday.", "A woman"),
        ("Smith said the harbour was shut.", "Smith"),
        ("The survey shows that most voters stay at home.", "The survey"),
    ],
)
def test_what_is_said_with_the_same_verbs_stays(text: str, who: str) -> None:
    assert [text[q.speaker.start : q.speaker.end] for q in attribute(text) if q.speaker] == [who]


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("Anna Berg was critical of the new harbour.", "Anna Berg", "of the new harbour."),
        ("Anna Berg is confident that the harbour will open.", "Anna Berg", "that the harbour will open."),
        (
            "Officials are not optimistic that the bridge will hold.",
            "Officials",
            "that the bridge will hold.",
        ),
    ],
)
def test_adjectives_and_judgements_report_what_somebody_thinks(text: str, who: str, words: str) -> None:
    assert (speaker(text, words), text[of(text, words).start : of(text, words).end]) == (who, words)


@pytest.mark.parametrize(
    ("text", "who", "words"),
    [
        ("In her New Year speech, Berg warned of a hard winter.", "Berg", "of a hard winter."),
        (
            "The key to the plan, Berg says, is that it works on any device.",
            "Berg",
            "is that it works on any device.",
        ),
        ("The gear of the car was, according to the police, in poor shape.", "the police", "in poor shape."),
        ("While Berg says the bridge is safe, many drivers avoid it.", "Berg", "the bridge is safe"),
        ("As Berg said, the bridge, which is old, is safe.", "Berg", "the bridge, which is old, is safe."),
        ("The bridge is safe, Berg said Monday.", "Berg", "The bridge is safe"),
        (
            "The bridge is old and will fall, as Anna Berg noted in her book.",
            "Anna Berg",
            "The bridge is old and will fall",
        ),
        ("The harbour will never open, as police have said.", "police", "The harbour will never open"),
        (
            "The harbour is shut, the Lund Post reported on Friday, a day after the storm.",
            "the Lund Post",
            "The harbour is shut",
        ),
        ("After saying the bridge was safe, Anna Berg drove over it.", "Anna Berg", "the bridge was safe"),
        (
            "The town will pay a third of it, Berg said, adding that he would hold a vote.",
            "Berg",
            "The town will pay a third of it",
        ),
    ],
)
def test_content_is_what_the_tag_belongs_to(text: str, who: str, words: str) -> None:
    assert (speaker(text, words), text[of(text, words).start : of(text, words).end]) == (who, words)


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (
            "The service should grow over time, said a Lund spokesperson.",
            "The service",
            "a Lund spokesperson",
        ),
        (
            "Berg gave no answer that reporters wanted, but she responded by saying the city was safe.",
            "the city was safe",
            "she",
        ),
        ("It is a war many would say the town is losing.", "the town is losing", "many"),
        ("Voters don’t want the plan to fail.", "the plan to fail", "Voters"),
        ("The town is safe, according to Berg's nine-page report.", "The town", "Berg's nine-page report"),
    ],
)
def test_speakers_stand_in_whole(text: str, words: str, who: str) -> None:
    assert speaker(text, words) == who
