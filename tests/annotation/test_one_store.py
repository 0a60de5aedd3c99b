"""The same findings, decided in the queue, in the article view, at the prompt, in an editor, in Label Studio and by a script: one store, one text."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleantext.annotation import labelstudio, spans
from cleantext.annotation.answers import take
from cleantext.annotation.exported import tasks
from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.review import events, exchange, queue
from cleantext.review.queue import Filters
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.terminal import ask
from tests.annotation.annotators import in_json_lines, in_label_studio

PLACES = ("Ávila", "Bergen 😀", "Çorum", "Den Haag", "Évora", "Fez", "Ghent", "Haifa שלום", "Izmir", "Jena")
ENDS = ("\n\n", "\r\n\r\n")


def corpus(folder: Path, findings: int) -> Path:
    folder.mkdir()
    for number in range(findings // 10):
        end = ENDS[number % 2]
        rows = [
            f"Delegates of group {number} from {place}  stayed in hall {row}, Reuters he reported on day {row + number}."
            for row, place in enumerate(PLACES)
        ]
        (folder / f"{number:02}.txt").write_bytes(end.join(rows).encode())
    return folder


def opened(folder: Path) -> tuple[Store, Session]:
    store = Store(folder / ".cleantext" / "review.db")
    cleaner = Cleaner()
    seen = scan(store, cleaner, read([str(folder)]), on_failure=lambda failure: pytest.fail(str(failure)))
    return store, Session(store, cleaner, who="ann@desk.example", scan=seen.number)


def verdict(key: str) -> str:
    return "accept" if int(key[8:], 16) % 3 else "reject"


def by_queue(folder: Path) -> None:
    store, session = opened(folder)
    with store:
        while item := queue.following(store, Filters(scan=session.scan)):
            session.decide(item, verdict(item.finding.fingerprint))  # type: ignore[arg-type]


def in_the_article_view(folder: Path) -> None:
    """Through the addresses that the page's script speaks to, article by article, mark by mark."""
    from starlette.testclient import TestClient

    from cleantext.review.web.pages import make_app

    store, session = opened(folder)
    with store:
        app = make_app(session, token="t", port=8765)
        with TestClient(app, base_url="http://127.0.0.1:8765") as client:
            assert client.get("/?token=t").status_code == 200
            headers = {"origin": "http://127.0.0.1:8765", "accept": "application/json"}
            while (page := client.get("/articles/next")).url.path != "/articles":
                table = re.search(r'data-marks="([^"]*)"', page.text)
                assert table is not None
                for row in table.group(1).split(";"):
                    finding, seen, _, waits, _ = row.split(",")
                    if not waits:
                        continue
                    item = store.find(int(finding))
                    assert item is not None
                    form = {"finding": finding, "seen": seen, "verdict": verdict(item.finding.fingerprint)}
                    answer = client.post(page.url.path, data=form, headers=headers)
                    assert answer.status_code == 200, answer.text
                    assert answer.json()["problem"] == ""


def at_the_prompt(folder: Path) -> None:
    store, session = opened(folder)
    with store:
        waiting = store.items("f.applicability != 'safe'")
        keys = iter("".join(verdict(item.finding.fingerprint)[0] for item in waiting))
        ask(session, colour=False, key=lambda: next(keys, "q"), line=lambda _: "", out=io.StringIO())


def in_an_editor(folder: Path) -> None:
    pytest.importorskip("pygls", reason="needs the extra `lsp`")
    from lsprotocol import types

    from tests.lsp.editing import editor

    async def scene() -> None:
        async with editor(folder, "--who", "ann@desk.example") as one:
            for path in sorted(folder.glob("*.txt")):
                uri = one.open(path)
                for shown in await one.diagnostics(uri):
                    assert isinstance(shown.data, dict)
                    if "(safe," in shown.message:
                        continue
                    key = shown.data["fingerprint"]
                    asked = types.ExecuteCommandParams(f"cleantext.{verdict(key)}", [uri, key])
                    assert await one.client.workspace_execute_command_async(asked) is True

    asyncio.run(asyncio.wait_for(scene(), 500))


def in_label_studios_export(folder: Path) -> None:
    store, session = opened(folder)
    with store:
        found = list(tasks(store, Filters(scan=session.scan)))
        data = in_label_studio(found, lambda key: (verdict(key), None))
        taken = take(session, labelstudio.read(data, "export.json"))
        assert taken.lost == ()
        again = take(session, labelstudio.read(data, "export.json"))
        assert (again.new, again.known) == (0, taken.new)


def by_a_script(folder: Path) -> None:
    store, session = opened(folder)
    with store:
        found = list(tasks(store, Filters(scan=session.scan)))
        data = in_json_lines(found, lambda key: (verdict(key), None), unit="utf-16")
        assert take(session, spans.read(data, "spans.jsonl")).lost == ()


