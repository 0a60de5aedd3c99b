"""The review page's door: the token lies nowhere that another user can read, and the cookie goes to nobody else."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.web.pages import make_app

ROOT = not hasattr(os, "geteuid") or os.geteuid() == 0
OTHER = 54321
PORT, TOKEN, PATH = 8765, "a-token-of-its-own", "/unforeseen"


class Stay(urllib.request.HTTPErrorProcessor):
    """Follows no redirect."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:
        return response


@pytest.fixture
def started(machine: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the page with a browser that notes what it was started with and stays."""
    browser = machine / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$@" > {machine}/opened.part\nmv {machine}/opened.part {machine}/opened\nsleep 60\n'
    )
    browser.chmod(0o755)
    running: list[subprocess.Popen[str]] = []

    def start(*options: str) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "cleantext", "review", "--isolated", *options, str(machine / "corpus")]
        process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=machine, start_new_session=True,
            env={**os.environ, "BROWSER": str(browser), "TMPDIR": str(machine / "temporary"), "HOME": str(machine)},
        )  # fmt: skip
        running.append(process)
        return process

    yield start
    for process in running:
        os.killpg(process.pid, 9)
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def opened(machine: Path) -> Path:
    """Wait for the browser; return the file it was told to open."""
    deadline = time.monotonic() + 60
    while not (machine / "opened").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    said = (machine / "opened").read_text("utf-8").strip()
    assert said.startswith("file://")
    return Path(said.removeprefix("file://"))


def seen_by_another_user(folder: Path, secret: str) -> list[str]:
    """Return the processes' words and the files below a folder in which another user finds a secret."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if ROOT:
                os.setgroups([])
                os.setresgid(OTHER, OTHER, OTHER)
                os.setresuid(OTHER, OTHER, OTHER)
            found = []
            words = [
                str(path) for kind in ("cmdline", "environ") for path in Path("/proc").glob(f"[0-9]*/{kind}")
            ]
            own = {f"/proc/{os.getpid()}/cmdline", f"/proc/{os.getpid()}/environ"}
            files = [str(Path(top, name)) for top, _, names in os.walk(folder) for name in names]
            for path in (*words, *files):
                try:
                    held = secret.encode() in Path(path).read_bytes()
                    # Where there is no other user to be, a mode that lets one in counts.
                    if (
                        held
                        and path not in own
                        and (ROOT or path in words or Path(path).stat().st_mode & 0o077)
                    ):
                        found.append(path)
                except OSError:
                    continue
            os.write(writing, "\n".join(["looked", *found]).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        lines = said.read().splitlines()
    os.waitpid(child, 0)
    assert lines[0] == "looked"
    return lines[1:]


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_process_and_no_file_shows_the_token_to_another_user(
    machine: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    process = started("--port", "0")
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    token = address.split("token=")[1]
    file = opened(machine)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert token in file.read_text("utf-8")
    assert seen_by_another_user(machine, token) == []
    cookie = let_in(address)
    assert seen_by_another_user(machine, cookie.split("=")[1]) == []


def let_in(address: str) -> str:
    """Come in as a browser does from the file; return the cookie."""
    request = urllib.request.Request(
        address, headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    )
    with urllib.request.build_opener(Stay()).open(request, timeout=10) as answer:
        cookie = answer.headers["set-cookie"]
        # A strict cookie would not go along with a redirect of a request that began elsewhere.
        assert answer.status == 200
        place = re.search(r"url=([^\"]+)", answer.read().decode())
    root = address.split("?")[0]
    assert place is not None
    assert root.endswith(place.group(1))
    assert f"path={place.group(1)}" in cookie.lower().replace("; ", ";").split(";")
    request = urllib.request.Request(root, headers={"cookie": cookie.split(";")[0]})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200
    return str(cookie.split(";")[0])


def test_what_nobody_waits_for_at_a_terminal_is_printed_without_the_token(
    machine: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    process = started()
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[0-9a-f]{16}/", address)
    assert f"{address}?token=" in opened(machine).read_text("utf-8")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("door")
    (folder / "a.txt").write_text("The cafÃ© is open.\n\nThey left teh town.\n", "utf-8")
    cleaner = Cleaner(Configuration(select=("encoding",)))
    with Store(folder / ".cleantext" / "review.db") as store:
        seen = scan(store, cleaner, read([str(folder)]), on_failure=lambda f: pytest.fail(str(f)))
        session = Session(store, cleaner, who="anna", scan=seen.number, share=0.9)
        app = make_app(session, token=TOKEN, port=PORT, root=PATH)
        with TestClient(app, base_url=f"http://127.0.0.1:{PORT}") as client:
            assert client.get(f"{PATH}/?token={TOKEN}").status_code == 200
            yield client


def test_the_cookie_is_bound_to_a_path_that_nobody_can_guess_and_is_not_the_token(page: TestClient) -> None:
    answer = page.get(f"{PATH}/?token={TOKEN}", follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert f"cleantext-{PORT}=" in cookie
    assert f"Path={PATH}/;" in cookie
    assert TOKEN not in cookie


def test_the_cookie_of_one_page_opens_no_other(page: TestClient, tmp_path: Path) -> None:
    with Store(tmp_path / "review.db") as store:
        session = Session(store, Cleaner(), who="eve", scan=0, share=0.9)
        app = make_app(session, token=TOKEN, port=PORT, root=PATH)
        with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", cookies=page.cookies) as other:
            assert other.get(f"{PATH}/").status_code == 403


@pytest.mark.parametrize(
    "place", ["//evil.example/", "///evil.example", "/\\evil.example/", "/%2f%2fevil.example/"]
)
def test_the_token_leads_to_no_other_machine(page: TestClient, place: str) -> None:
    for root in ("", PATH):
        scope_path = f"{root}{place}"
        answer = page.get(f"http://127.0.0.1:{PORT}{scope_path}?token={TOKEN}", follow_redirects=False)
        assert answer.headers["location"].startswith(f"{PATH}/")
        assert not answer.headers["location"].startswith(("//", "/\\"))


@pytest.mark.parametrize("number", [1 << 63, (1 << 63) - 1, 10**19, 10**400, "٣", "-1", "1e3", "%00", "0x1"])
@pytest.mark.parametrize("kind", ["finding", "article"])
def test_a_number_that_no_row_has_gets_404(page: TestClient, kind: str, number: object) -> None:
    assert page.get(f"{PATH}/{kind}/{number}").status_code == 404
    if kind == "finding":
        data = {"verdict": "accept", "seen": str(number)}
        headers = {"origin": f"http://127.0.0.1:{PORT}"}
        assert page.post(f"{PATH}/finding/{number}", data=data, headers=headers).status_code == 404


ODD = st.one_of(
    st.integers(-(1 << 70), 1 << 70).map(str),
    st.sampled_from(
        ["", "nan", "inf", "-inf", "1e999", "%00", "%ff", "%ed%a0%80", "..", "%2e%2e", "9" * 5000]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    path=st.sampled_from(["", "next", "finding/{}", "group/{}", "articles", "article/{}", "article/{}/all", "article/1/{}", "articles/next", "rules", "rules/{}/keep", "apply/{}", "apply", "{}"]),
    inside=ODD,
    values=st.dictionaries(
        st.sampled_from(["page", "state", "rule", "category", "article", "kind", "low", "high", "group", "after",
                         "before", "of", "from", "said", "then", "at", "look", "least", "count", "finding", "many", "behind", "seen", "read", "verdict", "back"]), ODD, max_size=4,
    ),
    post=st.booleans(),
)  # fmt: skip
def test_no_address_and_no_form_ends_in_a_server_error(
    page: TestClient, path: str, inside: str, values: dict[str, str], post: bool
) -> None:
    address = f"{PATH}/{path.format(quote(inside, safe='%'))}"
    sent: dict[str, Any] = {"params": values, "follow_redirects": False}
    if post:
        answer = page.post(address, data=values, headers={"origin": f"http://127.0.0.1:{PORT}"}, **sent)
    else:
        answer = page.get(address, **sent)
    assert answer.status_code < 500
