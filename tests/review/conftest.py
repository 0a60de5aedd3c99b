"""A session over a small corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import Served, launched, serving, window
from review_corpus import ARTICLES, RULES, Open

from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from starlette.testclient import TestClient


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(RULES, "utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def served(corpus: Path, rules: Path) -> Iterator[Served]:
    with serving(corpus, rules) as found:
        yield found


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    with window(browser, served.address) as found:
        yield found


@pytest.fixture
def cleaner(rules: Path) -> Cleaner:
    return Cleaner(Configuration(rules=(str(rules),), select=("TST",)))


@pytest.fixture
def open_session(corpus: Path, cleaner: Cleaner) -> Iterator[Open]:
    """Open the store of the corpus, scan, and give a session; again for a second window."""
    opened: list[Store] = []

    def make(*, who: str = "anna", cleaner: Cleaner = cleaner, share: float = 0.9) -> Session:
        store = Store(corpus / ".cleantext" / "review.db")
        opened.append(store)
        seen = scan(store, cleaner, read([str(corpus)]), on_failure=lambda f: pytest.fail(str(f)))
        return Session(store, cleaner, who=who, scan=seen.number, share=share)

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def session(open_session: Open) -> Session:
    return open_session()


@pytest.fixture
def client(session: Session) -> Iterator[TestClient]:
    """The page for somebody who has opened its address."""
    pytest.importorskip("starlette", reason="the extra [review] is not installed")
    from visiting import TOKEN, stranger

    with stranger(session) as client:
        assert client.get(f"/?token={TOKEN}").status_code == 200
        yield client
