"""What scraping breaks, and what only looks broken."""

import pytest
from timing import assert_growth, cpu_seconds

import cleantext

CLEANER = cleantext.Cleaner(select=["typography"], min_confidence=0.5)

ROWERS = "The rowers had been at sea for nine days when the first of them saw land below the clouds."


def mended(text: str) -> str:
    return CLEANER.check(text).fixed(apply="review", min_confidence=0.5)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("The board will re-\nsearch the harbour.", "The board will research the harbour."),
        ("Two dis- tricts of the town voted.", "Two districts of the town voted."),
        ("A new recon\u00ad\nstruction plan came.", "A new reconstruction plan came."),
        ("Malmö grew. The town of Mal-\nmö has a harbour.", "Malmö grew. The town of Malmö has a harbour."),
        ("He questions non- native plants.", "He questions non-native plants."),
    ],
)
def test_a_torn_word_is_joined_by_the_lists_or_by_the_article(torn, whole):
    assert mended(torn) == whole


@pytest.mark.parametrize(
    "text",
    [
        "A price-\nfinding board met.",
        "Pre- and post-war halls, two- or three-room flats.",
        "The long-\nterm plan.",
        "A fold-\nout table of the study co-\nauthor was re-\nopened.",
        "From 1990-\n1995 he rowed.",
    ],
)
def test_compounds_and_suspended_hyphens_stay(text):
    assert mended(text) == text


def wrap(text: str, width: int) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [50, 64, 72, 80])
def test_wrapped_paragraphs_are_unwrapped_as_a_whole(width):
    text = f"{ROWERS} Nobody spoke until the wind had turned, and the boat lay still in the long swell.\n\n{ROWERS} They rowed on."
    assert mended("\n\n".join(wrap(part, width) for part in text.split("\n\n"))) == text


@pytest.mark.parametrize(("indent", "columns"), [("\t", 8), ("    ", 4)])
def test_the_first_line_of_a_wrapped_paragraph_may_be_indented(indent, columns):
    parts = [
        f"{ROWERS} Nobody spoke until the wind had turned, and the boat lay still in the long swell.",
        f"{ROWERS} They rowed on, and nobody asked the captain where they were.",
    ]
    inked = "x" * (columns - 1) + " "
    wrapped = [indent + wrap(inked + part, 72).removeprefix(inked) for part in parts]
    assert mended("\n\n".join(wrapped)) == "\n\n".join(indent + part for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "The tide goes out, the tide comes in,\nthe boats lie on their side,\nand nobody who stands within\nour sight has ever tried\nto count the gulls.",
        "\n".join(
            f"https://shop.example/boats/oars-and-sails/number-{n}-of-the-older-catalogue" for n in range(9)
        ),
        "The herring came in with the moon,\nand went with it as well;\n\tHaul, boys, haul!\nThe boats that sailed at noon\n"
        "had little left to sell.\n\nThe wind went round from south to north\nand blew till nearly ten;\n\tHaul, boys, haul!\n"
        "The boats that had gone forth\nwere never seen again.",
        "Harbour Trust\n12 Quay Street\nNorthfield\nNF2 8QT\nTelephone 0207",
        "- bread and butter for the whole of the crew of nine\n- water for three days in the boat and one ashore\n- a coat\n- a rope",
    ],
)
def test_verse_addresses_and_lists_keep_their_lines(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    ("glued", "whole"),
    [
        ("They met on Sunday.Police closed the road.", "They met on Sunday. Police closed the road."),
        ("Who will row?Nobody knows it yet.", "Who will row? Nobody knows it yet."),
        ("It opened in 2016.In May it was sold.", "It opened in 2016. In May it was sold."),
        (
            "“We row,” he said.“There is land.”The crew left.",
            "“We row,” he said. “There is land.” The crew left.",
        ),
        (
            "The oil firm was bought by Rosneft.But the court in the capital has not agreed to it.",
            "The oil firm was bought by Rosneft. But the court in the capital has not agreed to it.",
        ),
        (
            "They sailed to Russia, to the coast of Russia.It also rained on them, and Jane Crew left.Mr Crew stayed.",
            "They sailed to Russia, to the coast of Russia. It also rained on them, and Jane Crew left. Mr Crew stayed.",
        ),
        (
            "It cost $1.8bn.The airline paid, and so did the front-runner.We know it.",
            "It cost $1.8bn. The airline paid, and so did the front-runner. We know it.",
        ),
        ("The firm (which is in Lund)has not replied.", "The firm (which is in Lund) has not replied."),
        ("The wind turned,the boat lay still there.", "The wind turned, the boat lay still there."),
    ],
)
def test_glued_sentences_get_their_blank(glued, whole):
    assert mended(glued) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Node.js and Report.Final.pdf are on example.com now.",
        "Vodafone.L fell by 3 percent, and AAPL.O rose.",
        "Call System.Out and Math.Floor in the code.",
        "He read it on Cursor.Directory and on Kostroma.Today of late.",
        "It was un-(der)stood, a multi(media) show, the child(ren).",
        "Nobody doubts what a variable named openDoors or closedList holds, whatever else the program does.",
        "They booked the boat through the agents of 12.Go Asia, and paid € 5,000 for it.",
        "It didn't say what text [ i ] = 4; means, or why haystack [ 64 ]; stands there.",
        "The best of them: Harbour Inn $$ 4.9, Ferry House $$$ 4.4, and the Quay.",
        "The ligatures “ﬁ” and “ﬃ” stand at U+FB01 and U+FB03.",
        "Use my-app.Net, d-bus.Io or Acme.In for that, says the manual of ASP.Net and of Vue.It once more.",
        "J.Smith and U.S.Steel signed at 10.Downing Street.",
        "She showed her iPhone to YouTube and BuzzFeed, to LinkedIn and McDonald.",
    ],
)
def test_names_files_firms_and_code_are_not_glued(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (f"T he boat. {ROWERS}", f"The boat. {ROWERS}"),
        ("W\n\nhen the mill closed, half of the town left.", "When the mill closed, half of the town left."),
        ("O\nn a wet day in May the bridge went.", "On a wet day in May the bridge went."),
        ("A ndrew rowed. Andrew was tired.", "Andrew rowed. Andrew was tired."),
    ],
)
def test_a_capital_set_apart_goes_back_to_its_word(torn, whole):
    assert mended(torn) == whole


