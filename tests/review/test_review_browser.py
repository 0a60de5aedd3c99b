"""The page in a real browser, by keyboard alone. Screenshots go to CLEANTEXT_SCREENSHOTS where it is set."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Served, decided, heading, press, snap, start

from cleantext.review.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>document.title='owned'</script> teh\n\n"
    '<img src=x onerror="document.title=\'owned\'"> teh "onmouseover=alert(1) x="\n\n'
    "A \u202eturned\u202c and \u2066isolated\u2069 teh \u0007bell &lt;b&gt; </div></main><h1>loud</h1>\n"
)


@pytest.fixture
def corpus(corpus: Path) -> Path:
    (corpus / "hostile.txt").write_text(HOSTILE, "utf-8")
    return corpus


def test_from_opening_to_a_changed_file_by_keyboard_alone(page: Page, served: Served) -> None:
    assert "findings in" in heading(page)
    snap(page, "queue")
    press(page, "?", "dialog[open]")
    snap(page, "keys")
    page.keyboard.press("Escape")
    press(page, "s", ".passage")
    assert heading(page) == "TST003 who-said"
    snap(page, "finding-without-fix")
    press(page, "e", "dialog#edit[open]")
    snap(page, "edit")
    page.keyboard.type("Ms Somebody")
    page.keyboard.press("Control+Enter")
    decided(page, 1)
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('Edited “Mr Nobody”')")
    assert heading(page) == "TST001 teh"
    snap(page, "finding")
    page.keyboard.press("s")
    page.wait_for_function("() => document.querySelector('#said').textContent === ''")
    press(page, "A", ".sample")
    snap(page, "group")
    assert page.is_disabled("button[data-key=A]")
    for _ in range(page.locator("[data-item]").count()):
        page.keyboard.press("j")
    page.wait_for_function("() => !document.querySelector('button[data-key=A]').disabled")
    page.keyboard.press("A")
    decided(page, 7)
    press(page, "v", "#text")
    snap(page, "article")
    page.keyboard.press("v")
    page.wait_for_selector(".sheet .passage")
    assert heading(page) == "TST002 share-line"
    page.keyboard.press("r")
    page.wait_for_selector(".end")
    snap(page, "end")
    press(page, "p", "main a[href$='sure=1']")
    snap(page, "apply")
    before = {file.name: file.read_bytes() for file in served.folder.glob("*.txt")}
    press(page, "p", "main form[action$='/apply']")
    press(page, "n", "main a[href$='sure=1']")
    press(page, "p", "main form[action$='/apply']")
    assert before == {file.name: file.read_bytes() for file in served.folder.glob("*.txt")}
    page.keyboard.press("y")
    page.wait_for_selector("text=articles changed")
    snap(page, "applied")
    text = (served.folder / "a.txt").read_text("utf-8")
    assert (
        text == "Teh mayor opened the bridge on Monday, they say.\n\nMs Somebody cut the ribbon.\n\nShare\n"
    )
    page.keyboard.press("z")  # the rejected line is still there
    page.wait_for_selector("#said:has-text('Undone “')")
    page.keyboard.press("z")  # what was accepted is written
    page.wait_for_selector("#said:has-text('Nothing was undone')")
    page.goto(served.root + "articles?every=1")
    assert page.locator("[data-item]").count() == len(before)
    page.goto(served.root + "apply")
    page.click("text=Put back what was written last")
    page.wait_for_selector("text=articles put back")
    assert before == {file.name: file.read_bytes() for file in served.folder.glob("*.txt")}
    decided(page, 7)
    page.goto(served.root + "rules")
    snap(page, "rules")


def test_an_undo_by_key_brings_the_finding_back(page: Page) -> None:
    press(page, "s", ".passage")
    first = page.url
    page.keyboard.press("a")
    decided(page, 1)
    assert page.url != first
    page.keyboard.press("z")
    decided(page, 0)
    assert page.url.split("?")[0] == first.split("?")[0]


def test_a_hostile_article_is_text(page: Page, served: Served) -> None:
    page.goto(served.root + "next?article=hostile&rule=TST001")
    seen = ""
    while page.locator(".passage").count():
        seen += page.inner_text(".passage") + "\n"
        assert page.title() != "owned"
        assert page.locator("main img, main script, .passage h1").count() == 0
        snap(page, "hostile")
        page.keyboard.press("s")
        page.wait_for_timeout(300)
    for text in ("<script>document.title='owned'</script>", "<img src=x", "<h1>loud</h1>", "&lt;b&gt;"):
        assert text in seen
    for text in ("U+202E", "U+2066", "U+0007"):
        assert text in seen
    assert "\u202e" not in page.content()


def test_a_reload_in_the_middle_loses_nothing(page: Page, served: Served) -> None:
    press(page, "s", ".passage")
    page.keyboard.press("u")
    decided(page, 1)
    here = heading(page)
    page.reload()
    decided(page, 1)
    assert heading(page) == here
    press(page, "A", ".sample")
    page.keyboard.press("j")
    page.reload()
    page.wait_for_selector(".sample")
    assert page.locator("input[name=read]:checked").count() == 1


def test_a_restart_in_the_middle_loses_nothing(page: Page, served: Served, rules: Path) -> None:
    press(page, "s", ".passage")
    page.keyboard.press("r")
    decided(page, 1)
    process = start(served.folder, rules)
    assert process.stdout is not None
    try:
        page.goto(process.stdout.readline().strip())
        decided(page, 1)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def test_two_windows_do_not_overwrite_each_other(page: Page, served: Served) -> None:
    press(page, "s", ".passage")
    other = page.context.new_page()
    other.goto(page.url)
    press(page, "a", "#said:not(:empty)")
    decided(page, 1)
    press(other, "r", ".notice")
    assert "anna decided this in the meantime" in other.inner_text(".notice")
    snap(other, "conflict")
    with Store(served.folder / ".cleantext" / "review.db") as store:
        assert [e.verdict for e in store.events()] == ["accept"]


def test_focus_and_status_tell_a_screen_reader_what_happened(page: Page) -> None:
    press(page, "s", ".passage")
    page.keyboard.press("a")
    decided(page, 1)
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.wait_for_function("() => document.querySelector('[role=status]').textContent.includes('Accepted')")
    landmarks = page.evaluate(
        "() => ['header','nav','main','aside'].map(n => document.querySelectorAll(n).length)"
    )
    assert all(landmarks)
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')]
           .filter(n => n.checkVisibility() && !(n.textContent.trim() || n.labels?.length
                   || n.getAttribute('aria-label'))).map(n => n.outerHTML)"""
    )
    assert unnamed == []


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_cut_off_at_any_width(browser: Browser, served: Served, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(served.address)
    for path in ("", "next", "articles", "rules", "rules/TST001?try=1", "best", "apply", "article/1"):
        page.goto(served.root + path)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, path
        snap(page, f"{path.replace('/', '-').split('?')[0] or 'queue'}-{width}")
    context.close()


def test_it_works_without_scripts(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    page.click("text=Start")
    page.click("button[value=accept]")
    assert "1 of" in page.inner_text(".progress span")
    context.close()


class Stay(urllib.request.HTTPErrorProcessor):
    """Follows no redirect."""

    def http_response(self, request: urllib.request.Request, response: Any) -> Any:
        return response


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("GET", {"Host": "evil.example"}),
        ("POST", {"Origin": "http://evil.example"}),
        ("GET", {"Origin": "http://evil.example"}),
    ],
    ids=["no token", "foreign host", "foreign origin", "foreign reader"],
)
def test_the_running_server_refuses_strangers(served: Served, method: str, headers: dict[str, str]) -> None:
    cookie = {}
    if headers:  # whoever stole the cookie
        with urllib.request.build_opener(Stay()).open(served.address, timeout=10) as opened:
            cookie = {"Cookie": opened.headers["set-cookie"].split(";")[0]}
    request = urllib.request.Request(
        served.root + "next",
        method=method,
        headers={**headers, **cookie},
        data=b"" if method == "POST" else None,
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 403
