"""The pages of several people: each address opens its own and no other, wrong ones are slowed down, revoked ones shut."""

from __future__ import annotations

import os
import socket
import ssl
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient
from test_review_door import ROOT, Stay, seen_by_another_user

from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review import team
from cleantext.review.scan import scan
from cleantext.review.seats import Bench, Desk
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.web import attempts
from cleantext.review.web.attempts import Attempts
from cleantext.review.web.sharing import Building, Place, build

HOST = "desk.example:8443"
ORIGIN = {"origin": f"https://{HOST}"}


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Shared(NamedTuple):
    store: Store
    building: Building
    paths: dict[str, str]
    clock: Clock

    def browser(self, address: str = "10.0.0.1") -> TestClient:
        return TestClient(self.building, base_url=f"https://{HOST}", client=(address, 5000))

    def root(self, name: str) -> str:
        return self.paths[name].split("/?")[0]


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Shared]:
    (tmp_path / "a.txt").write_text("The cafÃ© is open.\n\nThey left teh town, and the cafÃ© too.\n", "utf-8")
    cleaner = Cleaner(Configuration(select=("encoding",)))
    path = tmp_path / ".cleantext" / "review.db"
    clock = Clock()
    with ExitStack() as opened:
        store = opened.enter_context(Store(path))
        for name in ("Anna", "Ben"):
            team.add(store, name)
        team.add(store, "Carla", reviews=False, adjudicates=True)
        seen = scan(store, cleaner, read([str(tmp_path)]), on_failure=lambda f: pytest.fail(str(f)))

        def session(one: Store, who: str) -> Session:
            return Session(opened.enter_context(one), cleaner, who=who, scan=seen.number)

        places = [
            Place(
                one,
                session(Desk(path, one), one.name) if one.reviews else None,
                session(Bench(path), one.name) if one.adjudicates else None,
            )
            for one in team.reviewers(store)
        ]
        building, paths = build(store, places, hosts=[HOST], secure=True, attempts=Attempts(clock))
        yield Shared(store, building, dict(paths), clock)


def test_an_address_opens_its_own_pages_and_nobody_elses(shared: Shared) -> None:
    anna = shared.browser()
    assert anna.get(shared.paths["Anna"]).status_code == 200
    assert anna.get(shared.root("Anna") + "/").status_code == 200
    assert anna.get(shared.root("Ben") + "/").status_code == 403
    assert anna.get(shared.root("Carla") + "/").status_code == 403
    token = shared.paths["Anna"].split("token=")[1]
    assert anna.get(f"{shared.root('Ben')}/?token={token}").status_code == 403


def test_each_cookie_is_bound_to_its_own_path_goes_over_tls_alone_and_is_not_the_token(
    shared: Shared,
) -> None:
    cookies = {}
    for name, path in shared.paths.items():
        answer = shared.browser().get(path, follow_redirects=False)
        cookie = answer.headers["set-cookie"]
        assert f"Path={shared.root(name)}/;" in cookie
        assert cookie.startswith("cleantext-8443=")
        for wanted in ("Secure", "HttpOnly", "SameSite=strict"):
            assert wanted in cookie
        cookies[name] = cookie.split(";")[0]
        assert path.split("token=")[1] not in cookie
    assert len(set(cookies.values())) == 3
    for name in ("Ben", "Carla"):  # sent all the same, by no browser
        stolen = shared.browser().get(shared.root(name) + "/", headers={"cookie": cookies["Anna"]})
        assert stolen.status_code == 403


def test_a_decision_is_signed_with_the_name_of_the_address_whatever_is_sent(shared: Shared) -> None:
    ben = shared.browser()
    ben.get(shared.paths["Ben"])
    number = shared.store.items()[0].id
    sent = {
        "verdict": "accept",
        "seen": "0",
        "who": "Anna",
        "reviewer": "Anna",
        "adjudicates": "1",
        "asked": "0",
    }
    assert ben.post(f"{shared.root('Ben')}/finding/{number}", data=sent, headers=ORIGIN).status_code == 200
    (event,) = shared.store.events()
    assert (event.who, event.asked, event.adjudicates) == ("Ben", 2, False)
    there = f"{shared.root('Ben')}/adjudicate/finding/{number}"
    assert ben.post(there, data=sent, headers=ORIGIN).status_code == 404
    assert ben.post(f"{shared.root('Ben')}/apply", headers=ORIGIN).status_code == 404