WAYS: tuple[Callable[[Path], None], ...] = (
    by_queue,
    in_the_article_view,
    at_the_prompt,
    in_an_editor,
    in_label_studios_export,
    by_a_script,
)


def standing(folder: Path) -> list[tuple[object, ...]]:
    """What stands in the store but for its names and times; who said it is among it."""
    held = events.standing(exchange.read_all(folder / ".cleantext" / "review.db"))
    told = [
        (e.document, e.key, e.verdict, e.who, e.scope, e.rule, e.version, e.group, e.match, e.before, e.after, e.proposal, e.replaced, e.replacement)
        for e in held
    ]  # fmt: skip
    return sorted(told, key=repr)


@pytest.mark.parametrize("findings", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_every_way_leaves_one_store_and_one_text(tmp_path: Path, findings: int) -> None:
    source = corpus(tmp_path / "source", findings)
    stores, texts = [], []
    for way in WAYS:
        folder = tmp_path / way.__name__ / "corpus"
        shutil.copytree(source, folder)
        way(folder)
        stores.append(standing(folder))
        done = subprocess.run(
            [sys.executable, "-m", "cleantext", "fix", "."],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        texts.append({path.name: path.read_bytes() for path in sorted(folder.glob("*.txt"))})
    assert len(stores[0]) >= findings
    assert {row[2] for row in stores[0]} == {"accept", "reject"}
    for way, held, text in zip(WAYS, stores, texts, strict=True):
        assert held == stores[0], way.__name__
        assert text == texts[0], way.__name__
    changed = b"".join(texts[0].values())
    assert changed.count(b"Reuters reported") > findings // 3
    assert changed.count(b"Reuters he reported") > findings // 6


def test_own_words_are_the_same_from_the_queue_and_from_label_studio(tmp_path: Path) -> None:
    source = corpus(tmp_path / "source", 20)
    words = "the agency\r\nreported"

    def mine(key: str) -> tuple[str, str | None]:
        return ("edit", words) if int(key[8:], 16) % 2 else ("accept", None)

    def decide(folder: Path) -> None:
        store, session = opened(folder)
        with store:
            while item := queue.following(store, Filters(scan=session.scan)):
                said, own = mine(item.finding.fingerprint)
                session.decide(item, said, replacement=own)  # type: ignore[arg-type]

    def answer(folder: Path) -> None:
        store, session = opened(folder)
        with store:
            found = list(tasks(store, Filters(scan=session.scan)))

            def annotated(key: str) -> tuple[str | None, str | None]:
                said, own = mine(key)
                return (None if said == "edit" else said), own

            assert (
                take(session, labelstudio.read(in_label_studio(found, annotated), "export.json")).lost == ()
            )

    held = []
    for number, way in enumerate((decide, answer)):
        folder = tmp_path / str(number) / "corpus"
        shutil.copytree(source, folder)
        way(folder)
        held.append(standing(folder))
    assert held[0] == held[1]
    assert {row[2] for row in held[0]} == {"accept", "edit"}


def test_the_latest_of_two_answers_stands_wherever_it_was_made(tmp_path: Path) -> None:
    store, session = opened(corpus(tmp_path / "corpus", 10))
    with store:
        found = list(tasks(store, Filters(scan=session.scan)))
        item = queue.following(store, Filters(scan=session.scan))
        assert item is not None
        session.decide(item, "accept")
        key = item.finding.fingerprint
        for when, left in (("2001-01-01T00:00:00Z", "accepted"), ("2999-01-01T00:00:00Z", "rejected")):
            data = in_label_studio(found, lambda k: ("reject" if k == key else None, None), when=when)
            assert take(session, labelstudio.read(data, "export.json")).new == 1
            now = store.find(item.id)
            assert now is not None
            assert now.state == left
        # What claims to come from the future holds as of now, and may be decided otherwise.
        session.decide(item, "accept")
        again = store.find(item.id)
        assert again is not None
        assert again.state == "accepted"
        assert max(event.when for event in store.events()) < "2900"


def test_what_has_no_place_is_said_and_the_rest_is_taken(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus", 20)
    store, session = opened(folder)
    with store:
        found = list(tasks(store, Filters(scan=session.scan)))
        data = in_label_studio(found, lambda _: ("accept", None))
        data = data.replace(b'"path:01.txt"', b'"path:gone.txt"')
        taken = take(session, labelstudio.read(data, "export.json"))
        assert taken.new == len(found[0].proposals)
        assert len(taken.lost) == len(found[1].proposals)
        assert "no such article here" in taken.lost[0]
        moved = in_label_studio(found[:1], lambda _: ("reject", None)).replace(b"Delegates", b"xDelegates")
        assert all("other words" in row for row in take(session, labelstudio.read(moved, "export.json")).lost)
