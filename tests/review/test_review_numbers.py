"""What the page says of rules by numbers is what the store says, and it offers what is worth a look."""

from __future__ import annotations

import html
import re

import pytest
from review_corpus import Open
from starlette.testclient import TestClient
from visiting import OWN

from cleantext.review import agreement, outlook
from cleantext.review.session import Session
from cleantext.review.web import numbers
from cleantext.review.web.numbers import Numbers


def words(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def test_a_rule_says_how_it_was_decided_and_what_it_would_do_unasked(
    client: TestClient, session: Session
) -> None:
    for item in session.store.items("f.rule = 'TST001'")[:2]:
        session.decide(item, "accept")
    page = words(client.get("/rules/TST001").text)
    assert "2 accepted, 0 edited, 0 rejected, 0 unsure" in page
    assert "Nobody has judged it where it was made." in page
    assert "Try it on these articles" in page
    would = outlook.automatic(session, "TST001", session.record("TST001").record)
    assert would.findings
    tried = words(client.get("/rules/TST001?try=1").text)
    assert f"{would.findings} edit" in tried
    assert f"at most {would.wrong} of them wrong" in tried
    assert client.get("/rules/TST001?try=1").text.count("<li data-item>") == would.findings
    assert "more decisions with none against it would show 98 %" in tried
    assert "There is nothing to switch: it offers no fix." in words(client.get("/rules/TST003?try=1").text)


def test_of_many_articles_a_rule_is_tried_on_some_and_the_page_says_on_how_many(
    client: TestClient, session: Session
) -> None:
    prepared = outlook.trial(session, "TST001", 1)
    assert isinstance(prepared, outlook.Trial)
    would = outlook.outcome(prepared, outlook.tried(prepared), session.record("TST001").record)
    assert (would.tried, would.among) == (1, 2)
    again = outlook.trial(session, "TST001", 1)
    assert isinstance(again, outlook.Trial)
    assert again.articles == prepared.articles
    whole = outlook.automatic(session, "TST001", session.record("TST001").record)
    assert (whole.tried, whole.among) == (2, 2)
    assert 0 < would.findings < whole.findings


@pytest.mark.parametrize(
    "change",
    [
        "update documents set scan = scan - 1 where path like '%b.txt'",
        """update findings set applicability = 'safe' where rule = 'TST001'
           and document in (select id from documents where path like '%b.txt')""",
    ],
    ids=["an article that this review does not hold", "findings that go unasked"],
)
def test_the_page_counts_the_articles_that_a_trial_draws_from(
    client: TestClient, session: Session, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(numbers, "TRIED", 0)
    assert "on 0 of 2 articles" in words(client.get("/rules/TST001").text)
    session.store.db.execute(change)
    page = words(client.get("/rules/TST001").text)
    assert "on 0 of 1 articles" in page
    waiting = session.store.items("d.path like '%a.txt' and f.rule = 'TST001'")
    assert f"{len(waiting)} to decide" in page
    prepared = outlook.trial(session, "TST001")
    assert isinstance(prepared, outlook.Trial)
    assert prepared.among == outlook.waiting_in(session, "TST001") == 1


def test_one_finding_that_is_left_is_spoken_of_as_one(client: TestClient, session: Session) -> None:
    for item in session.store.items("f.applicability = 'review'")[1:]:
        session.decide(item, "accept")
    page = words(client.get("/best").text)
    assert "The one finding that is worth a look next" in page


def test_the_shipped_record_stands_beside_ones_own(open_session: Open) -> None:
    from cleantext.cleaner import Cleaner
    from cleantext.configuration import Configuration
    from cleantext.review.shipped import shipped

    session = open_session(cleaner=Cleaner(Configuration(select=("MT041",))))
    said = shipped("MT041", session.cleaner.cards["MT041"])
    assert said.read is not None or said.nearness is not None
    assert said.words
    assert isinstance(Numbers(session), Numbers)
    assert shipped("GONE1", None).words == ""


def test_people_who_differ_are_counted_and_come_first_of_what_is_worth_a_look(
    client: TestClient, session: Session, open_session: Open
) -> None:
    first, second = session.store.items("f.rule = 'TST001'")[:2]
    other = open_session(who="ben")
    for person, verdict in ((session, "accept"), (other, "reject")):
        person.decide(first, verdict)  # type: ignore[arg-type]
        person.decide(second, "accept")
    agreed = agreement.agreement(session.store.events())
    assert agreed.alpha is not None
    page = words(client.get("/rules").text)
    assert "2 people decided 2 findings in common" in page
    assert f"alpha is {agreed.alpha:.2f}" in page
    assert "they differ on 1" in page
    best = client.get("/best").text
    assert "reviewers differ" in words(best)
    links = re.findall(r'href="(/article/\d+\?at=\d+)"', best)
    assert links[1] == f"/article/{first.document_id}?at={first.id}"
    assert (
        len(set(links))
        == session.store.db.execute(
            "select count(*) from findings where applicability = 'review' and state = 'open'"
        ).fetchone()[0]
        + 1
    )
    assert client.get(links[0]).status_code == 200


def test_a_rule_that_nobody_knows_is_not_here(client: TestClient) -> None:
    assert client.get("/rules/NONE9").status_code == 404


def test_an_article_that_stands_as_it_was_sends_nothing(client: TestClient, session: Session) -> None:
    item = session.store.items("f.rule = 'TST001'")[0]
    place = f"/article/{item.document_id}"
    known = re.search(r'data-known="([^"]+)"', client.get(place).text)
    assert known is not None
    again = client.get(f"{place}?known={known.group(1)}")
    assert (again.status_code, again.content) == (204, b"")
    data = {"finding": str(item.id), "verdict": "accept", "seen": "0"}
    assert client.post(place, data=data, headers=OWN).status_code == 200
    assert client.get(f"{place}?known={known.group(1)}").status_code == 200
    assert client.get(f"{place}?known=nonsense").status_code == 200


def test_an_article_says_who_else_decided_since_and_how_much(
    client: TestClient, session: Session, open_session: Open
) -> None:
    item = session.store.items("f.rule = 'TST001'")[0]
    place = f"/article/{item.document_id}"
    known = re.search(r'data-known="([^"]+)"', client.get(place).text)
    assert known is not None
    open_session(who="<ben>").decide(item, "reject")
    page = client.get(f"{place}?known={known.group(1)}").text
    assert 'data-told="&lt;ben&gt; decided 1 mark here"' in page
