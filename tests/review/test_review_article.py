"""The article view over HTTP: decided in place it is the same store and the same text as anywhere else."""

from __future__ import annotations

import re

import msgspec
import pytest
from review_corpus import Open
from starlette.testclient import TestClient
from visiting import OWN, PORT, TOKEN

from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Applicability, Finding, Original
from cleantext.review import queue, sheet
from cleantext.review.queue import Filters
from cleantext.review.session import Session
from cleantext.review.web.pages import make_app

BY_SCRIPT = {**OWN, "accept": "application/json"}


def number(session: Session, name: str) -> int:
    (row,) = session.store.db.execute("select id from documents where name = ?", (f"path:{name}",)).fetchall()
    return int(row[0])


def waiting(session: Session, name: str) -> list[int]:
    found = sheet.sheet(session, number(session, name))
    assert found is not None
    return [mark.item.id for mark in found.marks if mark.waits]


def test_every_finding_of_an_article_is_a_mark_with_a_name(client: TestClient, session: Session) -> None:
    page = client.get(f"/article/{number(session, 'a.txt')}").text
    names = re.findall(r'class="pin"[^>]*aria-label="([^"]*)"', page)
    assert [name.split(",")[0] for name in names] == [
        "1 of 4: replace “teh” by “the”",
        "2 of 4: replace “",
        "3 of 4: look at “Mr Nobody”",
        "4 of 4: delete “Share”",
    ]
    assert names[1].endswith("applied unasked")
    assert all(name.endswith("to decide") for name in names[:1] + names[2:])


def test_the_counts_of_articles_and_queue_agree_with_every_decision(
    client: TestClient, session: Session
) -> None:
    filters = Filters(scan=session.scan)
    while True:
        piles, _ = queue.articles(session.store, filters)
        left = queue.count(session.store, filters)
        assert sum(pile.left for pile in piles) == left
        overview, articles = client.get("/").text, client.get("/articles").text
        for pile in piles:
            view = sheet.sheet(session, pile.document)
            assert view is not None
            assert view.left == pile.left
            assert (
                f"{view.asks - view.left} of {view.asks} decided in this article"
                in client.get(f"/article/{pile.document}").text
            )
        if not left:
            break
        assert f"{left} finding" in overview
        assert f"{left} finding" in articles
        item = queue.following(session.store, filters)
        assert item is not None
        answer = client.post(
            f"/article/{item.document_id}",
            data={"finding": item.id, "verdict": "reject", "seen": "0"},
            headers=BY_SCRIPT,
        ).json()
        assert answer["total"] - answer["decided"] == left - 1
    assert "Nothing left to decide" in overview
    assert "Nothing left to decide" in articles


def test_without_a_script_the_next_mark_is_shown(client: TestClient, session: Session) -> None:
    first, second, *_ = waiting(session, "a.txt")
    page = client.post(
        f"/article/{number(session, 'a.txt')}",
        data={"finding": first, "verdict": "accept", "seen": "0"},
        headers=OWN,
    )
    assert page.history[0].status_code == 303
    assert "Accepted <bdi>“teh”</bdi>." in page.text
    assert f'name="finding" value="{second}"' in page.text


def test_a_conflict_is_told_and_nothing_is_written(
    client: TestClient, session: Session, open_session: Open
) -> None:
    first = waiting(session, "b.txt")[0]
    ben = open_session(who="ben")
    item = ben.store.find(first)
    assert item is not None
    ben.decide(item, "reject")
    data = {"finding": str(first), "verdict": "accept", "seen": "0"}
    answer = client.post(f"/article/{item.document_id}", data=data, headers=BY_SCRIPT)
    assert answer.status_code == 409
    assert "ben decided this in the meantime (rejected)" in answer.json()["problem"]
    assert answer.json()["marks"][0][1:3] == [1, "refused"]
    assert "ben decided this" in client.post(f"/article/{item.document_id}", data=data, headers=OWN).text
    assert [e.who for e in session.store.events()] == ["ben"]


def test_a_finding_of_another_article_is_not_decided_here(client: TestClient, session: Session) -> None:
    data = {"finding": str(waiting(session, "b.txt")[0]), "verdict": "accept", "seen": "0"}
    assert (
        client.post(f"/article/{number(session, 'a.txt')}", data=data, headers=BY_SCRIPT).status_code == 404
    )
    assert session.store.events() == []


def test_own_words_stand_in_the_text(client: TestClient, session: Session) -> None:
    first = waiting(session, "b.txt")[0]
    here = number(session, "b.txt")
    data = {"finding": str(first), "verdict": "edit", "replacement": "that", "seen": "0"}
    page = client.post(f"/article/{here}", data=data, headers=OWN).text
    assert ">that<" in page
    assert "replace “teh” by “that”" in page


