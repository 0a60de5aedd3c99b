"""A real server: llama.cpp's, with a toy model made here. What it says is noise, and none of it may reach a text."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleantext import Cleaner
from cleantext.configuration import Configuration, Editor
from cleantext.editor.answering import answering

pytestmark = pytest.mark.model
for _package in ("openai", "xllamacpp", "gguf"):
    pytest.importorskip(_package, reason=f"{_package} is not installed: uv sync --group model --extra editor")

TEXT = (
    "The council bought house on the hill.\n"
    "Anna Kowalsky paid 900 M$ for it in 2011, said the deputy mayor.\n"
    "The neighbours do not want the road through the park.\n"
)


def _started(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.Popen[str], str]:
    """Start llama.cpp's server with the toy model; give the process and its address."""
    from tests.editor import toymodel

    path = tmp_path_factory.mktemp("model") / "toy.gguf"
    toymodel.write(path)
    process = subprocess.Popen(
        [sys.executable, toymodel.__file__, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    if not address:
        process.kill()
        pytest.skip("llama.cpp's server did not start with the toy model")
    return process, address


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process, address = _started(tmp_path_factory)
    try:
        yield f"{address}/v1"
    finally:
        process.kill()
        process.wait()


def test_a_real_server_that_dies_in_the_middle_costs_its_passages_alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    process, address = _started(tmp_path_factory)
    place = str(tmp_path_factory.mktemp("cache") / "replies.sqlite")

    def cleaner() -> Cleaner:
        editor = Editor(
            enabled=True,
            server=f"{address}/v1",
            model="toy",
            which="all",
            unit="line",
            timeout=30,
            cache=place,
        )
        return Cleaner(Configuration(editor=editor))

    try:
        first = cleaner().check(TEXT)
    finally:
        process.kill()
        process.wait()
    answering.cache_clear()
    more = "The council met on the the hill.\n"
    after = cleaner().check(TEXT + more)
    assert not any("cannot be reached" in line for line in first.trouble)
    assert len(after.trouble) == 1
    assert "cannot be reached" in after.trouble[0]
    assert [f for f in after.findings if f.category != "editor"], "the rules' findings stand"
    assert after.fixed(apply="review").startswith(TEXT)


def test_noise_of_a_real_model_is_refused_and_the_text_stays(server: str, tmp_path: Path) -> None:
    record = tmp_path / "record.jsonl"
    config = Configuration(
        editor=Editor(
            enabled=True,
            server=server,
            model="toy",
            which="all",
            unit="line",
            timeout=60,
            cache="off",
            record=str(record),
        )
    )
    report = Cleaner(config).check(TEXT)
    assert report.editing is not None
    heard = record.read_text("utf-8").splitlines() if record.exists() else []
    assert report.editing.asked == len(heard)
    assert len(heard) + sum("reply" in line for line in report.trouble) >= 1
    assert not any("cannot be reached" in line or "HTTP" in line for line in report.trouble)
    assert report.editing.proposed == 0
    assert report.fixed(apply="review") == Cleaner(Configuration()).check(TEXT).fixed(apply="review")
    for line in heard:
        assert json.loads(line)["sentence"] in TEXT


def test_a_real_server_takes_the_strictest_form_of_a_request(server: str) -> None:
    from cleantext.editor.answers import Request
    from cleantext.editor.client import Client, FailedError
    from cleantext.editor.passages import Passage
    from cleantext.editor.prompt import messages

    client = Client(Editor(server=server, model="toy", timeout=60))
    told = messages(Request(Passage(0, 5, "Hello there.", "", "")))
    try:
        reply = client.ask(told, most_tokens=64)
    except FailedError as error:
        # A schema holds the noise to one string, which seldom ends before the limit of tokens does.
        assert "cut off" in str(error)
    else:
        assert "corrected" in json.loads(reply.text)
        assert reply.tokens_in > 0
    finally:
        client.close()
    assert client._form == 0