def test_a_revoked_address_is_shut_at_once_and_stays_shut(shared: Shared) -> None:
    ben, anna = shared.browser(), shared.browser()
    assert ben.get(shared.paths["Ben"]).status_code == 200
    assert anna.get(shared.paths["Anna"]).status_code == 200
    team.revoke(shared.store, "Ben")
    number = shared.store.items()[0].id
    answer = ben.get(shared.root("Ben") + "/")
    assert (answer.status_code, "revoked" in answer.text) == (403, True)
    sent = {"verdict": "accept", "seen": "0"}
    assert ben.post(f"{shared.root('Ben')}/finding/{number}", data=sent, headers=ORIGIN).status_code == 403
    assert shared.store.events() == []
    team.add(shared.store, "Ben")  # he is back, and gets a new address
    assert ben.get(shared.paths["Ben"]).status_code == 403
    assert anna.get(shared.root("Anna") + "/").status_code == 200


def test_wrong_addresses_are_slowed_down_and_whoever_is_in_stays_in(shared: Shared) -> None:
    anna = shared.browser("10.0.0.1")
    assert anna.get(shared.paths["Anna"]).status_code == 200
    thief = shared.browser("10.0.0.1")
    for number in range(attempts.MOST):
        # As he likes: a root of nobody's, a wrong token, a wrong cookie.
        sent = [
            thief.get(f"/{number:016x}/"),
            thief.get(f"{shared.root('Anna')}/?token={number}"),
            thief.get(f"{shared.root('Anna')}/", headers={"cookie": f"cleantext-8443={number}"}),
        ][number % 3 : number % 3 + 1][0]
        assert sent.status_code in (403, 429)
    shut = thief.get(shared.paths["Anna"])
    assert shut.status_code == 429, "even the right one, or he could go on guessing"
    assert 0 < int(shut.headers["retry-after"]) <= attempts.SPAN
    assert thief.get("/").status_code == 429
    assert anna.get(shared.root("Anna") + "/").status_code == 200
    assert shared.browser("10.0.0.2").get(shared.paths["Ben"]).status_code == 200
    shared.clock.now += attempts.SPAN
    assert thief.get(shared.paths["Anna"]).status_code == 200


def test_a_network_of_addresses_is_one_client_and_memory_has_an_end() -> None:
    counted = Attempts(Clock())
    for number in range(attempts.MOST):
        counted.note(f"2001:db8::{number:x}")
    assert counted.wait("2001:db8::ffff")
    assert not counted.wait("2001:db8:0:1::1")
    for number in range(attempts.MOST):
        counted.note("::ffff:192.0.2.1" if number % 2 else "192.0.2.1")
    assert counted.wait("192.0.2.1")
    for number in range(2 * attempts.CLIENTS):
        counted.note(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(counted._wrong) == attempts.CLIENTS


@pytest.mark.parametrize(
    "headers",
    [{"host": "evil.example"}, {"host": "desk.example"}, {"origin": f"http://{HOST}"}, {"origin": "https://evil.example"}],
)  # fmt: skip
def test_another_host_or_origin_is_refused(shared: Shared, headers: dict[str, str]) -> None:
    anna = shared.browser()
    anna.get(shared.paths["Anna"])
    number = shared.store.items()[0].id
    sent = {"verdict": "accept", "seen": "0"}
    answer = anna.post(f"{shared.root('Anna')}/finding/{number}", data=sent, headers={**ORIGIN, **headers})
    assert answer.status_code == 403
    assert shared.store.events() == []


def test_an_address_of_nobodys_says_no_more_than_a_wrong_token(shared: Shared) -> None:
    answer = shared.browser().get("/0123456789abcdef/")
    assert answer.status_code == 403
    assert answer.headers["content-security-policy"]
    assert not any(name in answer.text for name in shared.paths)


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(machine: Path) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def begin(*options: str) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "cleantext", "review", "--isolated", "--share", *options]
        process = subprocess.Popen(
            [*words, str(machine / "corpus")],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=machine,
            env={**os.environ, "TMPDIR": str(machine / "temporary"), "HOME": str(machine)},
        )  # fmt: skip
        running.append(process)
        return process

    yield begin
    for process in running:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stderr.close()


