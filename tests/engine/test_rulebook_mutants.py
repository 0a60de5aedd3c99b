"""What no test noticed when one thing in `rulebook` was changed (see benchmarks/torture/mutation.py): exact results."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import regex

from cleantext.document import words
from cleantext.finding import Applicability, Finding
from cleantext.rulebook import Card, Example, NearMiss, RuleError, lexicon, load, load_file, shipped
from cleantext.rulebook.authoring import next_id, scaffold, schema
from cleantext.rulebook.calibration import (
    SAFE_BOUND,
    UNHEARD,
    Record,
    confidences,
    load_records,
    lower_bound,
    pooled,
    posterior,
)
from cleantext.rulebook.card import CATEGORIES
from cleantext.rulebook.selection import check_chosen, check_selectors, matches, picks, select
from cleantext.rulebook.template import Template


def card(**more: object) -> Card:
    fields: dict[str, object] = {
        "id": "TY901", "name": "zz-name", "summary": "s", "why": "w", "category": "typography", "applicability": Applicability.REVIEW,
        "pattern": "x",
    }  # fmt: skip
    return Card(**{**fields, **more})  # type: ignore[arg-type]


# Calibration


def test_a_posterior_is_the_mean_of_prior_and_counts() -> None:
    assert posterior(0.6, Record()) == pytest.approx(0.6)
    assert posterior(0.6, Record(improved=6)) == pytest.approx((2.4 + 6) / 10)
    assert posterior(0.6, Record(improved=6, neutral=50, harmed=1, human=3)) == pytest.approx(8.4 / 14)
    assert posterior(0.5, Record(improved=1), weight=1) == pytest.approx(0.75)


def test_a_lower_bound_is_by_the_normal_approximation_and_never_below_zero() -> None:
    assert lower_bound(0.5, Record(improved=96)) == pytest.approx(0.98 - 1.645 * (0.98 * 0.02 / 101) ** 0.5)
    assert lower_bound(0.5, Record(harmed=2)) == pytest.approx(max(0, 1 / 3 - 1.645 * (2 / 9 / 7) ** 0.5))
    assert lower_bound(0.5, Record(), z=9) == 0.0


def test_records_of_bands_are_added_up() -> None:
    bands = {"human": Record(1, 2, 3, 4), "garbled": Record(10, 20, 30, 40)}
    assert pooled(bands) == Record(11, 22, 33, 44)  # type: ignore[arg-type]
    assert (Record(1, 2, 3, 4).right, Record(1, 2, 3, 4).wrong) == (1, 7)


def test_a_calibration_file_is_read_and_an_absent_one_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    path.write_text("[rules.MT001]\nhuman = [1, 2, 3, 4]\n[rules.EN001]\nhuman = [1, 2, 3, 4]\n", "utf-8")
    assert load_records(path) == {"MT001": {"human": Record(1, 2, 3, 4)}}
    assert load_records(tmp_path / "none.toml") == {}


def test_confidence_without_records_is_what_the_card_believes() -> None:
    assert set(confidences(card(), {}).values()) == {0.6}
    assert set(confidences(card(applicability=Applicability.SAFE), {}).values()) == {0.97}
    assert set(confidences(card(applicability=Applicability.DISPLAY), {}).values()) == {0.5}
    assert set(confidences(card(confidence=0.8), {}).values()) == {0.8}


def test_confidence_with_records_is_pooled_unless_the_card_leans_on_garble() -> None:
    bands = {"human": Record(harmed=6), "garbled": Record(improved=6)}
    assert set(confidences(card(confidence=0.5), bands).values()) == {0.5}  # type: ignore[arg-type]
    leaning = confidences(card(confidence=0.5, leans_on_garble=True), bands)  # type: ignore[arg-type]
    assert leaning["garbled"] == pytest.approx(0.8)
    odds = 2.718281828459045**-4.5
    assert leaning["human"] == pytest.approx(4 * odds / (1 + odds) / 10)
    odds = 2.718281828459045**-0.9
    assert leaning["unsure"] == pytest.approx(odds / (1 + odds))
    assert confidences(card(confidence=1.0, leans_on_garble=True), {})["garbled"] == pytest.approx(
        0.999, abs=2e-3
    )


def test_a_rule_for_garbled_text_alone_is_heard_nowhere_else() -> None:
    alone = card(confidence=0.8, leans_on_garble=True, garbled_only=True)  # type: ignore[arg-type]
    found = confidences(alone, {})
    assert found["garbled"] > UNHEARD
    assert found["human"] <= UNHEARD
    assert found["unsure"] == UNHEARD


def test_the_bound_of_what_is_safe() -> None:
    assert SAFE_BOUND == 0.9


# Lexicon


def test_a_word_list_holds_each_entry_once_without_remarks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lexicon" / "en").mkdir(parents=True)
    (tmp_path / "lexicon" / "en" / "w.txt").write_text("# all\nb\n\n a # one\nb\nc d\n", "utf-8")
    (tmp_path / "lexicon" / "v.txt").write_text("x\n", "utf-8")
    monkeypatch.setattr(words, "rules_dir", lambda: tmp_path)
    read = words.word_list.__wrapped__
    assert read("w") == read("en/w") == ("b", "a", "c d")
    assert read("v") == ("x",)
    assert words.list_names() == ("v", "w")


def test_a_slot_takes_the_longest_word_and_a_double_brace_is_one() -> None:
    agencies = words.word_list("agency")
    assert lexicon.slot("agency").startswith("(?:")
    order = lexicon.slot("agency")[3:-1].split("|")
    assert [len(regex.sub(r"\\", "", w)) for w in order] == sorted((len(w) for w in agencies), reverse=True)
    assert lexicon.fill("a{{2} {2} {full-name}") == "a{2} {2} " + lexicon.slot("full-name")
    assert lexicon.slot("name") == f"(?:{lexicon.NAME})"
    assert regex.fullmatch(lexicon.slot("full-name"), "Ursula von der Leyen")


def test_an_unknown_slot_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean agency"):
        words.word_list("agencyy")
    with pytest.raises(KeyError, match="no word list 'qqqqqq'"):
        words.word_list("qqqqqq")
    with pytest.raises(KeyError, match="did you mean full-name"):
        lexicon.fill("{full-nam}")


def test_a_group_of_words_that_is_not_there_is_an_error_and_no_empty_set() -> None:
    assert "was" in words.word_group("be")
    with pytest.raises(KeyError):
        words.word_group("bee")


# Selection


def test_a_selector_is_a_category_a_name_an_id_or_its_beginning() -> None:
    for selector in ("typography", "zz-name", "TY901", "TY9", "TY"):
        assert matches(card(), selector)
    for selector in ("encoding", "zz", "TY902", "Y9"):
        assert not matches(card(), selector)


def test_no_selector_means_every_rule() -> None:
    made = Finding("TY901", "zz-name", "typography", 0, 1, "", "", Applicability.DISPLAY, 0.5)
    assert picks((), made)
    for selector in ("typography", "zz-name", "TY901", "TY9"):
        assert picks(("XX", selector), made)
    for selector in ("encoding", "zz", "TY902", "Y9"):
        assert not picks((selector,), made)


def test_what_selects_and_what_ignores() -> None:
    a, b, old = card(), card(id="TY902", name="b"), card(id="TY903", name="c", status="deprecated")
    cards = (a, b, old)
    assert select(cards, [], []) == (a, b)
    assert select(cards, ["typography"], []) == (a, b)
    assert select(cards, ["TY901"], []) == (a,)
    assert select(cards, [], ["TY901"]) == (b,)
    assert select(cards, ["TY"], ["TY901"]) == (b,)
    assert select(cards, ["TY901"], ["TY"]) == (a,)
    assert select(cards, ["TY9"], ["TY9"]) == ()
    assert select(cards, ["typography"], ["typography"]) == ()
    assert select(cards, ["TY901"], ["typography"]) == (a,)
    assert select(cards, ["typography"], ["TY9"]) == ()
    assert select(cards, ["encoding"], []) == ()


def test_what_is_a_matter_of_taste_runs_only_where_it_is_named() -> None:
    fault, taste = card(), card(id="TY902", name="b", category="style")
    cards = (fault, taste)
    assert select(cards, [], []) == (fault,)
    assert select(cards, ["TY9"], []) == (fault,)
    assert select(cards, ["style"], []) == (taste,)
    assert select(cards, ["TY902"], []) == (taste,)
    assert select(cards, ["b"], []) == (taste,)
    assert select(cards, [], [], ["style"]) == cards
    assert select(cards, [], ["TY902"], ["style"]) == (fault,)
    assert select(cards, ["TY901"], [], ["style"]) == cards


def test_a_retired_rule_may_be_ignored_and_is_no_choice() -> None:
    check_selectors(["MT201"], [card()])
    with pytest.raises(ValueError, match=r"rule MT201 was taken out: .*contrast"):
        check_chosen(["MT201"], [card()])


def test_selectors_that_mean_something_are_let_through() -> None:
    check_selectors(["typography", "TY", "TY9", "zz-name", "LT:ANYTHING", "EN", "languagetool"], [card()])
    for wrong, near in (("typograph", "typography"), ("ty901", "TY901"), ("zz-nam", "zz-name")):
        with pytest.raises(ValueError, match=f'unknown rule or category "{wrong}". Did you mean {near}'):
            check_selectors([wrong], [card()])
    with pytest.raises(ValueError, match=r'"@@@@"\. `cleantext rules list`'):
        check_selectors(["TY", "@@@@"], [card()])


# Templates


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("{a}", "oNe two"),
        ("{0}!", "oNe two 1!"),
        ("{2}", "1"),
        ("{a:lower}", "one two"),
        ("{a:upper}", "ONE TWO"),
        ("{a:title}", "One Two"),
        ("{a:capital}", "ONe two"),
        ("{up:small}", "xYZ"),
        ("{a:strip}{{}}", "oNe two{}"),
        ("{none}|{none:lower}|{none:t}", "||"),
        ("{n:t}", "uno"),
        ("", ""),
    ],
)
def test_a_template_is_filled(source: str, filled: str) -> None:
    match = regex.fullmatch(
        r"(?P<a>oNe two) (?P<n>1)(?P<none>x)?(?P<up>XYZ)?", "oNe two 1" + "XYZ" * ("up" in source)
    )
    assert match
    assert Template(source, {"t": {"1": "uno"}}).fill(match) == filled


def test_a_table_is_asked_without_regard_to_case_and_may_have_no_answer() -> None:
    match = regex.fullmatch("(?P<a>.*)", "STRASSE")
    assert match
    assert Template("{a:t}", {"t": {"straße": "road"}}).fill(match) == "road"
    with pytest.raises(LookupError):
        Template("{a:t}", {"t": {}}).fill(match)
    with pytest.raises(LookupError):
        Template("{b}", {}).fill(match)


@pytest.mark.parametrize("source", ["{", "}", "a{b", "{a:}", "{a b}", "{}", "{a:nothing}"])
def test_a_template_that_cannot_be_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"stray|unknown form"):
        Template(source, {"t": {}})


# Loading

FILE = """category = "typography"

