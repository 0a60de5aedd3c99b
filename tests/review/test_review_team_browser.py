"""Two people at once in real browsers, by keyboard alone, and the one who settles what they differ on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from browsing import snap
from test_review_article_browser import axe
from test_review_shared import served

from cleantext.review import team
from cleantext.review.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

Come = Callable[[str], "Page"]


@pytest.fixture
def come(browser: Browser, corpus: Path, rules: Path) -> Iterator[Come]:
    """Let somebody open their address in their own browser."""
    people = ["--reviewer", "Anna", "--reviewer", "Ben", "--adjudicator", "Carla"]
    errors: list[str] = []
    opened = []
    with served(corpus, "--rules", str(rules), *people, select="TST") as addresses:

        def page_of(name: str) -> Page:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            opened.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(addresses[name])
            return page

        yield page_of
        for context in opened:
            context.close()
    assert errors == []


def others(page: Page) -> str:
    return page.inner_text(".team")


def test_two_people_decide_the_same_findings_and_a_third_settles_what_they_differ_on(
    come: Come, corpus: Path
) -> None:
    anna, ben, carla = come("Anna"), come("Ben"), come("Carla")
    assert "You are Anna" in others(anna)
    assert "You are Ben" in others(ben)
    for page in (anna, ben):
        page.keyboard.press("s")
        page.wait_for_selector(".actions")
    first = anna.url.split("?")[0].rsplit("/", 1)[1]
    assert ben.url.split("?")[0].rsplit("/", 1)[1] == first
    anna.keyboard.press("a")
    # Nobody reloads: Ben's page asks, and says how far she is, not what she said.
    ben.wait_for_selector(".team:has-text('Anna (1 of')")
    assert "is here" in others(ben)
    assert "What people said" not in ben.inner_text("main")
    ben.keyboard.press("r")
    for page in (anna, ben, carla):
        page.wait_for_selector(".team .disputed")
        assert "1 disputed" in others(page)
    anna.click(".team .disputed")
    anna.wait_for_selector("main h1:has-text('1 finding in 1 group')")
    anna.keyboard.press("s")
    anna.wait_for_selector(".voices")
    assert "Ben Rejected" in anna.inner_text(".voices")
    carla.reload()
    carla.keyboard.press("s")
    carla.wait_for_selector(".voices")
    assert carla.inner_text(".voices li >> nth=0").startswith("Anna Accepted")
    assert carla.inner_text(".voices li >> nth=1").startswith("Ben Rejected")
    snap(carla, "disputed")
    carla.keyboard.press("r")
    carla.wait_for_selector("text=Nothing left to decide")
    for page in (anna, ben):
        page.wait_for_selector(".team .disputed", state="detached")
    with Store(corpus / ".cleantext" / "review.db") as store:
        assert [(e.who, e.verdict, e.adjudicates) for e in store.events()] == [
            ("Anna", "accept", False),
            ("Ben", "reject", False),
            ("Carla", "reject", True),
        ]
        found = store.find(int(first))
        assert found is not None
        assert found.state == "rejected"


def test_in_the_text_a_reviewer_sees_no_more_than_that_others_differ_once_he_has_answered(come: Come) -> None:
    anna, ben = come("Anna"), come("Ben")
    for page in (anna, ben):
        page.click("text=Articles")
        page.click("text=b.txt")
        page.wait_for_selector(".live #text")
    anna.keyboard.press("a")
    ben.wait_for_selector(".team:has-text('Anna (1 of')")
    ben.wait_for_timeout(500)
    assert ben.locator(".m.open").count() == 2
    assert "Anna" not in ben.inner_text("#card")
    assert anna.locator(".m.taken").count() == 1
    ben.keyboard.press("w")
    ben.keyboard.type("a river is no bridge")
    ben.keyboard.press("Enter")
    ben.keyboard.press("r")
    anna.wait_for_selector(".m.disputed")
    anna.wait_for_selector("#said:has-text('Others differ from you on 1 mark here')")
    anna.keyboard.press("K")
    anna.wait_for_selector("#card .voices:has-text('a river is no bridge')")
    snap(anna, "article-disputed")


def test_a_second_window_is_told_what_the_first_one_decided(come: Come) -> None:
    here, there = come("Anna"), come("Anna")
    for page in (here, there):
        page.keyboard.press("s")
        page.wait_for_selector(".actions")
    here.keyboard.press("a")
    notice = there.wait_for_selector("#now .notice")
    assert notice is not None
    assert "Anna decided this in the meantime" in notice.inner_text()
    there.keyboard.press("r")
    there.wait_for_selector("text=Your answer was not saved")


def test_on_a_phone_the_people_fit(come: Come) -> None:
    page = come("Anna")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_revoked_address_says_so_on_the_page(come: Come, corpus: Path) -> None:
    ben = come("Ben")
    ben.keyboard.press("s")
    ben.wait_for_selector(".actions")
    with Store(corpus / ".cleantext" / "review.db") as store:
        team.revoke(store, "Ben")
    ben.keyboard.press("a")
    ben.wait_for_selector("#said:has-text('This address was revoked')")
    with Store(corpus / ".cleantext" / "review.db") as store:
        assert store.events() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_where_people_are(come: Come, scheme: Literal["light", "dark"]) -> None:
    anna, ben, carla = come("Anna"), come("Ben"), come("Carla")
    for page, key in ((anna, "a"), (ben, "r")):
        page.keyboard.press("s")
        page.wait_for_selector(".actions")
        page.keyboard.press(key)
        page.wait_for_selector("#said:has-text('ed “Mr Nobody”')")
    carla.emulate_media(color_scheme=scheme)
    carla.reload()
    carla.wait_for_selector(".team .disputed")
    assert axe(carla) == []
    carla.keyboard.press("s")
    carla.wait_for_selector(".voices")
    assert axe(carla) == []
