"""The signs of remains are wide enough: what a family finds with all signs given, it finds with those of the text."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks import load
from cleantext.checks.damage.remains import FAMILIES
from cleantext.checks.damage.signs import SIGNS, signs
from cleantext.document import Document
from cleantext.rulebook import shipped

CLEANER = Cleaner()
NAMES = ("remains", "quotation-pairs")
EXAMPLES = [e.bad for card in shipped() if card.check in NAMES for e in card.examples]
PIECES = (
    "<b>", "</b>", "<br>", "&lt;i&gt;", "&amp;lt;p&amp;gt;", "<!--", "-->", '<img src="', '"', "]]>", 'href="x">', "[a](http://b)", "**",
    "__", "\n## ", "[^1]", "[x][1]", "\n[1]: http://x\n", "~~", "[[", "]]", "{{cite|", "}}", "'''", "''", "[edit]\n", "[citation needed]",
    ".[1]", "a[2]", "[http://x y]", "\n== A ==\n", "[b]", "[/b]", "[url=x]", "[/url]", '[gallery ids="1"]', "[caption]", "[/caption]",
    "\nvar a = 1;\n", "\nwindow.x = 2;\n", '\n{"@type": "x"}\n', "\ngtag('x');\n", "\n//<![CDATA[\n", "\n.a { color: red }\n", "\\u2019", "\\xe9",
    "\\n", "\\'", "%C3%A9", "%20", "%u2019", "=C3=A9", "#8217;", "&nbsp ", "&#8217;", "word", "The end.", " ", "\n", "\r\n", "said \"we", "“", "”",
)  # fmt: skip


@given(st.lists(st.sampled_from([*PIECES, *EXAMPLES]), max_size=30).map("".join))
@example("It ended.\\n\\nThey left.")
@settings(max_examples=300, deadline=None)
def test_signs_of_remains_keep_nothing_back(text: str) -> None:
    asked, told = Document(Article(text=text)), Document(Article(text=text))
    told.notes[signs] = frozenset(SIGNS)
    for name in NAMES:
        found = [
            list(load(name)(document, CLEANER.checks[name], CLEANER.configuration))
            for document in (asked, told)
        ]
        assert found[0] == found[1]


def test_each_family_has_its_sign() -> None:
    assert FAMILIES.keys() <= SIGNS.keys()


def test_what_stands_in_a_record_of_json_is_no_running_text() -> None:
    prose = "The rower didn\\u2019t train on Friday, and the whole crew took the ferry home in the evening."
    assert [f.rule for f in CLEANER.check(prose).findings if f.rule == "EN102"] == ["EN102"]
    record = f'{{"id":"12","note":"{prose}","shown":null}}'
    assert [f.rule for f in CLEANER.check(record).findings if f.rule == "EN102"] == []
