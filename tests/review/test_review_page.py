"""The page over HTTP: who may speak to it, and what it does when spoken to."""

from __future__ import annotations

import re

import pytest
from review_corpus import Open
from starlette.testclient import TestClient
from visiting import OWN, PORT, TOKEN, stranger

from cleantext.review import queue
from cleantext.review.session import Applied, Session


def findings(session: Session, rule: str = "TST001") -> list[int]:
    return [i.id for i in session.store.items("f.rule = ?", (rule,))]


def decide(client: TestClient, number: int, verdict: str, **more: str) -> str:
    data = {"verdict": verdict, "seen": "0", **more}
    return client.post(f"/finding/{number}", data=data, headers=OWN, follow_redirects=True).text


def test_without_the_token_nothing_is_shown(session: Session) -> None:
    with stranger(session) as client:
        for path in ("/", "/finding/1", "/static/review.css", "/apply", "/?token=wrong", "/?token="):
            answer = client.get(path)
            assert answer.status_code == 403, path
            assert "teh" not in answer.text


def test_the_token_moves_from_the_address_into_a_cookie_that_scripts_cannot_read(session: Session) -> None:
    with stranger(session) as client:
        answer = client.get(f"/?rule=TST001&token={TOKEN}", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"] == "/?rule=TST001"
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "SameSite=strict" in answer.headers["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"evil.example:{PORT}", "127.0.0.1:80"])
def test_a_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:1"}, {}],
    ids=["foreign", "null", "other port", "none"],
)
def test_a_change_from_elsewhere_is_refused(
    client: TestClient, session: Session, headers: dict[str, str]
) -> None:
    number = findings(session)[0]
    answer = client.post(f"/finding/{number}", data={"verdict": "accept", "seen": "0"}, headers=headers)
    assert answer.status_code == 403
    assert session.store.events() == []


def test_a_read_from_another_site_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"origin": "http://evil.example"}).status_code == 403
    cross = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert client.get("/static/review.js", headers=cross).status_code == 403


def test_every_answer_carries_a_strict_policy(client: TestClient) -> None:
    for path in ("/", "/static/review.css", "/nowhere"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_holds_a_script_or_a_style_of_its_own(client: TestClient, session: Session) -> None:
    number = findings(session)[0]
    group = session.store.items()[0].group
    for path in (
        "/",
        f"/finding/{number}",
        f"/group/{group}",
        "/articles",
        "/article/1",
        "/article/1/1",
        "/rules",
        "/apply",
        "/nowhere",
    ):
        text = client.get(path).text
        assert re.findall(r"<script(?![^>]*\bsrc=)", text) == [], path
        assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|https?://(?!127\.0\.0\.1)", text) == [], path


@pytest.mark.parametrize(
    "path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/..%2f..%2fstore.py"]
)
def test_no_path_leads_out_of_the_static_files(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_a_decision_is_kept_and_the_next_finding_shown(client: TestClient, session: Session) -> None:
    first = session.store.items("f.applicability != 'safe'")[0]
    page = decide(client, first.id, "reject", reason="a name")
    assert "Rejected" in page
    (event,) = session.store.events()
    assert (event.verdict, event.reason, event.who) == ("reject", "a name", "anna")
    assert f'action="/finding/{first.id}' not in page


def test_a_conflict_is_shown_and_nothing_is_written(
    client: TestClient, session: Session, open_session: Open
) -> None:
    number = findings(session)[0]
    ben = open_session(who="ben")
    item = ben.store.find(number)
    assert item is not None
    ben.decide(item, "reject")
    answer = client.post(f"/finding/{number}", data={"verdict": "accept", "seen": "0"}, headers=OWN)
    assert answer.status_code == 409
    assert "ben decided this in the meantime" in answer.text
    assert [e.who for e in session.store.events()] == ["ben"]
    again = client.post(f"/finding/{number}", data={"verdict": "accept", "seen": "1"}, headers=OWN)
    assert again.status_code == 200
    assert [e.verdict for e in session.store.events()] == ["reject", "accept"]


def test_a_group_asks_for_its_sample_and_then_goes_at_once(client: TestClient, session: Session) -> None:
    group = session.store.items("f.rule = 'TST001'")[0].group
    page = client.get(f"/group/{group}").text
    assert "Read them all" in page
    drawn = re.findall(r'name="read" value="(\d+)"', page)
    few = client.post(
        f"/group/{group}", data={"verdict": "accept", "seen": "0", "read": drawn[:2]}, headers=OWN
    )
    assert few.status_code == 409
    assert "1 of the sample are not read yet" in few.text
    assert session.store.events() == []
    client.post(f"/group/{group}", data={"verdict": "accept", "seen": "0", "read": drawn}, headers=OWN)
    assert {i.state for i in session.store.items("f.grp = ?", (group,))} == {"accepted"}


def test_undo_goes_back_to_the_finding(client: TestClient, session: Session) -> None:
    number = findings(session)[0]
    decide(client, number, "unsure")
    page = client.post("/undo", headers=OWN, follow_redirects=True).text
    assert f'action="/finding/{number}' in page
    assert "Undone" in page


def test_own_words_keep_the_line_ends_of_the_article(session: Session, open_session: Open, corpus) -> None:  # type: ignore[no-untyped-def]
    (corpus / "w.txt").write_bytes(b"A line of prose.\r\n\r\nShare\r\n")
    session = open_session()
    (item,) = session.store.items("d.name = 'path:w.txt'")
    with stranger(session) as client:
        client.get(f"/?token={TOKEN}")
        decide(client, item.id, "edit", replacement="\r\n\r\nShared.")
    (event,) = session.store.events()
    assert event.replacement == "\r\n\r\nShared."


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("rule=TST001", "3 findings"),
        ("rule=TST001&article=b.txt", "2 findings"),
        ("kind=safe", "1 finding "),
        ("high=0.65", "1 finding "),
        ("low=0.8", "1 finding "),
        ("category=boilerplate", "Nothing left to decide"),
        ("state=rejected", "Nothing here"),
        ("state=<script>&low=x&page=-3", "5 findings"),
    ],
)
def test_filters(client: TestClient, query: str, left: str) -> None:
    text = client.get(f"/?{query}").text
    assert left in re.sub(r"\s+", " ", text)
    assert "<script>&" not in text