[[rule]]
id = "{id}"
name = "n"
summary = "s"
why = "w"
{what}
applicability = "{applicability}"
{more}
[[rule.examples]]
bad = "x"
good = "y"
[[rule.near-misses]]
text = "z"
"""


def loaded(
    folder: Path,
    *,
    id: str = "SITE001",
    what: str = "pattern = 'x'\nfix = 'y'",
    applicability: str = "review",
    more: str = "",
) -> Card:
    path = folder / "r.toml"
    path.write_text(FILE.format(id=id, what=what, applicability=applicability, more=more), "utf-8")
    (made,) = load_file(path)
    return made


def problem(folder: Path, **fields: str) -> RuleError:
    with pytest.raises(RuleError) as caught:
        loaded(folder, **fields)  # type: ignore[arg-type]
    return caught.value


def test_a_card_is_read_as_it_stands(tmp_path: Path) -> None:
    made = loaded(tmp_path, more="confidence = 0.7")
    assert (made.id, made.category, made.pattern, made.fix, made.confidence) == (
        "SITE001",
        "typography",
        "x",
        "y",
        0.7,
    )
    assert made.origin == f"{tmp_path / 'r.toml'}:3"
    assert made.examples == (Example("x", "y"),)
    assert made.near_misses == (NearMiss("z"),)
    assert made.text == "s"
    assert msgspec.structs.replace(made, message="m").text == "m"
    assert load_file(tmp_path / "r.toml", shown="shown.toml")[0].origin == "shown.toml:3"


def test_the_letters_of_an_id_say_the_category_before_the_file_does(tmp_path: Path) -> None:
    assert loaded(tmp_path, id="EN901").category == "encoding"
    assert loaded(tmp_path, id="EN901", more='category = "boilerplate"').category == "boilerplate"
    assert CATEGORIES["MT"] == "translation"


def test_slots_are_filled_in_patterns_supersets_and_exceptions(tmp_path: Path) -> None:
    made = loaded(
        tmp_path, what="pattern = '{agency} x'\nsuperset = '{agency}'\nunless = ['{agency}y']\nfix = 'y'"
    )
    slot = lexicon.slot("agency")
    assert (made.pattern, made.superset, made.unless) == (f"{slot} x", slot, (f"{slot}y",))
    assert "uses a slot that does not exist" in str(
        problem(tmp_path, what="pattern = 'x'\nunless = ['{agencyy}']\nfix = ''")
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "A1"}, "no usable id"),
        ({"id": "SITE12345"}, "no usable id"),
        ({"what": "pattern = 'x'\ncheck = 'y'\nfix = ''"}, "either a `pattern` or a `check`"),
        ({"what": "fix = ''"}, "either a `pattern` or a `check`"),
        ({"applicability": "display"}, "offers a fix"),
        ({"what": "pattern = 'x'\ndelete = true", "applicability": "display"}, "offers a fix"),
        ({"what": "pattern = 'x'\nfixes = ['y']", "applicability": "display"}, "offers a fix"),
        ({"what": "pattern = 'x'"}, "offers no fix"),
        ({"what": "pattern = 'x'\nfixes = ['y']"}, "offers no fix"),
        ({"more": "nothing = 1"}, "has the unknown key `nothing`"),
        ({"more": "ignore-cas = true"}, "Did you mean `ignore-case`"),
        ({"more": 'confidence = "x"'}, "(at `confidence`)"),
    ],
)
def test_what_a_card_must_not_be(tmp_path: Path, fields: dict[str, str], message: str) -> None:
    error = problem(tmp_path, **fields)
    assert message in str(error)
    assert error.line == 3
    assert error.path == str(tmp_path / "r.toml")
    assert str(error).startswith(f"{error.path}:{error.line}: {error.problem}")


def test_a_display_rule_and_one_with_a_check_need_no_fix(tmp_path: Path) -> None:
    assert loaded(tmp_path, what="pattern = 'x'", applicability="display").fix is None
    assert loaded(tmp_path, what="check = 'boilerplate'").pattern is None
    assert loaded(tmp_path, what="pattern = 'x'\ndelete = true").delete


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"a = 1\nb = \n", 2, "is not TOML"),
        (b"x = 1\n", 1, 'unknown key "x"'),
        (b'category = "typography"\n\nodd = 1\n', 3, 'unknown key "odd"'),
        (b"rule = 3\n", 1, "must be a list of tables"),
        (b"\n[rule]\nid = 3\n", 2, "must be a list of tables"),
        (b"rule = [3]\n", 1, "must be a list of tables"),
        (b"\ncategory = 7\n", 2, "`category` must be a word"),
        (b"a = '\n\xff'\n", 2, "is not UTF-8"),
        (b"x = " + b"[" * 5000, 1, "nested too deeply"),
    ],
)
def test_a_broken_file_says_its_line(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    path = tmp_path / "r.toml"
    path.write_bytes(content)
    with pytest.raises(RuleError, match=message) as caught:
        load_file(path)
    assert caught.value.line == line


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"none\.toml: cannot be read: No such file"):
        load_file(tmp_path / "none.toml")


def test_a_file_without_rules_holds_none(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text('category = "typography"\n')
    assert load_file(path) == ()
    assert load([path]) == shipped()
    assert list(shipped()) == sorted(shipped(), key=lambda c: c.id)


def test_two_rules_of_one_file_know_their_own_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    one = FILE.format(id="SITE001", what="pattern = 'x'\nfix = 'y'", applicability="review", more="")
    two = one.split("\n", 2)[2].replace("SITE001", "SITE002")
    path.write_text(one + two, "utf-8")
    made = load_file(path)
    assert [c.origin.rsplit(":", 1)[1] for c in made] == ["3", str(3 + one.count("\n") - 2)]
    path.write_text(one + two.replace("SITE002", "SITE001"), "utf-8")
    with pytest.raises(RuleError, match=r'rule id "SITE001" is taken by .*r\.toml:3\.') as caught:
        load([path])
    assert caught.value.line == 3 + one.count("\n") - 2


def test_advice_stands_below_the_message_indented() -> None:
    assert (
        str(RuleError("a.toml", 3, "is wrong.", "Do this.\nAnd that."))
        == "a.toml:3: is wrong.\n    Do this.\n    And that."
    )
    assert str(RuleError("a.toml", 3, "is wrong.")) == "a.toml:3: is wrong."


# Authoring


def test_ids_count_on_within_their_letters() -> None:
    cards = [card(id="SITE007"), card(id="SITE012"), card(id="SITEX099")]
    assert next_id("SITE", cards) == "SITE013"
    assert next_id("NEW", cards) == "NEW001"
    assert next_id("AB", []) == "AB001"
    for wrong in ("A", "ABCDEFGHIJKLM", "Ab", "A1"):
        with pytest.raises(ValueError, match="two to twelve capitals"):
            next_id(wrong, [])
    with pytest.raises(ValueError, match="a name is lower-case"):
        scaffold("AB", "-x", "typography", [])
    assert 'id = "AB001"\nname = "x-1"' in scaffold("AB", "x-1", "typography", [])


def test_the_schema_asks_for_examples_and_near_misses_and_forbids_what_the_loader_sets() -> None:
    made = schema()
    parts = made["$defs"]["Card"]
    assert {"examples", "near-misses", "id"} <= set(parts["required"])
    assert "origin" not in parts["properties"]
    assert made["additionalProperties"] is False
    assert parts["oneOf"] == [{"required": ["pattern"]}, {"required": ["check"]}]
    assert made["properties"]["category"] == {"enum": list(CATEGORIES.values())}


def test_cards_are_frozen_and_begin_with_nothing_switched_on() -> None:
    made = Card(id="a", name="b", summary="c", why="d", applicability=Applicability.REVIEW)
    assert not (made.ignore_case or made.keep_case or made.delete or made.leans_on_garble)
    assert (made.scope, made.position, made.status) == ("text", "any", "stable")
    for value, field in ((made, "id"), (Example("a"), "bad"), (NearMiss("a"), "text"), (Record(), "harmed")):
        with pytest.raises(AttributeError):
            setattr(value, field, "x")
    for wrong in ({"bad": "a", "odd": 1}, {"odd": 1}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, Example)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"text": "a", "odd": 1}, NearMiss)


def test_rules_written_in_one_array_are_named_by_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "inline.toml"
    path.write_text('rule = [{id = "TY901"}, {id = "TY902"}]\n', "utf-8")
    with pytest.raises(RuleError) as caught:
        load_file(path)
    assert caught.value.line == 1


def test_a_rule_that_quotes_the_head_of_a_rule_is_read(tmp_path: Path) -> None:
    path = tmp_path / "quoted.toml"
    path.write_text(
        'category = "typography"\n\n[[rule]]\nid = "ZZ901"\nname = "quoted"\nsummary = "s"\nwhy = """\nA card begins with\n[[rule]]\n"""\n'
        'applicability = "display"\npattern = "zz"\n[[rule.examples]]\nbad = "zz"\n[[rule.near-misses]]\ntext = "z"\n',
        "utf-8",
    )
    (made,) = load_file(path)
    assert made.origin == f"{path}:3"
