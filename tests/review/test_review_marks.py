"""An article with its marks: the text before and after is in them to the letter, and no two that rival are seen at once."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import combinations, pairwise
from typing import get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from cleantext import edits
from cleantext.finding import Applicability, Edit, Finding, Fix
from cleantext.review.database import STATES, Item
from cleantext.review.events import Event
from cleantext.review.marks import Mark, Token, applied, flow, marks, shown
from cleantext.review.web import inline

TEXTS = st.text(st.sampled_from("ab ,.\n\r\té\u202e<>&\"'"), max_size=60)


@st.composite
def fixes(draw: st.DrawFn, text: str) -> tuple[Fix, ...]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    made = [Edit(a, b, draw(st.text(st.sampled_from("xy \n<"), max_size=4))) for a, b in pairs]
    touching = any(a.end > b.start or (a.start, a.end) == (b.start, b.end) for a, b in pairwise(made))
    return () if touching or not made else (Fix(tuple(made)),)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Item]]:
    text = draw(TEXTS)
    items = []
    for number in range(draw(st.integers(0, 7))):
        found = draw(fixes(text))
        if found:
            start, end = found[0].start, found[0].end
        else:
            start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        tier = (
            draw(st.sampled_from([Applicability.SAFE, Applicability.REVIEW]))
            if found
            else Applicability.DISPLAY
        )
        finding = Finding(
            f"TST00{draw(st.integers(1, 3))}", "name", "typography", start, end, text[start:end], "message", tier,
            draw(st.sampled_from([0.5, 0.7, 0.9])), found, (), f"{number:016x}",
        )  # fmt: skip
        state = draw(st.sampled_from(STATES))
        items.append(
            Item(number + 1, 1, "path:a.txt", "a.txt", None, "g", state, number + 1, number, finding)
        )
    return text, items


def said(item: Item) -> Event:
    """Whoever edited wrote QQ; what is stale was rejected when it was."""
    verdict = "edit" if item.state == "edited" else "reject"
    return Event("u", "2026", "anna", verdict, "occurrence", "TST001", "v", "g", replacement="QQ")


def read(text: str, found: tuple[Mark, ...], made: frozenset[int]) -> str:
    """Read the flow as a page shows it where the marks numbered in ``made`` are made and all others are not."""
    out, gone = [], 0
    closing: list[int] = []
    for token in (t for run in flow(text, found) for t in run):
        number = token.mark.number if token.mark else 0
        if token.kind in ("del", "flag"):
            closing.append(token.kind == "del" and number in made)
            gone += closing[-1]
        elif token.kind == "end":
            gone -= closing.pop()
        elif not gone and (token.kind == "text" or (token.kind == "ins" and number in made)):
            out.append(token.text)
    return "".join(out)


@given(articles())
def test_the_text_before_is_the_article(case: tuple[str, list[Item]]) -> None:
    text, items = case
    assert read(text, marks(items, said), frozenset()) == text


@given(articles())
def test_the_text_after_is_what_the_edits_make(case: tuple[str, list[Item]]) -> None:
    text, items = case
    found = marks(items, said)
    for made in (applied(found), shown(found)):
        changes = [edit for mark in found if mark.number in made for edit in mark.edits]
        assert read(text, found, made) == edits.applied(text, changes)


@given(articles())
def test_what_is_made_is_what_fix_chooses(case: tuple[str, list[Item]]) -> None:
    text, items = case
    found = marks(items, said)
    wanted = {
        mark.number: msgspec.structs.replace(
            mark.item.finding, fixes=(Fix(mark.edits),), fingerprint=str(mark.number)
        )
        for mark in found
        if mark.wanted
    }
    own = [one for number, one in wanted.items() if found[number - 1].item.state == "edited"]
    chosen = edits.choose(wanted.values(), length=len(text), first=own).chosen
    assert applied(found) == {int(one.fingerprint) for one in chosen}


@given(articles(), st.integers(0, 7))
def test_no_two_rivals_are_seen_and_the_one_in_hand_always_is(
    case: tuple[str, list[Item]], current: int
) -> None:
    _, items = case
    found = marks(items, said)
    seen = shown(found, current)
    for one, other in combinations(found, 2):
        clash = any(edits.conflict(a, b) for a in one.edits for b in other.edits)
        assert (other.number in one.rivals) == clash == (one.number in other.rivals)
        assert not (clash and {one.number, other.number} <= seen)
    if 0 < current <= len(found) and found[current - 1].edits:
        assert current in seen
    assert applied(found) - {n for n in applied(found) if current in found[n - 1].rivals} <= seen


@given(articles())
def test_every_mark_begins_once_and_all_is_nested(case: tuple[str, list[Item]]) -> None:
    text, items = case
    found = marks(items, said)
    begun = []
    for run in flow(text, found):
        opened: list[Token] = []
        for token in run:
            if token.kind in ("open", "del", "flag"):
                opened.append(token)
                begun += [token.mark.number] if token.first and token.mark else []
            elif token.kind in ("close", "end"):
                last = opened.pop()
                assert (last.kind == "open") == (token.kind == "close")
        assert opened == []
    assert sorted(begun) == [mark.number for mark in found]


def test_runs_end_at_lines_and_no_change_goes_from_one_into_the_next() -> None:
    line = "A line that is long enough to be one of several in a run of its own. " * 3
    text = f"{line}\n\n{line}\n\n{line}\r\n\r\n{line}\n{line}\n\n"
    last = text.rindex(line)
    gone = Finding(
        "TST001",
        "n",
        "c",
        last - 1,
        last,
        "\n",
        "",
        Applicability.REVIEW,
        0.9,
        (Fix((Edit(last - 1, last, " "),)),),
    )
    item = Item(1, 1, "d", "d", None, "g", "open", 0, 0, gone)
    runs = ["".join(t.text for t in run if t.kind == "text") for run in flow(text, marks([item], said))]
    assert "".join(runs) == text
    assert len(runs) == 2
    assert all(run.endswith("\n") for run in runs)
    assert runs[1].count(line) == 3


class Read(HTMLParser):
    """Reads a run as a screen does: what is only for the eye or only for the ear aside."""

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.tags: set[str] = set()
        self._aside: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        classes = dict(attrs).get("class") or ""
        self._aside.append(bool({"said", "eol"} & set(classes.split())) or tag == "ins")

    def handle_endtag(self, tag: str) -> None:
        self._aside.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._aside):
            self.shown += data


@given(articles())
def test_a_run_holds_only_tags_of_its_own_and_the_text_to_the_letter(case: tuple[str, list[Item]]) -> None:
    text, items = case
    found = marks(items, said)
    page = Read()
    for run in flow(text, found):
        page.feed(
            str(inline.run(run, total=len(found), applied=applied(found), shown=shown(found), current=1))
        )
    page.close()
    assert page.tags <= {"span", "a", "del", "ins", "mark"}
    plain = text.replace("\r\n", "\n").replace("\t", "TAB").replace("\u202e", "U+202E")
    assert page.shown.replace("CR", "").replace("\n", "") == plain.replace("\r", "").replace("\n", "")
    assert "\u202e" not in page.shown


def test_every_standing_has_a_name() -> None:
    from cleantext.review.marks import Standing

    assert set(inline.STANDINGS) == set(get_args(Standing))