def test_apply_says_how_much_is_written_where_and_shows_each_line(
    client: TestClient, session: Session
) -> None:
    session.apply = lambda: Applied(0)
    by_name = {(i.document, i.finding.rule): i for i in session.store.items()}
    decide(client, by_name["path:a.txt", "TST001"].id, "accept")
    decide(client, by_name["path:a.txt", "TST003"].id, "accept")  # to agree changes nothing
    decide(client, findings(session)[-1], "edit", replacement="that")
    page = client.get("/apply").text
    assert "3 changes in 2 articles" in page
    assert "2 accepted, 1 of them in somebody's own words, and 1 that is applied unasked" in page
    assert "0 rejected, 0 unsure, 2 not decided" in page
    shown = client.get(f"/apply/{by_name['path:a.txt', 'TST001'].document_id}").text
    assert "2 changes would be written" in shown
    assert shown.count("<ins") == 1
    assert shown.count("<del") == 2
    assert "Mr Nobody" not in shown, "only the lines that change"


def test_the_numbers_of_apply_are_what_is_applied(client: TestClient, session: Session) -> None:
    for at, item in enumerate(session.store.items()):
        if at % 2:
            decide(client, item.id, "accept" if at % 4 == 1 else "reject")
    found, sums, total = queue.changes(session.store, session.scan)
    applied = {i.document_id: session.fixed(i.document_id) for i in session.store.items()}
    assert sums.accepted + sums.safe == sum(len(one.applied) for one in applied.values() if one)
    assert {one.document for one in found} == {n for n, one in applied.items() if one and one.applied}
    assert total == len(found)


def test_applying_is_done_by_whoever_started_the_page(session: Session) -> None:
    with stranger(session) as client:
        client.get(f"/?token={TOKEN}")
        assert client.post("/apply", headers=OWN).status_code == 404
        session.apply = lambda: Applied(3, ("b.txt: <not> changed",))
        text = client.post("/apply", headers=OWN).text
    assert "3 articles changed" in text
    assert "b.txt: &lt;not&gt; changed" in text


def test_rules_show_their_record(client: TestClient, session: Session) -> None:
    decide(client, findings(session)[0], "accept")
    text = client.get("/rules").text
    assert "1 accepted" in text
    assert "149 decisions with none against it would show 98 %" in text


def test_what_is_not_there_is_said(client: TestClient) -> None:
    for path in ("/finding/999", "/group/none", "/article/999", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Not here any more" in answer.text
