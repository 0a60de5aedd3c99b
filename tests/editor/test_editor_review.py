"""The review page puts the edits of one passage together: all of them, some, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the extra [review] is not installed")

from starlette.testclient import TestClient

from cleantext import Cleaner
from cleantext.batch.reading import read
from cleantext.configuration import Configuration, Editor
from cleantext.editor.replay import Recorded, Replay
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.web.pages import make_app

TEXT = "The council bought house on the hill for the the guests, and it open in spring of 2014."
REPLY = "The council bought a house on the hill for the the guests, and it opens in spring of 2015."
PORT, TOKEN = 8765, "a-token-of-its-own"
OWN = {"origin": f"http://127.0.0.1:{PORT}"}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT + "\n", "utf-8")
    config = Configuration(editor=Editor(which="all", unit="line"))
    cleaner = Cleaner(config, answers=Replay({TEXT: Recorded(TEXT, REPLY)}))
    store = Store(folder / ".cleantext" / "review.db")
    seen = scan(store, cleaner, read([str(folder)]), on_failure=lambda f: pytest.fail(str(f)))
    yield Session(store, cleaner, who="anna", scan=seen.number)
    store.close()


@pytest.fixture
def client(session: Session) -> Iterator[TestClient]:
    app = make_app(session, token=TOKEN, port=PORT)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}") as client:
        assert client.get(f"/?token={TOKEN}").status_code == 200
        yield client


def offered(session: Session) -> dict[str, int]:
    return {i.finding.rule: i.id for i in session.store.items("f.category = 'editor'") if i.finding.fix}


def states(session: Session) -> dict[str, str]:
    return {i.finding.rule: i.state for i in session.store.items("f.category = 'editor'") if i.finding.fix}


def test_a_passage_shows_its_edits_and_what_was_refused_with_the_reason(
    client: TestClient, session: Session
) -> None:
    edits = offered(session)
    assert set(edits) == {"ED001", "ED005"}
    finding = client.get(f"/finding/{edits['ED001']}").text
    assert "the 2 edits of this passage together" in finding
    page = client.get(f"/passage/{edits['ED001']}").text
    assert "Refused by guards" in page
    assert "ED101" in page
    assert "2015" in page
    assert page.count('name="take"') == 2


def post(client: TestClient, session: Session, verdict: str, *take: int, seen: int = 0) -> int:
    edits = offered(session)
    data = {
        "verdict": verdict,
        "take": [str(number) for number in take],
        "seen": [f"{number}:{seen}" for number in edits.values()],
    }
    answer = client.post(f"/passage/{edits['ED001']}", data=data, headers=OWN, follow_redirects=False)
    return answer.status_code


def test_some_are_taken_and_the_others_rejected_and_one_undo_takes_all_back(
    client: TestClient, session: Session
) -> None:
    assert post(client, session, "chosen", offered(session)["ED005"]) == 303
    assert states(session) == {"ED001": "rejected", "ED005": "accepted"}
    session.undo()
    assert states(session) == {"ED001": "open", "ED005": "open"}


def test_all_are_taken_and_fix_applies_them_and_no_more(client: TestClient, session: Session) -> None:
    assert post(client, session, "all") == 303
    item = session.store.items("f.category = 'editor'")[0]
    fixed = session.fixed(item.document_id)
    assert fixed is not None
    assert "bought a house" in fixed.text
    assert "it opens in spring of 2014" in fixed.text


def test_all_are_rejected(client: TestClient, session: Session) -> None:
    assert post(client, session, "none") == 303
    assert set(states(session).values()) == {"rejected"}


def test_what_somebody_decided_meanwhile_is_not_overruled(client: TestClient, session: Session) -> None:
    edits = offered(session)
    item = session.store.find(edits["ED001"])
    assert item is not None
    session.decide(item, "unsure")
    assert post(client, session, "all", seen=0) == 409
    assert states(session)["ED001"] == "unsure"


def test_findings_of_other_rules_have_no_passage(client: TestClient, session: Session) -> None:
    other = [i for i in session.store.items("1 = 1") if i.finding.category != "editor"]
    assert other
    assert client.get(f"/passage/{other[0].id}").status_code == 404
    assert client.get("/passage/99999").status_code == 404
    assert client.post("/passage/99999", data={"verdict": "all"}, headers=OWN).status_code == 404