@pytest.mark.parametrize(
    "text",
    [
        "A boat came home.",
        "I row.",
        "B movies were on.",
        "X rays are not for rowers.",
        "T in the Park is sold out.",
    ],
)
def test_words_of_one_letter_stay(text):
    assert mended(text) == text


def test_a_lost_capital_is_shown_and_not_guessed():
    text = "r Justice Weiss awarded the crew the largest sum in the history of the court on Thursday."
    (finding,) = [f for f in CLEANER.check(text).findings if f.rule == "TY107"]
    assert not finding.fixes


@pytest.mark.parametrize(
    ("tokens", "whole"),
    [
        ("She did n't row, and he couldn ’t say why.", "She didn't row, and he couldn’t say why."),
        ("It 's late and I 'm tired; they ca n't go.", "It's late and I'm tired; they can't go."),
    ],
)
def test_contractions_are_put_together(tokens, whole):
    assert mended(tokens) == whole


def test_single_quotations_and_plural_possessives_are_no_tokens():
    text = "He said 'so what' and left in the '90s; the dogs ' bowls were empty."
    assert mended(text) == text


def test_ligatures_become_letters_and_lost_ones_come_back():
    assert mended("The oﬃce conﬁrmed it.") == "The office confirmed it."
    assert (
        mended("The speci\x00cation was clari\x00ed, of cial text.")
        == "The specification was clarified, official text."
    )
    assert mended("The frm had signifcant infuence.") == "The firm had significant influence."


@pytest.mark.parametrize("text", ["Afghan surfboards went halfway.", "½ litre of H₂O at x² and œuvre."])
def test_words_that_need_no_ligature_stay(text):
    assert mended(text) == text


def test_runs_of_blanks_go_and_columns_stay():
    assert mended("The rowers    came home\t\tat last.") == "The rowers came home at last."
    table = "Lund   3   1   0\nYstad  2   2   1"
    assert mended(table) == table
    assert mended("They rowed.  Nobody spoke.") == "They rowed.  Nobody spoke."
    assert mended("I agree: (  ), or not: (  )") == "I agree: (  ), or not: (  )"


@pytest.mark.parametrize(
    "text",
    [
        "src https://mirror.example/oars   stable main",
        "copy /srv/boats/oars   to the ferry",
        "v   oars  - A tool that counts boats",
        "$ count  boats",
        "oars:    two  and a half",
        "/harbour/west-quay  1234abc  (detached oars)",
        "every day 18h ago    rowers-home.timer rowers-home.service",
        "'oars'\tnumber\t(usually 20)",
        "the beginning\t\t\t*begin*",
        "│ Oars  │  How many there are │",
        "(put! theBoat  (car (boat-of  theOar) ) )",
    ],
)
def test_columns_beside_addresses_labels_and_prompts_stay(text):
    assert mended(f"They rowed home.\n\n{text}\n") == f"They rowed home.\n\n{text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Rows are cleaned with sed 's,//*,_,g' and counted.",
        'rows | sed -n \'s/^Row: *//p\' | head -1\necho " o $row"\necho " * no row"',
        "Add a missing \\n to the last line if there is none.",
    ],
)
def test_what_commands_and_escapes_are_written_for_stays(text):
    assert mended(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "They rowed on,\nX is the number of rowers, and nobody counts the captain.",
        'From Old French emp[^e]chement, and from t["o]ren in a dialect.',
    ],
)
def test_letters_that_stand_for_something_stay(text):
    assert mended(text) == text


