"""Out and back: no span moves, whatever a tool counts in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.annotation import labelstudio, spans
from cleantext.annotation.exported import Proposal, Task
from cleantext.article import Article
from cleantext.offsets import UNITS, Offsets
from tests.annotation.annotators import in_json_lines, in_label_studio, utf16

PIECES = [
    "a", "word", " ", "  ", "\n", "\r\n", "\r", "\t", "é", "e\u0301", "😀", "👩‍👩‍👧", "🇩🇪", "\u2028", "\u00a0", "שלום", "مرحبا",
    "\u200f", "中文", "\ufeff", "\x00", "'", '"', "<b>", "&amp;",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)


@st.composite
def tasks(draw: st.DrawFn) -> list[Task]:
    made = []
    for number, text in enumerate(draw(st.lists(TEXTS, min_size=1, max_size=3))):
        cuts = draw(
            st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), min_size=1, max_size=5)
        )
        proposals = tuple(
            Proposal(
                key=f"{number:08x}{place:08x}", rule="MT021", name="a-rule", category="translation",
                start=min(cut), end=max(cut), text=text[min(cut) : max(cut)], message="<wrong>", confidence=0.9,
                applicability="review", replaces=text[min(cut) : max(cut)], replacement=draw(st.sampled_from(["", "x", " 😀"])), state="open",
            )
            for place, cut in enumerate(cuts)
        )  # fmt: skip
        made.append(Task(f"path:{number}.txt", f"{number}.txt", None, Article(text=text), proposals))
    return made


def placed(found: list[Task]) -> list[tuple[str, str, int, int, str]]:
    return [
        (task.document, one.key, one.start, one.end, one.text) for task in found for one in task.proposals
    ]


@given(text=TEXTS, unit=st.sampled_from(sorted(UNITS)))
def test_every_place_comes_back_and_none_lies_within_a_code_point(text: str, unit: str) -> None:
    places = Offsets(text, unit)
    units = [places.of(offset) for offset in range(len(text) + 1)]
    assert [places.code_point(one) for one in units] == list(range(len(text) + 1))
    assert units[-1] == places.length
    if unit == "utf-16":
        assert units == [utf16(text, offset) for offset in range(len(text) + 1)]
    assert all(places.code_point(one) is None for one in range(units[-1]) if one not in units)
    assert places.code_point(units[-1] + 1) is None


@given(found=tasks())
def test_no_span_moves_through_label_studio(found: list[Task]) -> None:
    back = list(labelstudio.read(in_label_studio(found, lambda _: ("accept", None)), "export.json"))
    assert [(g.document, g.key, g.start, g.end, g.text) for g in back] == placed(found)
    assert {g.verdict for g in back} == {"accept"}
    assert {g.who for g in back} == {"ann@desk.example"}


@given(found=tasks())
def test_no_span_moves_through_an_old_label_studio(found: list[Task]) -> None:
    """Where the words alone do not say which unit it was (they may fit by chance in both), the user can."""
    data = in_label_studio(found, lambda _: ("reject", None), old=True)
    back = list(labelstudio.read(data, "export.json", unit="utf-16"))
    assert [(g.document, g.key, g.start, g.end, g.text) for g in back] == placed(found)
    if not any(one in task.article.text for task in found for one in ("😀", "👩", "🇩")):
        assert list(labelstudio.read(data, "export.json")) == back


def test_units_of_an_old_export_are_told_by_the_words() -> None:
    text = "😀😀 a cat sat"
    one = Proposal("k", "MT021", "a-rule", "translation", 5, 8, "cat", "m", 0.9, "review", None, None, "open")
    task = Task("path:a.txt", "a.txt", None, Article(text=text), (one,))
    for old in (False, True):
        [back] = labelstudio.read(in_label_studio([task], lambda _: ("accept", None), old=old), "export.json")
        assert (back.start, back.end, back.text) == (5, 8, "cat")


@pytest.mark.parametrize("unit", ["code-points", "utf-16", "utf-8"])
@given(found=tasks())
def test_no_span_moves_through_json_lines(unit: spans.Unit, found: list[Task]) -> None:
    back = list(spans.read(in_json_lines(found, lambda _: ("accept", None), unit=unit), "spans.jsonl"))
    assert [(g.document, g.key, g.start, g.end, g.text) for g in back] == placed(found)


@given(found=tasks())
def test_spans_hold_their_words_for_whoever_reads_them(found: list[Task]) -> None:
    for raw in spans.lines(found, "utf-8"):
        record = json.loads(raw)
        data = record["text"].encode()
        assert [data[s["start"] : s["end"]].decode() for s in record["spans"]] == [
            s["text"] for s in record["spans"]
        ]
    for raw in spans.lines(found):
        record = json.loads(raw)
        assert [record["text"][s["start"] : s["end"]] for s in record["spans"]] == [
            s["text"] for s in record["spans"]
        ]


@given(found=tasks())
def test_what_nobody_answered_is_no_answer(found: list[Task]) -> None:
    assert list(spans.read(in_json_lines(found, lambda _: (None, None)), "spans.jsonl")) == []
    back = labelstudio.read(in_label_studio(found, lambda _: (None, None)), "export.json")
    assert [given.verdict for given in back if given.verdict is not None] == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON"),
        (b"{}", "no list of tasks"),
        (b'[{"text": "a", "label": []}]', 'not "JSON-MIN"'),
        (b'[{"data": {"text": "a", "document": "d"}, "annotations": [{"result": [{}]}]}]', "cannot be read"),
        (b'[{"data": {"text": "a", "document": "d"}, "annotations": [{"result": 5}]}]', "cannot be read"),
        (
            b'[{"data": {"text": "a", "document": "d"}, "annotations": [{"result": [{"id": "k", "from_name": "finding", "value": {"start": 0, "end": 9, "labels": ["MT021 a"]}},'
            b'{"id": "k", "from_name": "verdict", "value": {"choices": ["accept"]}}]}]}]',
            "0:9 is no span",
        ),
    ],
)
def test_another_file_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(spans.ReadError, match=r"export\.json") as refused:
        list(labelstudio.read(data, "export.json"))
    assert said in str(refused.value)


@pytest.mark.parametrize("data", [b"{", b"5", b'{"text": "a"}', b'{"text": "a", "document": "d", "spans": [{"start": 0, "end": 9, "verdict": "accept"}]}',
                                  b'{"text": "a", "document": "d", "spans": [{"start": 0, "end": 1, "verdict": "yes"}]}', b'{"text": "a", "document": "d", "unit": "words", "spans": []}'])  # fmt: skip
def test_a_line_that_holds_no_answers_is_named(data: bytes) -> None:
    with pytest.raises(spans.ReadError, match=r"spans\.jsonl:2: "):
        list(spans.read(b"\n" + data, "spans.jsonl"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 50) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["data", "text", "document", "annotations", "result", "id", "from_name", "value", "start", "end", "labels",
             "choices", "spans", "verdict", "unit", "words", "by", "at", "completed_by", "was_cancelled"]
        ),
        inner | st.sampled_from(["finding", "verdict", "words", "accept", "code-points", "2021-03-09T22:16:08Z"]),
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip


@given(value=JSON)
def test_whatever_a_file_holds_it_is_read_or_refused(value: object) -> None:
    for data in (json.dumps(value), json.dumps([value]), json.dumps([{"data": {"text": "a b", "document": "d"}, "annotations": value}]),
                 json.dumps([{"data": {"text": "a b", "document": "d"}, "annotations": [{"result": value}]}])):  # fmt: skip
        for read in (labelstudio.read, spans.read):
            try:
                list(read(data.encode(), "given"))
            except spans.ReadError as refused:
                assert str(refused).startswith("given:")


@given(data=st.binary(max_size=60))
def test_bytes_that_are_nothing_are_refused(data: bytes) -> None:
    for read in (labelstudio.read, spans.read):
        try:
            list(read(data, "given"))
        except spans.ReadError as refused:
            assert str(refused).startswith("given:")


@pytest.mark.parametrize(
    "when", ["", "yesterday", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2021-13-01"]
)
def test_a_time_that_is_none_is_now(when: str) -> None:
    from cleantext.annotation.answers import _stamp

    assert _stamp(when) == ""