def addresses(process: subprocess.Popen[str]) -> tuple[dict[str, str], Path]:
    """Wait until the pages are served; return what is in the operator's file, and where that is."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("The whole addresses are in "):
            file = Path(line.removeprefix("The whole addresses are in ").split(", for your eyes")[0])
            return dict(row.split("\t") for row in file.read_text("utf-8").splitlines()), file
    raise AssertionError(f"ended with {process.wait()}")


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="needs /proc")
def test_no_process_no_file_and_no_output_shows_a_token_to_another_user(machine: Path, start: Start) -> None:
    process = start("--reviewer", "Anna", "--reviewer", "Ben")
    whole, file = addresses(process)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert process.stdout is not None
    printed = [process.stdout.readline() for _ in whole]
    for name, address in whole.items():
        token = address.split("token=")[1]
        assert not any(token in line for line in printed)
        assert f"{name}  {address.split('?')[0]}\n" in printed
        assert seen_by_another_user(machine, token) == []
        # Nor does the store hold it: with it, nobody who reads a copy of the store gets in.
        assert all(token.encode() not in path.read_bytes() for path in machine.rglob(".cleantext/*"))
        request = urllib.request.Request(address)
        with urllib.request.build_opener(Stay()).open(request, timeout=10) as answer:
            cookie = answer.headers["set-cookie"].split(";")[0].split("=")[1]
        assert seen_by_another_user(machine, cookie) == []
    assert ROOT or file.stat().st_uid == os.geteuid()
    process.terminate()
    process.wait(10)
    assert not file.exists()


def test_without_a_certificate_nobody_else_is_let_in(machine: Path, start: Start) -> None:
    for options in (["--host", "0.0.0.0"], ["--host", "192.0.2.1", "--allow-host", "desk.example"]):
        process = start("--reviewer", "Anna", *options)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "--certificate FILE" in said
    assert not (machine / "corpus" / ".cleantext").exists(), "refused before anything is read"


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A certificate for localhost, its key, and the authority that signed it."""
    trustme = pytest.importorskip("trustme")
    authority = trustme.CA()
    made = authority.issue_cert("localhost", "127.0.0.1")
    chain, key, root = tmp_path / "chain.pem", tmp_path / "key.pem", tmp_path / "root.pem"
    made.cert_chain_pems[0].write_to_path(str(chain))
    made.private_key_pem.write_to_path(str(key))
    authority.cert_pem.write_to_path(str(root))
    return chain, key, root


def test_on_the_network_pages_go_over_tls_with_the_certificate_that_was_given(
    start: Start, certificate: tuple[Path, Path, Path]
) -> None:
    chain, key, root = certificate
    process = start(
        "--reviewer", "Anna", "--host", "0.0.0.0", "--allow-host", "localhost",
        "--certificate", str(chain), "--key", str(key),
    )  # fmt: skip
    whole, _ = addresses(process)
    assert whole["Anna"].startswith("https://localhost:")
    trusting = ssl.create_default_context(cafile=str(root))
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=trusting), urllib.request.HTTPCookieProcessor()
    )
    with opener.open(whole["Anna"], timeout=10) as answer:
        assert answer.status == 200
        assert "You are" in answer.read().decode()
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urllib.request.urlopen(whole["Anna"], timeout=10)
    port = int(whole["Anna"].split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        assert not plain.recv(100).startswith(b"HTTP"), "nothing is said in the clear"


def test_a_certificate_that_is_none_is_said_before_anything_is_read(
    machine: Path, start: Start, certificate: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    chain, key, root = certificate
    (tmp_path / "nonsense.pem").write_text("no certificate\n")
    for one, other in ((tmp_path / "nonsense.pem", key), (chain, root), (tmp_path / "none.pem", key)):
        process = start("--reviewer", "Anna", "--certificate", str(one), "--key", str(other))
        _, said = process.communicate(timeout=60)
        assert process.returncode == 2
        assert f"{one} with {other} cannot be used as a certificate with its key" in said
        assert "Traceback" not in said
    assert not (machine / "corpus" / ".cleantext").exists()


def test_a_head_that_drips_is_hung_up_on(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, _ = addresses(start("--reviewer", "Anna"))
    port = int(whole["Anna"].split(":")[2].split("/")[0])
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=30) as dripping:
        dripping.sendall(b"GET / HTTP/1.1\r\nhost: ")
        assert dripping.recv(10) == b""
    assert time.monotonic() - began < 25
