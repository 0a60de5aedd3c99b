"""What no test noticed when one thing in `matching` was changed (see benchmarks/torture/mutation.py): exact results."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner, Configuration
from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Applicability, Edit, Fix
from cleantext.matching import PatternEngine
from cleantext.matching.literals import (
    DIGIT,
    as_pattern,
    ascii_folded_slowly,
    frequency,
    is_usual_slowly,
    required,
)
from cleantext.matching.pattern import PatternRule, TimedOutError
from cleantext.matching.sieves import Sieve, derive
from cleantext.matching.superset import UnsupportedError, superset
from cleantext.matching.syntax import Boundary, Choice, Class, Literal, Repeat, Sequence, parse
from cleantext.rulebook import Card, Example, NearMiss, RuleError

# Pattern, what RE2 is given for it, the same where case does not count, and the literals of which one must occur.
PATTERNS: list[tuple[str, str, str, list[str] | None]] = [
    ("abc", "abc", "(?i)abc", ["abc"]),
    ("a.c", "a(?s:.)c", "(?i)a(?s:.)c", None),
    ("a|bc", "(?:a|bc)", "(?i)(?:a|bc)", None),
    ("(?:ab|cd)e", "(?:ab|cd)e", "(?i)(?:ab|cd)e", ["abe", "cde"]),
    ("(?P<x>ab)(?P=x)", "ab(?s:.)*", "(?i)ab(?s:.)*", ["ab"]),
    ("(ab)\\1", "ab(?s:.)*", "(?i)ab(?s:.)*", ["ab"]),
    ("\\bab\\b", "\\bab\\b", "(?i)\\bab\\b", ["\x08ab\x08"]),
    ("\\b\\w+\\b", "[0-9A-Za-z_\\x{80}-\\x{10FFFF}]+", "(?i)[ıİ0-9A-Za-z_\\x{80}-\\x{10FFFF}]+", None),
    ("\\bé\\b", "\\x{E9}", "(?i)\\x{E9}", None),
    ("a\\b|b", "(?:a\\b|b)", "(?i)(?:a\\b|b)", None),
    ("(?:\\ba|b\\b)c", "(?:\\ba|b\\b)c", "(?i)(?:\\ba|b\\b)c", ["\x08ac", "b\x08c"]),
    ("a{2}", "a{2}", "(?i)a{2}", None),
    ("a{2,}", "a{2,}", "(?i)a{2,}", None),
    ("a{2,5}", "a{2,5}", "(?i)a{2,5}", None),
    ("a{,3}", "a{0,3}", "(?i)a{0,3}", None),
    ("a{0,1}", "a?", "(?i)a?", None),
    ("a{1,}", "a+", "(?i)a+", None),
    ("a{3,500}", "a{3,}", "(?i)a{3,}", None),
    ("a{300}", "a{200,}", "(?i)a{200,}", None),
    ("a{250,}", "a{200,}", "(?i)a{200,}", None),
    ("(?:ab)*", "(?:ab)*", "(?i)(?:ab)*", None),
    ("(?:ab)+?", "(?:ab)+", "(?i)(?:ab)+", ["ab"]),
    ("a?+", "a?", "(?i)a?", None),
    ("[ab]{2}", "[ab]{2}", "(?i)[ıİab]{2}", None),
    ("x{}", "x\\x{7B}\\x{7D}", "(?i)x\\x{7B}\\x{7D}", ["x{}"]),
    ("^ab$", "ab", "(?i)ab", ["ab"]),
    ("(?=ab)c", "c", "(?i)c", ["ab"]),
    ("(?<=ab)c", "c", "(?i)c", ["abc"]),
    ("(?!ab)c", "c", "(?i)c", None),
    ("(?<!a[)]b\\)c)d", "d", "(?i)d", None),
    ("(?#note)a", "a", "(?i)a", None),
    ("(?>ab)c", "abc", "(?i)abc", ["abc"]),
    ("[a-z]", "[a-z]", "(?i)[ıİa-z]", None),
    ("[^a-z]", "[^a-z]", "(?i)(?s:.)", None),
    ("[a\\-z]", "[a\\x{2D}z]", "(?i)[ıİa\\x{2D}z]", None),
    ("[a-]", "[a\\x{2D}]", "(?i)[ıİa\\x{2D}]", None),
    ("[]a]", "[\\x{5D}a]", "(?i)[ıİ\\x{5D}a]", None),
    ("[\\b]", "[\\x{8}]", "(?i)[ıİ\\x{8}]", None),
    (
        "[\\w.]",
        "[0-9A-Za-z_\\x{80}-\\x{10FFFF}\\x{2E}]",
        "(?i)[ıİ0-9A-Za-z_\\x{80}-\\x{10FFFF}\\x{2E}]",
        None,
    ),
    ("[^\\w]", "[^0-9A-Za-z_]", "(?i)(?s:.)", None),
    ("[^\\W]", "[0-9A-Za-z_\\x{80}-\\x{10FFFF}]", "(?i)[0-9A-Za-z_\\x{80}-\\x{10FFFF}]", None),
    (
        "[^\\S\\r\\n]",
        "[\\t\\n\\x{0B}\\f\\r\\x{1C}-\\x{1F} \\x{80}-\\x{10FFFF}]",
        "(?i)[\\t\\n\\x{0B}\\f\\r\\x{1C}-\\x{1F} \\x{80}-\\x{10FFFF}]",
        None,
    ),
    ("[^\\D]", "[0-9\\x{80}-\\x{10FFFF}]", "(?i)[0-9\\x{80}-\\x{10FFFF}]", None),
    (
        "\\w\\d\\s\\W\\D\\S",
        "[0-9A-Za-z_\\x{80}-\\x{10FFFF}][0-9\\x{80}-\\x{10FFFF}][\\t\\n\\x{0B}\\f\\r\\x{1C}-\\x{1F} \\x{80}-\\x{10FFFF}][\\W][\\D][\\S]",
        "(?i)[ıİ0-9A-Za-z_\\x{80}-\\x{10FFFF}][ıİ0-9\\x{80}-\\x{10FFFF}][ıİ\\t\\n\\x{0B}\\f\\r\\x{1C}-\\x{1F} \\x{80}-\\x{10FFFF}][ıİ\\W][ıİ\\D][ıİ\\S]",
        None,
    ),
    (
        "\\p{L}\\p{Lu}\\p{Nd}\\p{Greek}\\P{L}",
        "[A-Za-z\\x{80}-\\x{10FFFF}][A-Z\\x{80}-\\x{10FFFF}][0-9\\x{80}-\\x{10FFFF}][\\x{0}-\\x{10FFFF}][\\x{0}-\\x{10FFFF}]",
        "(?i)[ıİA-Za-z\\x{80}-\\x{10FFFF}][ıİA-Za-z\\x{80}-\\x{10FFFF}][ıİ0-9\\x{80}-\\x{10FFFF}][ıİ\\x{0}-\\x{10FFFF}][ıİ\\x{0}-\\x{10FFFF}]",
        None,
    ),
    ("[\\p{Ll}-]", "[a-z\\x{80}-\\x{10FFFF}\\x{2D}]", "(?i)[ıİA-Za-z\\x{80}-\\x{10FFFF}\\x{2D}]", None),
    ("[^\\p{Lu}]", "[^A-Z]", "(?i)(?s:.)", None),
    ("[^\\p{Greek}]", "(?s:.)", "(?i)(?s:.)", None),
    ("[^\\p{Greek}a]", "[^a]", "(?i)(?s:.)", None),
    ("\\x41\\u00e9\\U0001F600", "A\\x{E9}\\x{1F600}", "(?i)A\\x{E9}\\x{1F600}", ["aé😀"]),
    ("\\n\\r\\t\\f\\v", "\\x{A}\\x{D}\\x{9}\\x{C}\\x{B}", "(?i)\\x{A}\\x{D}\\x{9}\\x{C}\\x{B}", None),
    (
        "\\.\\$\\(\\/\\-",
        "\\x{2E}\\x{24}\\x{28}\\x{2F}\\x{2D}",
        "(?i)\\x{2E}\\x{24}\\x{28}\\x{2F}\\x{2D}",
        [".$(/-"],
    ),
    ("\\A\\Gab\\Z", "ab", "(?i)ab", ["ab"]),
    ("[é-ü]", "[\\x{E9}-\\x{FC}]", "(?i)[ıİ\\x{E9}-\\x{FC}]", None),
    ("k|i|s", "(?:k|i|s)", "(?i)(?:k|[iIıİ]|s)", None),
    ("[a-c]x", "[a-c]x", "(?i)[ıİa-c]x", None),
    ("\\bI\\b", "\\bI\\b", "(?i)[iIıİ]", None),
    ("(?:a|\\bb)c\\b", "(?:a|\\bb)c\\b", "(?i)(?:a|\\bb)c\\b", ["\x08bc\x08", "ac\x08"]),
    ("said (?:he|she)", "said\\x{20}(?:he|she)", "(?i)sa[iIıİ]d\\x{20}(?:he|she)", ["said he", "said she"]),
    (
        "(?:the|a) (?:cat|dog)s?",
        "(?:the|a)\\x{20}(?:cat|dog)s?",
        "(?i)(?:the|a)\\x{20}(?:cat|dog)s?",
        ["a cat", "a dog", "the cat", "the dog"],
    ),
    ("(?:ab){2}cd", "(?:ab){2}cd", "(?i)(?:ab){2}cd", ["abcd"]),
    ("[abc][de]f", "[abc][de]f", "(?i)[ıİabc][ıİde]f", ["adf", "aef", "bdf", "bef", "cdf", "cef"]),
    ("a+bc", "a+bc", "(?i)a+bc", ["abc"]),
    ("x?yz", "x?yz", "(?i)x?yz", ["yz"]),
    (
        "(?:foo|ba(?:r|z))(?= qux)",
        "(?:foo|ba(?:r|z))\\x{20}qux",
        "(?i)(?:foo|ba(?:r|z))\\x{20}qux",
        ["bar qux", "baz qux", "foo qux"],
    ),
    ("ab(?=c|$)", "ab(?:c|)", "(?i)ab(?:c|)", ["ab"]),
    ("ab(?=\\s)", "ab", "(?i)ab", ["ab"]),
    ("ab(?=cd\\se)", "abcd", "(?i)abcd", ["abcd"]),
    ("ab(?=c(?:d|\\s))(?!ce)", "abc(?:d|)", "(?i)abc(?:d|)", ["abc"]),
    ("ab(?=c)\\b", "abc", "(?i)abc", ["abc"]),
    ("ab(?=c)(?=d)", "abd", "(?i)abd", ["abd"]),
    ("ab(?=c)d", "abd", "(?i)abd", ["abd"]),
    ("ab(?<=c)", "ab", "(?i)ab", ["ab"]),
    ("ab(?=x)|cd(?=y)", "(?:abx|cdy)", "(?i)(?:abx|cdy)", ["abx", "cdy"]),
    (
        "\\b(?:Efe|AFP) (?:he|she) \\w+ed\\b",
        "\\b(?:Efe|AFP)\\x{20}(?:he|she)\\x{20}[0-9A-Za-z_\\x{80}-\\x{10FFFF}]+ed\\b",
        "(?i)\\b(?:Efe|AFP)\\x{20}(?:he|she)\\x{20}[ıİ0-9A-Za-z_\\x{80}-\\x{10FFFF}]+ed\\b",
        ["\x08afp he ", "\x08afp she ", "\x08efe he ", "\x08efe she "],
    ),
    (
        "[A-Z]\\w+ of",
        "[A-Z][0-9A-Za-z_\\x{80}-\\x{10FFFF}]+\\x{20}of",
        "(?i)[ıİA-Z][ıİ0-9A-Za-z_\\x{80}-\\x{10FFFF}]+\\x{20}of",
        [" of"],
    ),
    ("é+ü", "(?:\\x{E9})+\\x{FC}", "(?i)(?:\\x{E9})+\\x{FC}", ["éü"]),
    ("(?:a||b)c", "(?:a||b)c", "(?i)(?:a||b)c", None),
    ("(?:|ab)", "(?:|ab)", "(?i)(?:|ab)", None),
]


@pytest.mark.parametrize(
    ("pattern", "wide", "wide_ignoring_case", "literals"), PATTERNS, ids=lambda value: repr(value)[:24]
)
def test_a_pattern_is_read_exactly(
    pattern: str, wide: str, wide_ignoring_case: str, literals: list[str] | None
) -> None:
    assert superset(pattern) == wide
    assert superset(pattern, ignore_case=True) == wide_ignoring_case
    found = required(pattern)
    assert (None if found is None else sorted(found)) == literals


@pytest.mark.parametrize(
    "pattern",
    ["(a", "a)", "[a", "[", "(?=a", "(?!a", "(?!a[)", "(?i)a", "(?i:a)b", "(?R)", "(?(1)a|b)", "[a[b]]", "[a||b]", "[a~~b]",
     "[a&&b]", r"\X", r"\R", "\\", r"[^\P{L}]", r"\N{BULLET}"],
)  # fmt: skip
def test_what_has_no_place_in_the_tree_is_refused(pattern: str) -> None:
    with pytest.raises(UnsupportedError):
        superset(pattern)


def test_the_tree_of_a_pattern() -> None:
    assert parse(r"\ba|[b-d]{2,3}") == Choice(
        (Sequence((Boundary(), Literal("a"))), Sequence((Repeat(Class(("b-d",)), 2, 3),)))
    )
    assert parse("(?!a){2}b") == Sequence((Literal("b"),))
    assert parse("a*") == Sequence((Repeat(Literal("a"), 0, None),))
    assert parse("a{4}") == Sequence((Repeat(Literal("a"), 4, 4),))
    assert parse("[^ab-]") == Sequence((Class(("a", "b", "-"), negated=True),))


@pytest.mark.parametrize(
    ("literal", "pattern"),
    [
        ("ab", "ab"),
        ("\bab\b", r"\bab\b"),
        ("\bé", r"\x{E9}"),
        ("é\b", r"\x{E9}"),
        ("\b1", r"\b0"),
        ("a \bé", r"a \x{E9}"),
        ("é\ba", r"\x{E9}\ba"),
        (".\b", r"\x{2E}"),
    ],
)
def test_a_literal_as_re2_is_given_it(literal: str, pattern: str) -> None:
    assert as_pattern(literal) == pattern


def test_rarer_literals_are_told_from_common_ones() -> None:
    def of(*words: str) -> float:
        return frequency(frozenset(words))

    assert of("reported") < of("ed") < of("e")
    assert of("ab", "cd") == pytest.approx(of("ab") + of("cd"))
    assert of("\bab") == pytest.approx(of("ab") / 4)
    assert of("ab") == pytest.approx(0.066 * 0.012, rel=0.5)
    assert of("é") == pytest.approx(0.0005)
    assert of("the") == pytest.approx(0.01)
    assert of("of the") == pytest.approx(0.0001)
    assert of("of zq") < 0.0001


def test_the_rarest_literal_of_a_pattern_is_the_one_that_is_asked_for() -> None:
    assert required(r"the \w+ quixotic") == {" quixotic"}
    assert required(r"quixotic \w+ the") == {"quixotic "}
    assert required(r"(?:zebra|yak) \w+ (?:the|a)\b") == {"zebra ", "yak "}
    assert required(r"\w") is None
    assert required(r".") is None
    assert required(r"a") is None
    assert required(r"[.]") is None
    assert required(r"«") == {"«"}
    assert required(r"(?:a|«)") is None
    assert required("[ab]{2}x{3}") == {"ax", "bx"}
    assert required("|".join(f"w{n}x" for n in range(400))) is not None
    assert required(
        "(?:" + "|".join(f"w{n}x" for n in range(30)) + ") (?:" + "|".join(f"v{n}x" for n in range(30)) + ")"
    )


FOLDED = [("µ", "μ"), ("ς", "σ"), ("ς", "Σ"), ("ϐ", "β"), ("ϵ", "Ε"), ("ſ", "S"), ("ı", "I"), ("K", "k"), ("Å", "å"), ("ᲀ", "в"), ("ẛ", "Ṡ"), ("Ω", "ω")]  # fmt: skip


def card(pattern: str, **more: object) -> Card:
    fields: dict[str, object] = {
        "id": "ZZ001", "name": "zz", "summary": "s", "why": "w", "category": "typography", "applicability": Applicability.REVIEW,
        "examples": (Example("x", "y"),), "near_misses": (NearMiss("z"),), "pattern": pattern, "delete": "fix" not in more,
        "origin": "zz.toml:1",
    }  # fmt: skip
    return Card(**{**fields, **more})  # type: ignore[arg-type]


def found(made: Card, text: str, *, naive: bool = False) -> list[tuple[int, int, str]]:
    engine = PatternEngine([made])
    findings = list(engine.findings(Document(Article(text=text)), lambda _: 0.5, naive=naive))
    return [(f.start, f.end, f.fixes[0].edits[0].replacement if f.fixes else "-") for f in findings]


@pytest.mark.parametrize(("a", "b"), FOLDED)
def test_letters_that_fold_oddly_are_found_where_case_does_not_count(a: str, b: str) -> None:
    for one, other in ((a, b), (b, a), (a, a.upper()), (b, b.lower())):
        made = card(f"xx{one}yy", ignore_case=True)
        text = f"so xx{other}yy so"
        assert found(made, text) == found(made, text, naive=True)


@given(
    st.text(alphabet="µμςσΣϐβſsSıIiİKkåÅ ab", max_size=12),
    st.text(alphabet="µμςσΣϐβſsSıIiİKkåÅab", min_size=2, max_size=4),
)
def test_no_text_of_odd_letters_hides_a_match(text: str, word: str) -> None:
    for ignore_case in (False, True):
        made = card(regex.escape(word), ignore_case=ignore_case)
        assert found(made, text + word.swapcase()) == found(made, text + word.swapcase(), naive=True)


def test_a_rule_for_lines_takes_the_line_and_the_blanks_around_it_are_no_part_of_what_is_flagged() -> None:
    text = "Prose that is the longest line of all.\n  Share \nMore prose.\nShare it"
    made = card("Share", scope="line")
    assert found(made, text) == [(41, 46, "")]
    engine = PatternEngine([made])
    finding = next(iter(engine.findings(Document(Article(text=text)), lambda _: 0.5)))
    assert finding.text == "Share"
    assert finding.fixes == (Fix((Edit(38, 47, ""),)),)
    replacing = card("(?P<x>Share)", scope="line", fix="{x:upper}", delete=False)
    assert found(replacing, text) == [(41, 46, "SHARE")]


@pytest.mark.parametrize(("position", "hits"), [("any", 15), ("top", 6), ("bottom", 6), ("edge", 12)])
def test_a_position_is_among_the_first_or_last_six_lines_with_words(position: str, hits: int) -> None:
    text = "\n\n".join(["Share"] * 15)
    assert len(found(card("Share", scope="line", position=position), text)) == hits


def test_a_line_rule_never_leaves_its_line() -> None:
    assert found(card(r"a\s+b", scope="line"), "a\nb") == []
    assert found(card(r"a\s+b", scope="line"), "a b\r\nc") == [(0, 3, "")]
    assert found(card(r"a\s+b"), "a\nb") == [(0, 3, "")]


def test_what_silences_a_rule_must_overlap_its_match_and_stand_in_its_lines() -> None:
    made = card("town", unless=("town hall", "old town", "(?<=the )x"))
    assert found(made, "town, town hall, old town, townhall") == [(0, 4, ""), (27, 31, "")]
    assert found(made, "old\ntown") == [(4, 8, "")]
    touching = card("town", unless=("hall ", " x"))
    assert found(touching, "hall town x") == [(5, 9, "")]
    across = card(r"town\s+hall", unless=("l so",))
    assert found(across, "town\nhall so") == []
    assert found(across, "town\nhall, so") == [(0, 9, "")]
    nested = card("bb", unless=("abba", "b"))
    assert found(nested, "abba bb") == []
    two = card("x", unless=("a", "ax"))
    assert found(two, "ax x a x") == [(3, 4, ""), (7, 8, "")]


def test_a_capital_is_kept_where_the_card_says_so() -> None:
    made = card("(?i:teh)", fix="the", keep_case=True, delete=False)
    assert found(made, "Teh teh TEH") == [(0, 3, "The"), (4, 7, "the"), (8, 11, "The")]
    plain = card("(?i:teh)", fix="the", delete=False)
    assert found(plain, "Teh") == [(0, 3, "the")]


def test_a_fix_that_changes_nothing_is_no_finding() -> None:
    assert found(card("(?i:the)", fix="the", delete=False), "the The") == [(4, 7, "the")]


def test_a_table_without_an_entry_silences_the_rule() -> None:
    made = card(r"\b(?P<w>un|deux)\b", fix="{w:t}", tables={"t": {"UN": "one"}}, delete=False)
    assert found(made, "un deux Un") == [(0, 2, "one")]


def test_several_fixes_come_best_first_and_a_display_rule_has_none() -> None:
    engine = PatternEngine(
        [card("a(?P<x>b)", fix="1{x}", fixes=("2", "{{3}}"), delete=False, message="Not {x}, {0}!")]
    )
    finding = next(iter(engine.findings(Document(Article(text="ab")), lambda _: 0.25)))
    assert [fix.edits[0].replacement for fix in finding.fixes] == ["1b", "2", "{3}"]
    assert (finding.message, finding.confidence, finding.applicability) == (
        "Not b, ab!",
        0.25,
        Applicability.REVIEW,
    )
    shown = PatternEngine([card("ab", delete=False)])
    finding = next(iter(shown.findings(Document(Article(text="ab")), lambda _: 0.25)))
    assert (finding.fixes, finding.applicability, finding.message) == ((), Applicability.DISPLAY, "s")
    safe = PatternEngine([card("ab", applicability=Applicability.SAFE, delete=True, message="{odd")])
    finding = next(iter(safe.findings(Document(Article(text="ab")), lambda _: 0.25)))
    assert (finding.applicability, finding.message) == (Applicability.SAFE, "{odd")


def test_an_empty_match_is_none() -> None:
    assert found(card("x*"), "axx") == [(1, 3, "")]


def test_a_group_must_belong_to_the_class_that_the_card_names() -> None:
    text = "Jonas Keller came. Keller spoke. Brenn slept."
    made = card(r"(?P<who>\p{Lu}\w+) (?:spoke|slept)", where={"who": "person"})
    assert found(made, text) == [(19, 31, "")]
    optional = card(r"(?P<who>\p{Lu}\w+)? ?slept", where={"who": "person"})
    assert found(optional, "slept") == []


def test_a_broken_pattern_or_fix_names_file_line_and_rule() -> None:
    for made in (card("(a"), card("a", unless=("(b",))):
        with pytest.raises(
            RuleError, match=r"zz\.toml:1: rule \"ZZ001\" has a pattern that does not compile"
        ):
            _ = PatternRule(made).compiled, PatternRule(made).unless
    with pytest.raises(RuleError, match=r"zz\.toml:1: rule \"ZZ001\" a stray '\{'"):
        _ = PatternRule(card("a", fix="{", delete=False)).templates


SLOW = r"\b(?:a|aa)+\b$"
SLOW_TEXT = "a" * 60 + "!"


def test_the_limit_holds_for_strangers_and_for_what_is_not_linear() -> None:
    document = Document(Article(text=SLOW_TEXT))
    for made, trusted, stopped in (
        (card(SLOW), frozenset[str](), True),
        (card(SLOW, not_linear="it is not"), frozenset({"ZZ001"}), True),
        (card("a{3}"), frozenset[str](), False),
    ):
        told: list[Card] = []
        engine = PatternEngine([made, card("!", id="ZZ002")], time_limit=0.05, trusted=trusted)
        rules = [f.rule for f in engine.findings(document, lambda _: 0.5, on_timeout=told.append)]
        assert told == ([made] if stopped else [])
        assert rules[-1] == "ZZ002"
        assert (rules == ["ZZ002"]) == stopped
    assert list(PatternEngine([card(SLOW)], time_limit=0.05).findings(document, lambda _: 0.5)) == []
    with pytest.raises(TimedOutError):
        list(PatternRule(card("!", unless=(SLOW,))).findings(document, 0.5, 0.05))


def test_a_rule_that_re2_cannot_take_runs_on_every_text() -> None:
    odd, plain = card("(?i)zebra"), card("quagga", id="ZZ002")
    engine = PatternEngine([odd, plain])
    assert engine.unfiltered == (odd,)
    assert [rule.card.id for rule in engine.candidates("nothing")] == ["ZZ001"]
    assert [rule.card.id for rule in engine.candidates("a quagga")] == ["ZZ001", "ZZ002"]
    assert [rule.card.id for rule in engine.candidates("a quagga", lambda c: c.id == "ZZ002")] == ["ZZ002"]
    for strange in ("\ud800", "ς"):
        assert [rule.card.id for rule in engine.candidates(strange)] == ["ZZ001"]
        assert [rule.card.id for rule in engine.candidates(f"a quagga {strange}")] == ["ZZ001", "ZZ002"]
    assert [rule.card.id for rule in engine.candidates("é")] == ["ZZ001"]


def test_a_card_gives_its_own_superset_where_none_can_be_derived() -> None:
    made = card("(?i)zebra", superset="[zZ][eE]")
    assert derive(made) == Sieve(("ze",), "[zZ][eE]")
    assert derive(card("(?i)zebra")) == Sieve((), None)
    assert derive(card("(?i)zebra", superset="(?<a")) == Sieve((), None)
    assert derive(card("zebra|yak")) == Sieve(("yak", "zebra"), "(?:zebra|yak)", 2, own_line=True)
    assert derive(card("zebra(?=, yak)")).own_line
    # Of what the pattern needs and what its superset needs, the rarer.
    assert derive(card(r"(?P<w>ox|yak) the (?P=w)", superset="ox the ox|yak the yak")).literals == (
        "ox the ox",
        "yak the yak",
    )
    assert derive(card("zebra", superset="z")).literals == ("zebra",)
    assert not derive(card(r"zebra(?=\s+yak)")).own_line
    assert not derive(card(r"zebra(?:s(?=[^.]*yak)|a)")).own_line
    assert not derive(card(r"zebra\s+yak")).own_line
    assert derive(card("zebra(?=.{3})")) == Sieve(("zebra",), "zebra(?s:.){3}", 2, own_line=True)
    assert derive(card("zebra(?!\\n.)")) == Sieve(("zebra",), "zebra", 8, own_line=True)
    assert derive(card("zebra\\n")) == Sieve(("zebra\n",), "zebra\\x{A}", None)
    assert derive(card("the")).literals == ()
    engine = PatternEngine([made])
    assert (len(engine.candidates("Ze")), len(engine.candidates("za"))) == (1, 0)


def test_both_sieves_must_let_a_rule_through() -> None:
    """The literal is there, the pattern is not: the rule's own sieve holds it back."""
    engine = PatternEngine([card(r"zebra \d")])
    assert engine.candidates("a zebra x") == []
    assert len(engine.candidates("a zebra 1")) == 1
    assert len(engine.candidates("a ZEBRA 1 zebra 2")) == 1