def test_undo_from_an_article_stays_in_it(client: TestClient, session: Session) -> None:
    first = waiting(session, "a.txt")[0]
    here = number(session, "a.txt")
    client.post(
        f"/article/{here}", data={"finding": str(first), "verdict": "reject", "seen": "0"}, headers=BY_SCRIPT
    )
    page = client.post("/undo?back=article", headers=OWN)
    assert page.url.path == f"/article/{here}"
    assert f'name="finding" value="{first}"' in page.text
    assert session.store.find(first).state == "open"  # type: ignore[union-attr]


def test_many_are_taken_by_certainty_undone_at_once_and_say_nothing_of_the_rule(
    client: TestClient, session: Session
) -> None:
    here = number(session, "a.txt")
    page = client.get(f"/article/{here}").text
    offered = re.findall(
        r'name="least" value="([\d.]+)"><input type="hidden" name="count" value="(\d+)"', page
    )
    assert offered == [("0.9", "1"), ("0.7", "2")]
    data = {"least": "0.7", "count": "2", "seen": "0"}
    after = client.post(f"/article/{here}/all", data=data, headers=OWN).text
    assert "Accepted 2 together" in after
    events = session.store.events()
    assert [(e.verdict, e.follows, e.reason) for e in events] == [("accept", True, "at least 70 % sure")] * 2
    assert len({e.batch for e in events}) == 1
    assert session.record("TST001").record.total == 0
    # The group's sample is as large as before: nobody has read any of it.
    assert session.sample(events[0].group).decided == 0
    client.post("/undo?back=article", headers=OWN)
    assert len(waiting(session, "a.txt")) == 3


@pytest.mark.parametrize(
    "data", [{"least": "0.7", "count": "3", "seen": "1"}, {"least": "0.7", "count": "2", "seen": "0"}]
)
def test_many_are_not_taken_where_something_changed_since(
    client: TestClient, session: Session, open_session: Open, data: dict[str, str]
) -> None:
    here = number(session, "a.txt")
    ben = open_session(who="ben")
    item = next(i for i in ben.store.items("d.id = ?", (here,)) if i.finding.rule == "TST003")
    ben.decide(item, "reject")
    answer = client.post(f"/article/{here}/all", data=data, headers=OWN)
    assert answer.status_code == 409
    assert "Look again" in answer.text
    assert [e.who for e in session.store.events()] == ["ben"]


def test_the_next_article_is_one_with_something_to_decide(client: TestClient, session: Session) -> None:
    a, b = number(session, "a.txt"), number(session, "b.txt")
    assert client.get(f"/articles/next?behind={a}").url.path == f"/article/{b}"
    assert client.get(f"/articles/next?behind={b}").url.path == f"/article/{a}"
    for item in session.store.items():
        session.decide(item, "reject")
    assert client.get(f"/articles/next?behind={b}").url.path == "/articles"


def test_groups_of_the_queue_open_below_the_path_of_the_page(session: Session) -> None:
    app = make_app(session, token=TOKEN, port=PORT, root="/unforeseen")
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}") as client:
        page = client.get(f"/unforeseen/?token={TOKEN}").text
        for path in ("", "articles", "rules", "apply", f"article/{number(session, 'a.txt')}"):
            page = client.get(f"/unforeseen/{path}").text
            for address in re.findall(r'(?:href|src|action)="(/[^"]*)"', page):
                assert address.startswith("/unforeseen/"), address


def test_the_original_stands_beside_a_mark_of_a_translation() -> None:
    original = "Der Bürgermeister öffnete die Brücke am Montag. Die Arbeit kostete 300 Millionen Euro."
    text = "The mayor opened teh bridge on Monday. The work cost 200 million euros."
    article = Article(text=text, original=original, original_lang="de", lang="en")
    finding = Finding("TST001", "teh", "typography", 17, 20, "teh", "", Applicability.REVIEW, 0.7)
    shown = sheet.original_beside(Document(article), finding)
    assert [p.text for p in shown if p.kind == "flag"] == ["Der Bürgermeister öffnete die Brücke am Montag."]
    start = original.index("300 Millionen")
    about = Original(start, start + 13, "300 Millionen")
    named = msgspec.structs.replace(finding, original=about)
    assert [p.text for p in sheet.original_beside(Document(article), named) if p.kind == "flag"] == [
        "300 Millionen"
    ]
    assert "".join(p.text for p in shown).strip("…") == original
    assert sheet.original_beside(Document(Article(text=text)), finding) == []
