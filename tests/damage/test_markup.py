"""Markup, escapes and lost letters that a conversion left, and texts in which they are meant."""

import pytest
from timing import assert_growth, cpu_seconds

import cleantext

CLEANER = cleantext.Cleaner(select=["EN", "TY005", "TY12"], min_confidence=0.5)
PROSE = "The rowers had been at sea for nine days when the first of them saw land below the clouds."


def mended(text: str, **meta: str) -> str:
    return CLEANER.fix(text, apply="review", min_confidence=0.5, **meta).text


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ("It ended.<br/><br />They left.", "It ended.\n\nThey left."),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One.</div>\n\n<div class='x'>\nTwo.", "One.\n\nTwo."),
        ('The <b>boat</b> and the <a href="/x">oar</a>.', "The boat and the oar."),
        ("An area of 3 m<sup>2</sup> and H<sub>2</sub>O.", "An area of 3 m² and H₂O."),
        ("One.\n\n<script>var a = 1;</script>\n\nTwo.", "One.\n\nTwo."),
        ("One.<!-- an advert --> Two.", "One. Two."),
        ("Was &amp;lt;em&amp;gt;never&amp;lt;/em&amp;gt; seen.", "Was never seen."),
        ('Read target="_blank">more</a> of it.', "Read more of it."),
    ],
)
def test_tags_go_and_their_words_stay(left, clean):
    assert mended(left) == clean


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ("They left.\n<b> </b>\nIt ended.", "They left.\n\nIt ended."),
        ("They left.\n<!-- one -->  <!-- two -->\nIt ended.", "They left.\n\nIt ended."),
        ("They left.\n]]> <!-- x --> ]]>", "They left.\n"),
    ],
)
def test_a_line_of_tags_with_blanks_between_them_is_emptied_once(left, clean):
    assert mended(left) == clean


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ('Read [the *long* report](https://example.org/a_(b) "Title") now.', "Read the long report now."),
        ("![A boat](boat.jpg)\n\nThe boat came.", "The boat came."),
        ("The **whole** crew and __nobody else__ *rowed*.", "The whole crew and nobody else rowed."),
        ("## The crew\n\nNobody spoke.", "The crew\n\nNobody spoke."),
        ("See [the crew][1] here.\n\n[1]: https://example.org/crew", "See the crew here."),
        ("They rowed.[^2] Nobody spoke.", "They rowed. Nobody spoke."),
    ],
)
def test_markdown_goes_from_plain_text(left, clean):
    assert mended(left) == clean


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ("The town of [[Lund]] and its [[harbour|old harbours]].", "The town of Lund and its old harbours."),
        ("One.{{cite news|title=A [[b]]|date=May}} Two.", "One. Two."),
        ("The '''Lund''' lies ''far'' off.", "The Lund lies far off."),
        ("[[File:Boat.jpg|thumb|A [[boat]]]]\nThe boat came.", "The boat came."),
        ("History [edit]\n\nIt was built in 1911.[3][note 1]", "History\n\nIt was built in 1911."),
        ("The [b]boat[/b] and [url=https://example.org/x]the oar[/url].", "The boat and the oar."),
        ('[caption id="a1" align="left"]The crew.[/caption]\n\nThey rowed.', "The crew.\n\nThey rowed."),
        ('[vc_row][vc_column width="1/2"]The crew.[/vc_column][/vc_row]', "[vc_row]The crew."),
    ],
)
def test_codes_of_wikis_forums_and_content_systems_go(left, clean):
    assert mended(left) == clean


@pytest.mark.parametrize(
    "line",
    [
        '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Boat"}',
        "(adsbygoogle = window.adsbygoogle || []).push({});",
        "googletag.cmd.push(function() { googletag.display('div-1'); });",
        ".css-1x2y { color: #fff; margin: 0 }",
    ],
)
def test_lines_of_script_go(line):
    assert mended(f"{PROSE}\n\n{line}\n\nNobody spoke.") == f"{PROSE}\n\nNobody spoke."


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ("He didn\\u2019t go to C\\u00e1diz \\ud83d\\udea3.", "He didn’t go to Cádiz 🚣."),
        ("It ended.\\n\\nThey left.\\r\\nNobody spoke.", "It ended.\n\nThey left.\nNobody spoke."),
        ('He didn\\\'t say \\"no\\" then.', 'He didn\'t say "no" then.'),
        ("From Malm%C3%B6 to New%20York.", "From Malmö to New York."),
        ("The crew=E2=80=99s boat.", "The crew’s boat."),
        ("The crew\\xe2\\x80\\x99s caf\\xe9.", "The crew’s café."),
        ("The crew#8217;s boat &ndash and oar.", "The crew’s boat – and oar."),
    ],
)
def test_escapes_are_undone(left, clean):
    assert mended(left) == clean


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        (
            "It won\ufffdt do, the mayor\ufffds aide said; they\ufffdre late.",
            "It won’t do, the mayor’s aide said; they’re late.",
        ),
        ("Karl K\ufffdnig met Jos\ufffd\ufffd there.", "Karl König met José there."),
        ("Ms Yström rows. Nobody beat Ms Ystr\ufffdm.", "Ms Yström rows. Nobody beat Ms Yström."),
        ("\ufffdWe row on,\ufffd she said.", "“We row on,” she said."),
    ],
)
def test_lost_letters_come_back_where_one_word_fits(left, clean):
    assert mended(left) == clean


def test_lost_letters_that_nothing_tells_are_shown_without_a_fix():
    (finding,) = CLEANER.check("The Vr\ufffdsk brothers row.").findings
    assert (finding.rule, finding.fixes, finding.applicability) == ("EN101", (), "display")