def test_a_cleaner_reports_findings_of_users_rules_in_order(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(
        """category = "typography"
[[rule]]
id = "ZZ001"
name = "a"
summary = "s"
why = "w"
pattern = 'bb'
delete = true
applicability = "review"
[[rule.examples]]
bad = "bb"
good = ""
[[rule.near-misses]]
text = "b"
""",
        "utf-8",
    )
    cleaner = Cleaner(Configuration(rules=(str(path),), select=("ZZ",)))
    assert [(f.start, f.end) for f in cleaner.check("bb a bbb").findings] == [(0, 2), (5, 7)]


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        (r"[‘-’]x", {"‘x", "’x"}),
        (r"[‘-’“]", None),
        (r"[а-в]x", None),
        (r"[–-―]a", {"–a", "—a", "―a"}),
        (r"\d{1,4} km", {DIGIT + " km"}),
        (r"\d{5} km", {DIGIT + " km"}),
        (r"\d{2}km", {DIGIT + DIGIT + "km"}),
        (r"\d{0,2}x", None),
        (r"[0-9]km", {DIGIT + "km"}),
        (r"[٠-٩]km", {"km"}),
        (r"(?:abc|d\w)e", None),
        (r"(?:abc|\wd)efg", {"abcefg", "defg"}),
        (r"(?:abc\w|de)f", {"abc", "de"}),
        (r"(?:ab)+cd", {"abcd"}),
        (r"(?:ab)?cd", {"cd"}),
        (r"x(?:ab|cd)?y", {"xaby", "xcdy", "xy"}),
        (r"[a-z]quick", {"quick"}),
    ],
)
def test_the_literals_of_a_pattern(pattern: str, literals: set[str] | None) -> None:
    assert required(pattern) == literals