def test_a_closing_mark_that_begins_a_line_is_joined_to_its_word():
    lines = [
        "The harbour trust says that they call it “a hole",
        "”. Nobody knows why, but the name has stuck ever",
    ]
    lines += [
        "since, and whoever was born there uses it. Every",
        "map has it by now, and the postmen know where it",
    ]
    assert "“a hole”. Nobody" in mended("\n".join([*lines, "is."]))


def test_lines_of_code_are_not_joined_as_if_they_were_a_paragraph():
    lines = [f"rower_place(BOAT_SECOND_FROM_BOW, {n}, {n}{n});  /* {n} kg */" for n in (12, 34, 56, 78)]
    text = f"Three calls place the rowers:\n\n{chr(10).join(lines)}\n\nNobody spoke.\n"
    assert mended(text) == text


def test_columns_of_declarations_stay():
    rows = (
        "row *boat,        /* who rows */\nint *seat,  /* OUT: where */\nconst void *oar     /* unused */\n);"
    )
    assert mended(f"The call:\n\n{rows}\n") == f"The call:\n\n{rows}\n"


def test_names_of_a_program_side_by_side_are_no_glued_words():
    text = "We hand all three on:\n\n(list theBoat theOar theRower)\n\nThat is all."
    assert mended(text) == text
    assert mended("They rowed nowFrom then on nobody spoke.") == "They rowed now\nFrom then on nobody spoke."


def test_no_break_blanks_that_bind_stay():
    assert mended("The\u00a0rowers came home.") == "The rowers came home."
    assert mended("Mr\u00a0Weiss paid 10\u00a0000 euros.") == "Mr\u00a0Weiss paid 10\u00a0000 euros."
    assert mended("He saw Dr.\u00a0Weiss and A.\u00a0Lund.") == "He saw Dr.\u00a0Weiss and A.\u00a0Lund."


def test_no_break_blanks_of_a_line_go_together():
    assert mended("I\u00a0saw\u00a0what\u00a0I\u00a0saw.") == "I saw what I saw."
    assert mended("The\u00a0B-4000\u00a0boat\u00a0held.") == "The B-4000 boat held."
    line = "The\u00a0boat\u00a0held.\u00a0\u00a0Nobody\u00a0spoke:\u00a0all\u00a0was\u00a0well!\u00a0So\u00a0said\u00a0Mr.\u00a0Weiss."
    assert mended(line) == "The boat held. Nobody spoke: all was well! So said Mr.\u00a0Weiss."


@pytest.mark.parametrize(
    "piece", ["a.B", "a-\n", "n 't ", "T he\n", "a,b ", "aB ", "ﬁ", "x\x00y ", "  \t", "(a b)c "]
)
def test_long_texts_of_one_piece_take_linear_time(piece):
    def cost(count: int) -> float:
        text = "The boat. " + piece * count
        return cpu_seconds(lambda: CLEANER.check(text))

    cost(500)
    assert_growth(cost, 2000, 8000, times=16, floor=0.02)


def test_a_title_or_a_given_name_begins_a_sentence_after_a_usual_word():
    assert (
        mended("It was no problem.Mr Holt rowed.Chris Pell spoke.")
        == "It was no problem. Mr Holt rowed. Chris Pell spoke."
    )


def test_a_title_a_name_and_a_date_are_no_paragraph():
    paragraph = (
        "The rowers had been at sea for nine days when the first\n"
        "of them saw land, a grey line below the clouds that could\n"
        "as well have been another bank of fog. Nobody spoke until\n"
        "the wind had turned and the boat was in the lee of it."
    )
    text = f"The Long Way Home\nAnn Walker\nMonday, May 3, 2001\n\n{chr(10).join([paragraph, ''] * 20)}"
    found = [f for f in cleantext.check(text).findings if f.rule == "TY102"]
    assert [text[f.start : f.end] for f in found] == [paragraph] * 20


def test_a_word_that_stands_beside_its_broken_form_shows_the_difference():
    shown = 'The tool renamed "caf\ufffd menu" to "café menu" and left the other files of the folder as they were.'
    assert not [f for f in cleantext.check(shown).findings if f.rule == "EN101"]
    apart = (
        "The café opens at nine in the summer.\nNobody was in the caf\ufffd when the boat came in that night."
    )
    assert [f for f in cleantext.check(apart).findings if f.rule == "EN101" and f.fixes]