@pytest.mark.parametrize(
    ("left", "clean"),
    [
        ("The duo – both of them – played DrÃ¥ber.", "The duo – both of them – played Dråber."),
        ("From Ã…lesund to Ã…re.", "From Ålesund to Åre."),
        ('The PowerHouseâ"¢ engine.', "The PowerHouse™ engine."),
        ("It wasnâ€t clear to the workersâ€ boss.", "It wasn’t clear to the workers’ boss."),
        ("He said: â€We row,â€ and left.", "He said: “We row,” and left."),
        ("Ms GarcÃa rows.", "Ms García rows."),
        ("The crew.Â Nobody spoke.", "The crew.\u00a0Nobody spoke."),
    ],
)
def test_single_words_of_mojibake_are_mended(left, clean):
    assert mended(left) == clean


@pytest.mark.parametrize(
    "text",
    [
        "In HTML the <br> tag ends a line and <b>this</b> is bold.",
        "Type `<br>` or `**bold**` there.",
        "if a <b and c> d then x<y; write to <press@example.org> or copy <source> <target>.",
        "Markdown writes **bold** and [links](https://example.org).",
        "The f**k** of it, 2**3**2, and a rating of **** from me. Prices* rose** twice.",
        "“[W]e row,” she said [sic]. [i] and [b] stay, [and/or] goes.",
        "See C:\\new\\users and \\\\server\\nas for it.",
        "The regex \\n matches a line end, \\u2019 an apostrophe.",
        "Read https://example.org/Malm%C3%B6?a=%20b and 5%20 more.",
        "The mill stood until 1911.[1] It burnt.[2]\n\n1. County archive.\n2. Ibid.",
        "A MANHÃ… e o Ângelo, SÃO PAULO e IRMÃ.",
        "    <h1>Title</h1>\n\nSo it begins.",
    ],
)
def test_what_is_meant_stays(text):
    assert mended(text) == text


def test_files_of_markdown_keep_their_markup():
    text = "The **boat** and [the oar](https://example.org) <br> stay, caf\\u00e9 and all."
    assert mended(text, markup="markdown") == text


@pytest.mark.parametrize(
    "text",
    [
        'The mayor wrote that "[t]he boat held" and that nobody spoke.',
        "The mayor wrote: “[n]one of them spoke.” Others wrote ‘[i]n truth’.",
        'It was "[a] hole" in the boat, he wrote.',
        "He wrote of a boat ([s]ee the plate).",
    ],
)
def test_letters_that_an_editor_put_in_brackets_stay(text):
    assert mended(text) == text


def test_letters_that_mark_a_note_go():
    assert mended("The boat held.[a] Nobody spoke.[b]") == "The boat held. Nobody spoke."
    assert mended("They called it “a hole”[c] and left.") == "They called it “a hole” and left."


def unclosed(text: str) -> list[str]:
    return [text[f.start : f.end] for f in CLEANER.check(text).findings if f.rule == "TY005"]


def test_a_straight_quotation_that_is_never_closed_is_shown():
    assert unclosed('He called it "a hole and left.\n\nNobody spoke.') == ['"a']
    assert unclosed('"The boat held, the mayor said.') == ['"The']


@pytest.mark.parametrize(
    "text",
    [
        '"One paragraph.\n\n"Two paragraphs," he said.',
        '"One paragraph\nand its second line," he said.',
        'A 5" pipe and a 12" record.',
        'He said "yes" and "no".',
        'As the mayor put it:\n\n"The boat held, ' + "and nobody who was on it spoke of it after. " * 6,
    ],
)
def test_quotations_over_paragraphs_and_inches_are_closed(text):
    assert unclosed(text) == []


def test_a_quotation_is_looked_for_to_the_end_of_a_paragraph_that_was_broken_into_lines():
    lines = "\n".join(["and nobody who was on it spoke of it after the war was over"] * 9)
    assert unclosed(f'He wrote: "The boat held\n{lines}\nand so on."\n\nNobody spoke.') == []
    assert unclosed(f'He wrote: "The boat held\n{lines}\nand so on.\n\nNobody spoke.') == ['"The']


def test_a_text_in_which_quotations_are_never_closed_is_set_so():
    entry = '"And the rowers came home from the island, every one of them.\n      The Book of Boats 3:{}\n\n{}\n\n'
    prose = "\n\n".join(["The town lies by the sea, and nobody who was born there has left it since."] * 7)
    assert unclosed("".join(entry.format(n, prose) for n in range(4))) == []


def test_speeches_in_verse_run_on():
    text = (
        'The rower said, "The tide is low,\nand nobody will come,\nso let us take the oars and go\nto where the gulls are from.\n\n'
        "The boat is old, the oars are new,\nthe captain does not care,\nand there is nothing else to do\nfor anybody there."
    )
    assert unclosed(text) == []


@pytest.mark.parametrize(
    "piece",
    [
        "<b ",
        "<p>x ",
        '<a href="x" ',
        "<!-- ",
        "&lt;b ",
        "[x](http://a",
        "**a ",
        "_a ",
        "[[a",
        "{{a|",
        "'''a ",
        "a.[1]",
        "[b]x ",
        '[x y="z" ',
        "\\u2019a",
        "a\\n",
        "a%C3%B6 ",
        "a\ufffd ",
        "Ã…a ",
        "wasnâ€t ",
        "– DrÃ¥ber ",
        'x "a\n',
        '{"a": "b", ',
    ],
)
def test_long_texts_of_one_piece_take_linear_time(piece):
    def cost(count: int) -> float:
        text = "The boat. " + piece * count
        return cpu_seconds(lambda: CLEANER.check(text))

    cost(500)
    assert_growth(cost, 2000, 8000, times=16, floor=0.02)
