"""A real browser on the page as the command line serves it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


class Served(NamedTuple):
    address: str
    folder: Path

    @property
    def root(self) -> str:
        return self.address.split("?")[0]


def chromium() -> str | None:
    return next(
        (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
    )


def start(folder: Path, rules: Path | None, *options: str) -> subprocess.Popen[str]:
    """Start the command; the first line that it prints is the address. ``rules`` are those that run alone."""
    code = "from cleantext.cli import main; main()"
    chosen = ["--rules", str(rules), "--select", "TST"] if rules else []
    given = ["--no-browser", "--port", "0", "--who", "anna", *chosen, *options]
    return subprocess.Popen(
        [sys.executable, "-c", code, "review", *given, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@contextmanager
def serving(folder: Path, rules: Path | None, *options: str) -> Iterator[Served]:
    """Serve a corpus until the block ends."""
    process = start(folder, rules, *options)
    assert process.stdout is not None
    yield Served(process.stdout.readline().strip(), folder)
    process.terminate()
    process.wait(10)
    process.stdout.close()


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium; skip, and in CI fail, where there is none."""
    missing = None
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed: pip install playwright"
    path = chromium()
    if missing is None and path is None:
        missing = "no Chromium: apt-get install chromium"
    if missing is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@contextmanager
def window(browser: Browser, address: str, width: int = 1280, height: int = 800) -> Iterator[Page]:
    """Open an address in a window of its own; no script may fail in it."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(address)
    yield page
    context.close()
    told = "\n".join(e for e in errors if "409" not in e)
    assert told == "", told


def press(page: Page, key: str, then: str) -> None:
    page.keyboard.press(key)
    page.wait_for_selector(then)


def heading(page: Page) -> str:
    return page.inner_text("main h1")


def snap(page: Page, name: str) -> None:
    folder = os.environ.get("CLEANTEXT_SCREENSHOTS")
    if folder is None:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", animations="disabled")
    page.emulate_media(color_scheme="light")


def decided(page: Page, number: int) -> None:
    page.wait_for_function(
        "n => document.querySelector('.progress span').textContent.startsWith(n + ' of')", arg=str(number)
    )
