"""What a run reads, in which order, and what it says of what it cannot read."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import made
import pytest

from cleantext.batch.chunks import ARTICLES
from cleantext.batch.inputchunks import chunks
from cleantext.batch.inputs import Input, inputs
from cleantext.batch.reading import Failure, Fields, Source, read


def found(paths: list[str], **more: object) -> list[str]:
    return [item.name for item in inputs(paths, **more) if isinstance(item, Input)]  # type: ignore[arg-type]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a/x.txt", "a/b/y.md", "a/b.jsonl", "a/.hidden/z.txt", "a/picture.png", "c.jsonl.gz"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"{}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_directory_gives_every_article_below_it_in_the_order_of_names(tree: Path) -> None:
    assert found(["."]) == ["a/b/y.md", "a/b.jsonl", "a/x.txt", "c.jsonl.gz"]


def test_a_file_that_is_named_twice_is_read_once(tree: Path) -> None:
    assert found(["a/x.txt", "a", "./a/x.txt"]) == ["a/x.txt", "a/b/y.md", "a/b.jsonl"]


def test_a_pattern_in_quotes_is_a_glob(tree: Path) -> None:
    assert found(["**/*.txt"]) == ["a/x.txt"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("b", ["a/b.jsonl", "a/x.txt"]),
        ("*.jsonl", ["a/b/y.md", "a/x.txt"]),
        ("a/*.txt", ["a/b/y.md", "a/b.jsonl"]),
        ("a/**/*.md", ["a/b.jsonl", "a/x.txt"]),
        ("[xy].*", ["a/b.jsonl"]),
    ],
)
def test_patterns_exclude_what_a_gitignore_would(tree: Path, pattern: str, left: list[str]) -> None:
    assert found(["a"], exclude=[pattern]) == left


def test_a_file_that_the_user_names_is_excluded_only_by_force(tree: Path) -> None:
    assert found(["a/x.txt"], exclude=["*.txt"]) == ["a/x.txt"]
    assert found(["a/x.txt"], exclude=["*.txt"], force_exclude=True) == []


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("5", "a number"),
        ("0.5", "a number"),
        ("true", "true or false"),
        ("[]", "a list"),
        ("{}", "an object"),
    ],
)
def test_what_stands_for_a_text_is_named_in_english(tmp_path: Path, value: str, named: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"text": {value}}}\n')
    (failure,) = read([str(path)])
    assert isinstance(failure, Failure)
    assert failure.error == f'the record has {named} as "text"; --text-field names another'


def test_good_and_bad_lines_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"text": "one"}\nno json\n\n{"text": 5}\n{"title": "x"}\n[1]\n{"text": "\xff"}\n'
        b'{"text": "\\ud800 alone"}\n{"text": NaN}\r\n{"text": "last", "id": 7}'
    )
    items = list(read([str(path)]))
    assert [i.article.text for i in items if isinstance(i, Source)] == ["one", "\ud800 alone", "last"]
    assert [(i.line, i.error.split(":")[0]) for i in items if isinstance(i, Failure)] == [
        (2, "no JSON"),
        (4, 'the record has a number as "text"; --text-field names another'),
        (5, 'the record has no "text" (it has title); --text-field names another'),
        (6, "no JSON object"),
        (7, "not UTF-8"),
        (9, "no JSON"),
    ]
    assert isinstance(items[-1], Source)
    assert (items[-1].line, items[-1].article.id) == (10, "7")


def test_a_truncated_gzip_gives_the_articles_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(made.lines(500))[:-40])
    items = list(read([str(path)]))
    texts = [item for item in items if isinstance(item, Source)]
    assert len(texts) > 400
    assert texts[0].article.id == "a0"
    assert isinstance(items[-1], Failure)
    assert "the articles before it were read" in items[-1].error


def test_zstandard_frames_are_read_to_the_last_and_a_cut_is_noticed(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    frame = zstandard.ZstdCompressor().compress
    path = tmp_path / "two.jsonl.zst"
    path.write_bytes(frame(made.lines(3)) + frame(made.lines(4)))
    assert len(list(read([str(path)]))) == 7
    path.write_bytes(frame(made.lines(3)) + frame(made.lines(4))[:-9])
    assert "cut short" in next(item for item in read([str(path)]) if isinstance(item, Failure)).error


def test_rows_of_a_table_are_articles_and_dates_become_iso(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import datetime

    import pyarrow.parquet

    path = tmp_path / "t.parquet"
    table = pyarrow.table(
        {
            "body": [f"text {i}" for i in range(150)],
            "guid": list(range(150)),
            "date": [datetime.date(2015, 1, 2)] * 150,
        }
    )
    pyarrow.parquet.write_table(table, path, row_group_size=70)
    items = list(read([str(path)], fields=Fields("body", "guid")))
    assert len(items) == 150
    assert isinstance(items[149], Source)
    assert (items[149].article.id, items[149].article.date, items[149].line) == ("149", "2015-01-02", 150)


def test_a_table_without_the_column_says_which_it_has(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table({"headline": ["x"]}), tmp_path / "t.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    first, second = read([str(tmp_path / "t.parquet"), str(tmp_path / "broken.parquet")])
    assert isinstance(first, Failure)
    assert 'no column "text" (it has headline)' in first.error
    assert isinstance(second, Failure)
    assert second.error.startswith("no Parquet file")


def test_chunks_depend_on_the_input_alone_and_can_be_entered_anywhere(tmp_path: Path) -> None:
    from cleantext.batch.chunks import Place

    path = tmp_path / "m.jsonl"
    path.write_bytes(made.lines(5 * ARTICLES + 7))
    whole = list(chunks(inputs([str(path)])))
    assert [chunk.count for chunk in whole] == [ARTICLES] * 5 + [7]
    for number, chunk in enumerate(whole[:-1]):
        rest = list(chunks(inputs([str(path)]), place=Place.after(chunk)))
        assert [c.data for c in rest] == [c.data for c in whole[number + 1 :]]
        assert rest[0].first == chunk.first + chunk.count


def test_a_file_that_changes_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_bytes(made.lines(200))
    items = read([str(path)])
    next(items)
    with path.open("ab") as out:
        out.write(json.dumps({"text": "late"}).encode())
    os.utime(path, ns=(1, 1))
    assert any(isinstance(item, Failure) and "while it was read" in item.error for item in items)