@pytest.mark.parametrize(("count", "kept"), [(9, 9), (10, 7), (12, 9)])
def test_of_too_many_strings_the_last_letters_are_kept(count: int, kept: int) -> None:
    found = required("[ab]" * count + "x")
    assert found is not None
    assert {len(literal) for literal in found} == {kept + 1}
    assert len(found) == 2**kept


@pytest.mark.parametrize(
    ("literal", "times"),
    [
        ("\n" + DIGIT + "a", 6.6e-05),
        ("a\n" + DIGIT, 6.6e-05),
        ("a\nb", 3.96e-06),
        ("ab\n\nc", 4.554e-10),
        (DIGIT + DIGIT, 0.005),
        (DIGIT + "a" + DIGIT, 6.6e-06),
        ("cat", 0.000110814),
        ("cats", 5.762328e-06),
        ("wolves", 4.9e-07),
        ("the wolf", 1e-08),
        ("é", 0.0005),
        ("q", 0.001),
    ],
)
def test_how_often_a_literal_is_awaited(literal: str, times: float) -> None:
    assert frequency(frozenset([literal])) == pytest.approx(times, rel=1e-9)


def test_what_letters_are_usual_and_how_ascii_is_folded() -> None:
    assert is_usual_slowly(b"")
    assert is_usual_slowly("The “town” — said so…".encode())
    assert not is_usual_slowly("Ścisły".encode())
    assert ascii_folded_slowly("ÄBC 197".encode()) == "Äbc 000".encode()
