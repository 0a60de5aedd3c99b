"""The article view in a real browser: by keyboard alone, at the width of a phone, in the dark, for a screen reader, quick on a long text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import Served, decided, serving, snap, window
from review_corpus import ARTICLES, RULES

from cleantext.review import exchange
from cleantext.review.events import standing
from cleantext.review.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RIVALS = r"""
[[rule]]
id = "TST005"
name = "teh-bridge"
category = "encoding"
summary = "A bridge that nobody has heard of"
why = "Two rules may want the same words."
pattern = '\bteh (?:bridge|river)\b'
fix = 'a crossing'
applicability = "review"
confidence = 0.6
[[rule.examples]]
bad = 'Over teh bridge.'
good = 'Over a crossing.'
[[rule.near-misses]]
text = 'Over the bridge.'

[[rule]]
id = "TST006"
name = "pasted-line"
summary = "A line that was pasted"
why = "Whole lines come from elsewhere."
pattern = 'Read teh rest.*'
scope = "line"
delete = true
applicability = "review"
confidence = 0.8
[[rule.examples]]
bad = "A line of prose that is long.\n\nRead teh rest here"
good = "A line of prose that is long."
[[rule.near-misses]]
text = 'He would read the rest.'

[[rule]]
id = "TST007"
name = "torn"
summary = "A paragraph that was torn"
why = "Pages are narrow."
pattern = '(?<=,)\n\n(?=and )'
fix = ' '
applicability = "review"
confidence = 0.75
[[rule.examples]]
bad = "He came,\n\nand went."
good = "He came, and went."
[[rule.near-misses]]
text = "He came.\n\nand went."
"""
NESTED = (
    "Teh mayor opened teh bridge on Monday,, they say.\n\nHe spoke to teh crowd,\n\nand Mr Nobody cut the ribbon.\n\n"
    "Read teh rest of this story\n\nPeople crossed teh river.\n\nShare\n"
)
HOSTILE = (
    "<script>document.title='owned'</script> teh\n\n"
    '<img src=x onerror="document.title=\'owned\'"> teh "onmouseover=alert(1) x="\n\n'
    "A \u202eturned\u202c and \u2066isolated\u2069 teh \u0007bell &lt;b&gt; </div></span></main><h1>loud</h1> Mr Nobody\n\n"
    "שלום teh עולם, Mr Nobody \u200f\n\n" + "e\u0301" * 3 + " teh 😀\r\n"
)
LONG = 2_000


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES + RIVALS, "utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in {**ARTICLES, "hostile.txt": HOSTILE, "nested.txt": NESTED}.items():
        (folder / name).write_bytes(text.encode())
    return folder


def open_article(page: Page, served: Served, name: str) -> None:
    page.goto(f"{served.root}articles?state=any")
    page.click(f"text={name}")
    page.wait_for_selector(".live #text")


def current(page: Page) -> str:
    """What a screen reader says of where the focus is."""
    return page.evaluate(
        "() => document.activeElement.getAttribute('aria-label') || document.activeElement.id"
    )


def seen(page: Page) -> str:
    """The text as it can be seen, what stands for the eye alone left out."""
    return page.evaluate(
        """() => { const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
             let out = '';
             while (walk.nextNode()) { const node = walk.currentNode, at = node.parentElement;
               if (!at.closest('.run') || at.closest('.eol, .said') || !at.checkVisibility()) continue;
               out += node.textContent; }
             return out; }"""
    )


def settled(page: Page) -> None:
    """Wait until the card speaks of the mark in hand."""
    page.wait_for_selector("#card:not(.waiting)")


def decisions(folder: Path) -> dict[tuple[str, str], str]:
    held = standing(exchange.read_all(folder / ".cleantext" / "review.db"))
    return {(e.document, f"{e.rule} {e.match}"): e.verdict for e in held}


def axe(page: Page) -> list[str]:
    """Ask axe-core; return its violations in a line each."""
    module = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python"
    )
    found: dict[str, Any] = module.Axe().run(page).response
    return [
        f"{v['id']}: {n['html'][:200]} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]
    ]


def test_an_article_is_decided_by_keyboard_alone(page: Page, served: Served) -> None:
    page.goto(f"{served.root}articles")
    snap(page, "articles")
    page.keyboard.press("s")
    page.wait_for_selector(".live #text")
    assert current(page).startswith("1 of 5: replace “teh bridge” by “a crossing”")
    snap(page, "article-marks")
    page.keyboard.press("r")
    decided(page, 1)
    assert current(page).startswith("2 of 5: replace “teh” by “the”, TST001 teh")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('Rejected. 3 left')")
    page.keyboard.press("a")
    decided(page, 2)
    assert current(page).startswith("4 of 5: look at “Mr Nobody”")
    page.keyboard.press("a")
    page.keyboard.press("r")
    decided(page, 4)
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('Nothing left')")
    assert page.inner_text("#left") == "4 of 4 decided in this article"
    snap(page, "article-decided")
    page.keyboard.press("3")
    assert seen(page) == ARTICLES["a.txt"].replace("teh", "the").replace(",,", ",")
    snap(page, "article-after")
    page.keyboard.press("2")
    assert seen(page) == ARTICLES["a.txt"]
    page.keyboard.press("1")
    page.keyboard.press("z")
    decided(page, 3)
    assert current(page).startswith("5 of 5: delete “Share”")
    page.keyboard.press("a")
    decided(page, 4)
    page.keyboard.press("n")
    page.wait_for_function("() => document.querySelector('h1').textContent === 'b.txt'")
    assert decisions(served.folder) == {
        ("path:a.txt", "TST005 teh bridge"): "reject",
        ("path:a.txt", "TST001 teh"): "accept",
        ("path:a.txt", "TST003 Mr Nobody"): "accept",
        ("path:a.txt", "TST002 Share"): "accept",
    }


def test_nobody_decides_a_mark_that_is_not_seen(page: Page, served: Served) -> None:
    open_article(page, served, "b.txt")
    page.keyboard.press("3")
    page.keyboard.press("a")
    page.wait_for_selector("[data-look=marks] .m.open.current")
    assert page.inner_text("#left").startswith("0 of")
    page.keyboard.press("a")
    decided(page, 1)


def test_own_words_by_keyboard(page: Page, served: Served) -> None:
    open_article(page, served, "b.txt")
    page.keyboard.press("J")
    settled(page)
    page.keyboard.press("e")
    page.wait_for_selector("dialog#edit[open]")
    page.keyboard.type("that")
    page.keyboard.press("Control+Enter")
    decided(page, 1)
    page.wait_for_selector(".live #text")
    page.keyboard.press("3")
    assert seen(page) == ARTICLES["b.txt"].replace("teh river", "that river")


def test_a_click_takes_a_mark_in_hand_and_buttons_decide_it(page: Page, served: Served) -> None:
    open_article(page, served, "a.txt")
    page.click("#text mark")
    settled(page)
    assert page.inner_text("#card .rule-of") == "TST003 who-said"
    page.click("#card button[value=reject]")
    decided(page, 1)
    page.click(".looks >> text=After")
    assert seen(page) == ARTICLES["a.txt"].replace(",,", ",")
    assert decisions(served.folder) == {("path:a.txt", "TST003 Mr Nobody"): "reject"}


def test_a_reason_goes_with_a_decision_and_waits_at_its_mark(page: Page, served: Served) -> None:
    open_article(page, served, "a.txt")
    page.keyboard.press("w")
    page.keyboard.type("a bridge has a name")
    page.keyboard.press("Enter")
    assert current(page).startswith("1 of 5")
    page.keyboard.press("j")
    settled(page)
    assert page.input_value("#card .decide .reason input") == ""
    page.keyboard.press("k")
    settled(page)
    assert page.input_value("#card .decide .reason input") == "a bridge has a name"
    page.keyboard.press("r")
    page.keyboard.press("w")
    page.keyboard.type("other words")
    page.keyboard.press("Enter")
    page.keyboard.press("e")  # however quick: the card is still on its way
    page.wait_for_selector("dialog#edit[open]")
    page.keyboard.type("that")
    page.keyboard.press("Control+Enter")
    decided(page, 2)
    with Store(served.folder / ".cleantext" / "review.db") as store:
        assert [(e.verdict, e.reason) for e in store.events()] == [
            ("reject", "a bridge has a name"),
            ("edit", "other words"),
        ]
    page.click(".m[data-m='1']")
    page.wait_for_selector("#card .what:has-text('a bridge has a name')")


def test_whoever_accepts_what_is_not_made_is_told(page: Page, served: Served) -> None:
    open_article(page, served, "b.txt")
    page.keyboard.press("a")
    decided(page, 1)
    assert page.is_hidden("#problem")
    page.click(".m[data-m='2']")
    page.keyboard.press("e")
    page.wait_for_selector("dialog#edit[open]")
    page.keyboard.type("that")
    page.keyboard.press("Control+Enter")
    decided(page, 2)
    page.wait_for_selector(".live #text")
    page.click(".m[data-m='1']")
    settled(page)
    assert "Only one of them can be made, and mark 2 is." in page.inner_text("#card .what")
    page.keyboard.press("a")
    page.wait_for_selector("#problem:has-text('This was accepted and is not made: mark 2')")
    page.wait_for_selector(".live:not([data-sending])")
    page.keyboard.press("3")
    assert "that river" in seen(page)


def test_the_buttons_stay_where_they_are(browser: Browser, tmp_path: Path, rules: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    (folder / "long.txt").write_text(
        "\n\n".join(["It was teh first time, and no more than that."] * 12), "utf-8"
    )
    places = set()
    with serving(folder, rules) as served, window(browser, served.address) as page:
        open_article(page, served, "long.txt")
        settled(page)
        page.keyboard.press("o")
        for _ in range(8):
            box = page.locator("#card button[value=accept]").bounding_box()
            text = page.locator("#text").bounding_box()
            assert box is not None
            assert text is not None
            places.add((box["x"], box["y"], text["y"]))
            page.click("#card button[value=accept]")
            settled(page)
    assert len(places) == 1, places


def other_window(page: Page) -> Page:
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".live #text")
    return other


def test_what_is_decided_elsewhere_comes_into_the_text_and_moves_nothing(page: Page, served: Served) -> None:
    open_article(page, served, "nested.txt")
    other = other_window(page)
    for _ in range(3):
        other.keyboard.press("J")
    settled(other)
    here, top = current(other), "() => document.querySelector('.current > .pin').getBoundingClientRect().top"
    other.keyboard.press("w")
    other.keyboard.type("not sure yet")
    was = other.evaluate(top)
    page.keyboard.press("a")
    page.keyboard.press("e")
    page.wait_for_selector("dialog#edit[open]")
    page.keyboard.type("quite another bridge")
    page.keyboard.press("Control+Enter")
    decided(page, 2)
    other.wait_for_selector(".m.taken ins:has-text('quite another bridge')")
    assert other.evaluate("() => document.activeElement.name") == "reason"
    other.keyboard.press("Enter")
    assert current(other) == here
    assert abs(other.evaluate(top) - was) < 2
    assert other.input_value("#card .decide .reason input") == "not sure yet"
    other.wait_for_function("() => document.querySelector('#left').textContent.startsWith('2 of')")
    assert other.evaluate("() => scrollY") == page.evaluate("() => scrollY")
    classes = "() => [...document.querySelectorAll('#text .m')].map(n => n.className.replace(' news', ''))"
    fresh = other_window(other)
    assert other.evaluate(classes) == fresh.evaluate(classes)


def test_whoever_was_faster_on_the_mark_in_hand_is_seen_before_he_is_overruled(
    page: Page, served: Served
) -> None:
    open_article(page, served, "b.txt")
    other = other_window(page)
    page.keyboard.press("a")
    decided(page, 1)
    other.wait_for_selector("#card:not(.waiting) .what:has-text('Accepted by anna')")
    other.keyboard.press("r")
    other.wait_for_function("() => !document.getElementById('problem').hidden")
    with Store(served.folder / ".cleantext" / "review.db") as store:
        assert [e.verdict for e in store.events()] == ["accept"]
    other.keyboard.press("r")
    other.wait_for_selector("#said:has-text('Rejected')")
    other.wait_for_selector(".live:not([data-sending])")
    with Store(served.folder / ".cleantext" / "review.db") as store:
        assert [e.verdict for e in store.events()] == ["accept", "reject"]


def test_an_article_that_was_read_anew_is_shown_anew(page: Page, served: Served, rules: Path) -> None:
    import subprocess
    import sys

    open_article(page, served, "b.txt")
    (served.folder / "b.txt").write_text("Teh river rose.\n\n" + ARTICLES["b.txt"], "utf-8")
    options = ["--rules", str(rules), "--select", "TST"]
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "trust", *options, str(served.folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    page.wait_for_selector("#text:has-text('Teh river rose.')")
    page.keyboard.press("a")
    decided(page, 1)


def test_quick_keys_decide_each_mark_once_and_in_order(page: Page, served: Served) -> None:
    open_article(page, served, "nested.txt")
    total = int(page.inner_text("#left").split(" of ")[1].split()[0])
    for number in range(total):
        page.keyboard.press("ar"[number % 2])
    decided(page, total)
    with Store(served.folder / ".cleantext" / "review.db") as store:
        events = store.events()
    assert len({e.key for e in events}) == len(events) == total


def test_the_script_shows_what_the_server_shows(page: Page, served: Served) -> None:
    open_article(page, served, "nested.txt")
    classes = "() => [...document.querySelectorAll('#text .m')].map(n => n.className)"
    number = page.locator(".pin").count()
    rivals = 0
    for _ in range(2):
        for _ in range(number):
            page.keyboard.press("J")
            by_script = page.evaluate(classes)
            address = page.url
            other = page.context.new_page()
            other.goto(address)
            other.wait_for_selector(".live #text")
            assert other.evaluate(classes) == by_script
            other.close()
            rivals += any("aside" in name for name in by_script)
        page.keyboard.press("a")
        page.keyboard.press("r")
        page.wait_for_selector(".live:not([data-sending])")
    assert rivals


@pytest.mark.parametrize("keys", ["aaaaaaaaaaaaa", "rarararararar", "ararararararar", "rraarraarraarraa"])
def test_the_text_after_is_what_fix_writes(browser: Browser, corpus: Path, rules: Path, keys: str) -> None:
    import subprocess
    import sys

    with serving(corpus, rules) as served, window(browser, served.address) as page:
        shown = {}
        for name in ("nested.txt", "hostile.txt", "b.txt"):
            open_article(page, served, name)
            before = page.inner_text("#left")
            for key in keys[: int(before.split(" of ")[1].split()[0])]:
                page.keyboard.press(key)
            page.wait_for_selector(".live:not([data-sending])")
            page.keyboard.press("3")
            shown[name] = seen(page)
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "fix", "--rules", str(rules), "--select", "TST", str(corpus)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name, text in shown.items():
        written = (corpus / name).read_bytes().decode().replace("\r\n", "\n")
        for char in "\u202e\u202c\u2066\u2069\u200f\u0007":
            written = written.replace(char, f"U+{ord(char):04X}")
        assert text == written, name


def test_a_hostile_article_is_text(page: Page, served: Served) -> None:
    open_article(page, served, "hostile.txt")
    snap(page, "article-hostile")
    for look in "213":
        page.keyboard.press(look)
        text = seen(page)
        for piece in ("<script>document.title='owned'</script>", "<img src=x", "<h1>loud</h1>", "&lt;b&gt;"):
            assert piece in text
        for label in ("U+202E", "U+2066", "U+0007"):
            assert label in text
    for _ in range(8):
        page.keyboard.press("J")
        settled(page)
        assert page.locator("main img, main script, #text h1").count() == 0
    assert page.title() != "owned"
    assert not re.search("[\u202e\u2066\u0007\u200f]", page.content())


def test_axe_finds_nothing_wrong(page: Page, served: Served) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in (
            "", "next", "articles", "articles?state=any", "articles?every=1", "rules", "rules/TST001?try=1", "best",
            "apply", "apply?sure=1",
        ):  # fmt: skip
            page.goto(served.root + path)
            assert axe(page) == [], (scheme, path)
        open_article(page, served, "nested.txt")
        for key in "arJJJ123":
            page.keyboard.press(key)
        page.wait_for_selector(".live:not([data-sending])")
        settled(page)
        for look in "123":
            page.keyboard.press(look)
            assert axe(page) == [], (scheme, look)
        page.keyboard.press("1")
        page.keyboard.press("m")
        page.wait_for_selector("dialog[open]")
        assert axe(page) == [], (scheme, "many")
        page.keyboard.press("Escape")
        page.keyboard.press("z")
        page.wait_for_timeout(300)


def test_on_a_phone_the_text_has_the_screen_and_buttons_are_in_reach(
    browser: Browser, served: Served
) -> None:
    with window(browser, served.address, 390, 780) as page:
        open_article(page, served, "nested.txt")
        snap(page, "article-phone")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        card = page.locator("#card").bounding_box()
        assert card is not None
        assert card["height"] <= 780 / 3, "the card of a mark covers less than a third of the screen"
        for button in page.locator(".verdicts .button").all():
            box = button.bounding_box()
            assert box is not None
            assert box["height"] >= 36
        page.click("#card button[value=accept]")
        decided(page, 1)
        mark = page.locator(".current > .pin").bounding_box()
        card = page.locator("#card").bounding_box()
        assert mark is not None
        assert card is not None
        assert 0 < mark["y"] < card["y"], "the mark in hand is not behind its card"
        page.click("#card summary >> text=Where this comes from")
        settled(page)
        snap(page, "article-phone-from")
        assert axe(page) == []


def test_where_a_mark_came_from_opens_by_key_and_leads_to_its_finding(page: Page, served: Served) -> None:
    open_article(page, served, "b.txt")
    settled(page)
    was = page.evaluate("() => document.querySelector('details.from').open")
    page.keyboard.press("o")
    assert page.evaluate("() => document.querySelector('details.from').open") is not was
    page.keyboard.press("v")
    page.wait_for_selector(".sheet .passage")
    assert "TST005" in page.inner_text("h1")
    page.keyboard.press("v")
    page.wait_for_selector(".live #text")
    assert "TST005" in current(page)


def test_what_is_not_saved_is_said_and_stays_to_decide(browser: Browser, corpus: Path, rules: Path) -> None:
    with serving(corpus, rules) as served:
        context = browser.new_context()
        page = context.new_page()
        page.goto(served.address)
        open_article(page, served, "b.txt")
        context.set_offline(True)
        page.keyboard.press("a")
        page.wait_for_function("() => !document.getElementById('problem').hidden")
        assert "Not saved" in page.inner_text("#problem")
        assert page.inner_text("#left").startswith("0 of")
        context.set_offline(False)
        page.keyboard.press("a")
        decided(page, 1)
        context.close()


def test_a_conflict_of_two_windows_is_shown_at_the_mark(page: Page, served: Served) -> None:
    open_article(page, served, "b.txt")
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".live #text")
    page.keyboard.press("a")
    decided(page, 1)
    other.keyboard.press("r")
    other.wait_for_function("() => !document.getElementById('problem').hidden")
    assert "anna decided this in the meantime (accepted)" in other.inner_text("#problem")
    other.wait_for_selector(".m.taken.current")
    with Store(served.folder / ".cleantext" / "review.db") as store:
        assert [e.verdict for e in store.events()] == ["accept"]


def test_it_works_without_scripts(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    page.click("text=Articles")
    page.click("text=Open the first")
    page.click("button[value=accept]")
    assert "1 of" in page.inner_text(".progress span")
    page.click(".pin >> nth=3")
    assert "4 of 5" in page.inner_text(".where")
    page.click("text=After")
    page.wait_for_selector("[data-look=after] .made ins:has-text('crossing')")
    context.close()


def test_a_long_article_with_thousands_of_marks_stays_quick(
    browser: Browser, tmp_path: Path, rules: Path
) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    line = "Some said that teh town had never seen such a day, and no more."
    (folder / "long.txt").write_text("\n\n".join([line] * LONG), "utf-8")
    with serving(folder, rules) as served, window(browser, served.address) as page:
        page.goto(f"{served.root}articles")
        page.click("text=long.txt")
        page.wait_for_selector(".live #text")
        assert page.locator(".pin").count() == LONG
        loading = page.evaluate(
            "async () => { const t = performance.now(); await go(location.href, {}, false); return performance.now() - t; }"
        )
        step = page.evaluate(
            """() => { const t = performance.now();
                 for (let i = 0; i < 50; i++) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'J', bubbles: true }));
                 return (performance.now() - t) / 50; }"""
        )
        deciding = page.evaluate(
            """async () => { const t = performance.now();
                 for (let i = 0; i < 10; i++) document.querySelector('[data-key=a]').click();
                 while (!document.querySelector('.progress span').textContent.startsWith('10 of')) await new Promise(r => setTimeout(r, 5));
                 return (performance.now() - t) / 10; }"""
        )
        print(f"opened in {loading:.0f} ms, a step {step:.1f} ms, a decision on disk {deciding:.0f} ms")
        assert loading < 3_000
        assert step < 100
        assert deciding < 600
        snap(page, "article-long")


GUIDE = (
    "Share\n\nThe mayors of the coast came to Paris on Tuesday, and were received by French President François Hollande. "
    "The meeting lasted two hours,, and nobody left early.\n\nChirac said that the dykes would be raised “before the "
    "winter”. The mayors had asked for help since the spring, Reuters he reported.\n\n“Nobody will be left alone,” "
    "Hollande told them at the end. The cafÃ© of the palace had closed by then.\n\nRead also: The dykes of the north\n"
)


def test_the_pictures_of_the_guide_show_what_it_says(browser: Browser, tmp_path: Path) -> None:
    """``CLEANTEXT_SCREENSHOTS=FOLDER pytest -k pictures_of_the_guide`` draws ``docs/pictures/review-*.png`` anew."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "dykes.txt").write_text(GUIDE, "utf-8")
    (folder / "ferry.txt").write_text("The ferry sailed at noon, Reuters he reported.\n", "utf-8")
    with serving(folder, None) as served:
        with window(browser, served.address, 1180, 760) as page:
            open_article(page, served, "dykes.txt")
            settled(page)
            snap(page, "guide-article")
            while not page.locator("#card .rule-of:has-text('AT')").count():
                page.keyboard.press("J")
                settled(page)
            assert "Hollande" in page.inner_text("#card")
            snap(page, "guide-mark")
            page.keyboard.press("a")
            page.wait_for_selector(".live:not([data-sending])")
            page.keyboard.press("3")
            assert "Hollande said that the dykes" in seen(page)
            snap(page, "guide-after")
            page.goto(served.root + "apply")
            assert "1 accepted" in page.inner_text("main")
            snap(page, "guide-apply")
        with window(browser, served.address, 390, 780) as page:
            open_article(page, served, "dykes.txt")
            settled(page)
            snap(page, "guide-phone")
