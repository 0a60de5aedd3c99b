"""Two people decide a corpus at once through the pages that are served: nothing is lost, and what they differ on is shown."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest
from test_review_together import answer, corpus, number

from cleantext.review.agreement import agreement, said_by_each
from cleantext.review.database import Database


class Browser:
    """One connection that is kept, with the cookie that an address gave."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        assert parts.hostname is not None
        self.host, self.root = parts.netloc, parts.path.rstrip("/")
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self.connection.request("GET", f"{parts.path}?{parts.query}")
        opened = self.connection.getresponse()
        opened.read()
        assert opened.status == 303
        self.cookie = opened.headers["set-cookie"].split(";")[0]

    def get(self, path: str) -> str:
        self.connection.request("GET", self.root + path, headers={"cookie": self.cookie})
        shown = self.connection.getresponse()
        text = shown.read().decode()
        assert shown.status == 200, text
        return text

    def post(self, path: str, **form: object) -> int:
        headers = {
            "cookie": self.cookie,
            "origin": f"http://{self.host}",
            "content-type": "application/x-www-form-urlencoded",
        }
        self.connection.request("POST", self.root + path, urlencode(form), headers)
        done = self.connection.getresponse()
        done.read()
        return done.status


@contextmanager
def served(folder: Path, *options: str, select: str = "MT021") -> Iterator[dict[str, str]]:
    """Serve a corpus; give everybody's address."""
    words = [sys.executable, "-m", "cleantext", "review", "--isolated", "--select", select, "--share"]
    process = subprocess.Popen(
        [*words, *options, str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(folder.parent)},
    )
    assert process.stderr is not None
    try:
        place = next(m for line in process.stderr if (m := re.search(r"addresses are in (.*), for", line)))
        rows = Path(place.group(1)).read_text("utf-8").splitlines()
        yield dict(row.split("\t") for row in rows)
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()


class Asked(NamedTuple):
    number: int
    key: str


def decide_all(address: str, who: str, findings: list[Asked], statuses: Counter[int]) -> None:
    browser = Browser(address)
    for one in findings:
        statuses[browser.post(f"/finding/{one.number}", verdict=answer(who, one.key), seen=0)] += 1


@pytest.mark.parametrize("findings", [100, pytest.param(5_000, marks=pytest.mark.slow)])
def test_two_decide_everything_at_once_through_their_pages(tmp_path: Path, findings: int) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    folder = corpus(tmp_path / "corpus", findings)
    people = ("ann", "bob")
    statuses = {who: Counter[int]() for who in people}
    with served(folder, "--reviewer", "ann", "--reviewer", "bob", "--adjudicator", "eve") as addresses:
        with Database(folder / ".cleantext" / "review.db") as store:
            asked = [Asked(item.id, item.finding.fingerprint) for item in store.items()]
        assert len(asked) == findings
        threads = [
            threading.Thread(target=decide_all, args=(addresses[who], who, asked, statuses[who]))
            for who in people
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == {who: {303: findings} for who in people}, "nobody is in anybody's way"
        differing = sum(number(one.key) % 5 == 0 for one in asked)
        for who in people:
            page = Browser(addresses[who]).get("/?state=disputed&kind=any")
            assert f"{findings:,} of {findings:,} decided" in page
            assert f"{differing:,} disputed" in page
            assert re.search(rf"{differing:,} findings? in ", page)
        bench = Browser(addresses["eve"])
        assert f"{differing:,} disputed" in bench.get("/")
        first = next(one for one in asked if number(one.key) % 5 == 0)
        shown = bench.get(f"/finding/{first.number}")
        assert "What people said" in shown
        words = shown.split("What people said")[1]
        for who in people:
            said = {"accept": "Accepted", "reject": "Rejected"}[answer(who, first.key)]
            assert re.search(rf"<bdi>{who}</bdi></b> <span class=\"badge \w+\">{said}<", words)
    with Database(folder / ".cleantext" / "review.db") as store:
        every = store.events()
        states = Counter(item.state for item in store.items())
    assert len(every) == 2 * findings, "none is lost, and none is there twice"
    said_of = said_by_each(every)
    assert len(said_of) == findings
    for (_, key), own in said_of.items():
        assert {who: event.verdict for who, event in own.items()} == {who: answer(who, key) for who in people}
    agreed = [one.key for one in asked if number(one.key) % 5]
    assert states == {
        "disputed": differing,
        "accepted": sum(answer("ann", key) == "accept" for key in agreed),
        "rejected": sum(answer("ann", key) == "reject" for key in agreed),
    }
    found = agreement(every)
    assert (found.findings, found.reviewers, len(found.disputed)) == (findings, 2, differing)
    table = [[float(answer(who, one.key) == "accept") for one in asked] for who in people]
    assert found.alpha == pytest.approx(
        krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
    )


def test_two_windows_of_one_person_tell_of_each_other(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus", 25)
    with served(folder, "--reviewer", "ann", "--reviewer", "bob") as addresses:
        with Database(folder / ".cleantext" / "review.db") as store:
            first = store.items()[0].id
        here, there = Browser(addresses["ann"]), Browser(addresses["ann"])
        before = there.get(f"/now?finding={first}&seq=0")
        mark = re.search(r'data-mark="(\w+)"', before)
        assert mark is not None
        assert "in the meantime" not in before
        assert here.post(f"/finding/{first}", verdict="accept", seen=0) == 303
        assert "decided this in the meantime" in there.get(f"/now?finding={first}&seq=0&mark={mark.group(1)}")
        assert there.post(f"/finding/{first}", verdict="reject", seen=0) == 409
        other = Browser(addresses["bob"]).get(f"/now?finding={first}&seq=0")
        assert "in the meantime" not in other, "what she said is hers until he has answered"
        assert "is here" in other
        assert "(1 of 25)" in other


def test_a_page_that_nothing_happened_on_is_sent_nothing(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus", 25)
    with served(folder, "--reviewer", "ann") as addresses:
        browser = Browser(addresses["ann"])
        mark = re.search(r'data-mark="(\w+)"', browser.get("/now"))
        assert mark is not None
        browser.connection.request(
            "GET", f"{browser.root}/now?mark={mark.group(1)}", headers={"cookie": browser.cookie}
        )
        again = browser.connection.getresponse()
        assert (again.status, again.read()) == (204, b"")
