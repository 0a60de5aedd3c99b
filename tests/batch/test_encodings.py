"""Files that are not UTF-8: told by their mark or by --encoding, kept in what they are in, put back byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.batch.streams import Stream, encoded, encoding_named

Run = Callable[..., Any]
"""How the fixture of the command line is called."""

BAD = "The café: it rains, Reuters he reported.\r\n"
GOOD = "The café: it rains, Reuters reported.\r\n"
CASES = [("utf-16-le", "\ufeff", []), ("utf-16-be", "\ufeff", []), ("utf-32-le", "\ufeff", [])]
CASES += [("windows-1252", "", ["--encoding", "windows-1252"]), ("utf-16-le", "", ["--encoding", "utf-16"])]


@pytest.mark.parametrize(("encoding", "mark", "words"), CASES)
@pytest.mark.parametrize("form", ["a.txt", "a.csv", "a.jsonl", "a.json"])
def test_a_file_keeps_its_encoding_and_comes_back_byte_for_byte(
    tmp_path: Path, cleantext: Run, form: str, encoding: str, mark: str, words: list[str]
) -> None:
    def written(text: str) -> bytes:
        record = json.dumps({"text": text}, ensure_ascii=False)
        whole = {
            "a.txt": text,
            "a.csv": f'id,text\r\n1,"{text}"\r\n',
            "a.jsonl": record + "\n" + record + "\n",
            "a.json": f"[{record}]",
        }[form]
        return (mark + whole).encode(encoding)

    path = tmp_path / form
    path.write_bytes(written(BAD))
    done = cleantext("check", form, *words, "--format", "jsonl")
    assert done.returncode == 1, done.stdout
    assert json.loads(done.stdout.splitlines()[0])["start"] == BAD.index("Reuters")
    assert cleantext("fix", form, *words).returncode == 0
    assert path.read_bytes() == written(GOOD)
    assert cleantext("undo", form).returncode == 0
    assert path.read_bytes() == written(BAD)
    if form != "a.jsonl":  # which becomes records with what was done
        assert cleantext("fix", form, *words, "--output", "out" + path.suffix).returncode == 0
        assert (tmp_path / ("out" + path.suffix)).read_bytes() == written(GOOD)


@given(
    text=st.text(max_size=50), encoding=st.sampled_from(["utf-16-le", "utf-32-be", "gb18030", "windows-1252"])
)
def test_a_stream_gives_utf_8_and_packs_it_again(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str
) -> None:
    text = text.encode(encoding, "ignore").decode(encoding).removeprefix("\ufeff")
    path = tmp_path_factory.mktemp("stream") / "a"
    path.write_bytes(text.encode(encoding))
    stream = Stream(str(path), encoding)
    data = stream.lines.read()
    stream.close()
    if stream.encoding == encoding:
        assert data == text.encode()
        assert encoded(data, encoding) == path.read_bytes()


def test_what_an_encoding_does_not_have_is_not_written(tmp_path: Path, cleantext: Run) -> None:
    rules = tmp_path / "more.toml"
    rules.write_text(
        """
category = "typography"
[[rule]]
id = "ZY002"
name = "arrow"
summary = "An arrow in letters"
why = "made for tests"
pattern = '->'
fix = '→'
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = 'a -> b'
good = 'a → b'
[[rule.near-misses]]
text = 'a - b'
"""
    )
    data = "Café -> home, and on.\n".encode("windows-1252")
    (tmp_path / "a.txt").write_bytes(data)
    done = cleantext("fix", "a.txt", "--encoding", "cp1252", "--rules", rules, "--select", "ZY")
    assert done.returncode == 2
    assert 'the fix writes "→", which cp1252 does not have' in done.stderr.decode()
    assert (tmp_path / "a.txt").read_bytes() == data


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("text", ["The cafe is shut. " * 9, "The café is shut. " * 9])
def test_utf_16_without_its_mark_is_named(order: str, text: str, tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(f"utf-16-{order}"))
    done = cleantext("check", "a.txt")
    assert f"--encoding utf-16-{order} says that it is".encode() in done.stderr
    assert cleantext("check", "a.txt", "--encoding", f"utf-16-{order}").returncode == 0


def test_the_wrong_encoding_is_said_with_the_option_that_helps(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.txt").write_bytes("café".encode("latin-1"))
    done = cleantext("check", "a.txt")
    assert b"a.txt:1: not UTF-8: byte 0xe9 at offset 3; --encoding says what it is in" in done.stderr
    (tmp_path / "b.csv").write_bytes("\ufeffid,text\n1,a".encode("utf-16-le") + b"x")
    done = cleantext("check", "b.csv")
    assert b"b.csv: not utf-16-le" in done.stderr
    done = cleantext("check", "a.txt", "--encoding", "klingon")
    assert (done.returncode, b'"klingon" is no encoding of text' in done.stderr) == (2, True)


def test_names_of_encodings_are_pythons() -> None:
    assert [encoding_named(name) for name in ("utf8", "UTF-8-SIG", "ascii")] == [None, None, None]
    assert encoding_named("UTF-16") == "utf-16-le"
    for none in ("base64", "rot13", "nothing"):
        with pytest.raises(ValueError, match="is no encoding of text"):
            encoding_named(none)
