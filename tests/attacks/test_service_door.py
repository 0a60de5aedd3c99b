"""The service under hostile requests: what is refused, what is bounded, and what other sites reach."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service.starting import Service, started, with_limits

ARTICLE = {"text": "Share\n\nThe cafÃ© by the harbour is open again.\n"}
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with tight limits."""
    words = with_limits("size=200_000, time=20.0, reading=1.0, waiting=4, connections=16")
    yield from started(words, tmp_path_factory.mktemp("service"))


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.address, timeout=60) as opened:
        yield opened
        # Whatever was sent, the service lives and answers.
        deadline = time.monotonic() + 30
        while (told := opened.get("health")).status_code != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert told.json()["status"] == "ok"
        assert opened.post("check", json=ARTICLE).status_code == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"nonsense", 400),
        (b'{"text": "\xff"}', 400),
        (b'{"text": "a\x00"}', 400),
        (b"[" * 100_000, 400),
        (b'{"text": "a", "x": ' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400),
        (b'["\\ud800", ' + b"[" * 50_000 + b"]" * 50_000 + b"]", 400),
        (b'{"text": NaN}', 400),
        (b'{"text": ' + b"9" * 5_000 + b"}", 400),
        (b'{"articles": {"text": "a"}}', 400),
        (b'"text"', 400),
        (b"\x1f\x8b" + b"\0" * 100, 400),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else None,
)
@pytest.mark.parametrize("task", ["check", "fix"])
def test_a_body_that_is_no_article_is_refused(
    client: httpx.Client, task: str, body: bytes, status: int
) -> None:
    answer = client.post(task, content=body, headers=JSON)
    assert answer.status_code == status
    told = answer.json()
    assert told.get("error") or told["errors"][0]["error"]
    as_lines = client.post(task, content=body, headers={"content-type": "application/x-ndjson"})
    assert as_lines.status_code in (200, 400)  # no lines are no articles, and no error


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=300),
    media=st.sampled_from(["application/json", "application/x-ndjson", "text/plain", "text/markdown"]),
)
def test_no_body_ends_in_a_server_error(client: httpx.Client, body: bytes, media: str) -> None:
    assert client.post("fix", content=body, headers={"content-type": media}).status_code in (200, 400)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(
        st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=60
    ).map(str.encode)
)
def test_no_query_ends_in_a_server_error(client: httpx.Client, query: bytes) -> None:
    url = httpx.URL(client.base_url).copy_with(path="/check", query=query)
    assert client.post(url, json=ARTICLE).status_code in (200, 400)


@pytest.mark.parametrize(
    "query",
    ["server=http://127.0.0.1:1", "languagetool=true", "editor=true", "config=/etc/passwd", "rules=/etc/passwd",
     "index=/etc/passwd", "select=languagetool", "select=editor", "select=a&select=b", "apply=safe"],
)  # fmt: skip
def test_no_request_chooses_a_server_a_file_or_what_is_unknown(client: httpx.Client, query: str) -> None:
    answer = client.post(f"check?{query}", json=ARTICLE)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_body_says_nothing_about_settings(client: httpx.Client) -> None:
    plain = client.post("check", json=ARTICLE).json()
    settings = {"select": ["BP"], "editor": {"server": "http://127.0.0.1:1"}, "config": "/etc/passwd"}
    assert client.post("check", json={**ARTICLE, **settings}).json() == plain


def test_a_packed_body_is_not_unpacked(client: httpx.Client) -> None:
    answer = client.post("check", content=b"\x1f\x8b", headers={**JSON, "content-encoding": "gzip"})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "media",
    [
        "",
        "application/xml",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/plain; charset=utf-16",
    ],
)
def test_other_media_are_refused(client: httpx.Client, media: str) -> None:
    answer = client.post("check", content=b"a", headers={"content-type": media})
    assert answer.status_code == 415


def test_a_large_body_is_refused_before_it_is_read(client: httpx.Client) -> None:
    assert client.post("check", content=b" " * 200_001, headers=JSON).status_code == 413

    def dripping() -> Iterator[bytes]:
        for _ in range(21):
            yield b" " * 10_000

    assert client.post("check", content=dripping(), headers=JSON).status_code == 413


def test_a_request_that_takes_too_long_is_stopped_and_the_next_is_served(tmp_path: Path) -> None:
    slow = json.dumps({"text": "Reuters he reported, it's said say (b) .\n" * 4_000}).encode()
    for hasty in started(with_limits("size=200_000, time=0.5"), tmp_path):
        with httpx.Client(base_url=hasty.address, timeout=60) as client:
            begun = time.monotonic()
            answer = client.post("fix?apply=review&min-confidence=0", content=slow, headers=JSON)
            assert answer.status_code == 503
            assert "longer than 0.5 seconds" in answer.json()["error"]
            assert time.monotonic() - begun < 10
            deadline = time.monotonic() + 60
            while client.post("check", json=ARTICLE).status_code != 200:
                assert time.monotonic() < deadline
            assert client.get("health").json()["replaced"] >= 1


def talk(
    port: int, sent: bytes, *, pause: float = 0.0, times: int = 1, wait: float = 10.0
) -> tuple[bytes, float]:
    """Send bytes, again after a pause; return what came back until the service hung up, and after how long."""
    begun = time.monotonic()
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.settimeout(wait)
        try:
            for _ in range(times):
                connection.sendall(sent)
                time.sleep(pause)
            while part := connection.recv(65536):
                got += part
        except (ConnectionResetError, BrokenPipeError):
            pass
    return got, time.monotonic() - begun


def test_a_client_that_says_nothing_is_hung_up_on(service: Service, client: httpx.Client) -> None:
    got, took = talk(service.port, b"")
    assert got == b""
    assert took < 8


def test_a_head_that_drips_is_hung_up_on(service: Service, client: httpx.Client) -> None:
    got, took = talk(service.port, b"G", pause=0.3, times=20)
    assert got == b""
    assert took < 8


def test_a_second_head_that_drips_is_hung_up_on_as_well(service: Service, client: httpx.Client) -> None:
    host = f"Host: 127.0.0.1:{service.port}\r\n"
    got, took = talk(service.port, f"GET /health HTTP/1.1\r\n{host}\r\nG".encode())
    assert got.startswith(b"HTTP/1.1 200")
    assert took < 8


def test_a_body_that_drips_is_given_up(service: Service, client: httpx.Client) -> None:
    head = f"POST /check HTTP/1.1\r\nHost: 127.0.0.1:{service.port}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    got, took = talk(service.port, head.encode() + b"{")
    assert b" 408 " in got.partition(b"\r\n")[0]
    assert took < 8


def test_a_head_without_end_is_refused(service: Service, client: httpx.Client) -> None:
    got, _ = talk(service.port, b"GET / HTTP/1.1\r\nX: " + b"a" * 300_000)
    assert got == b"" or got.startswith(b"HTTP/1.1 400")


def test_connections_are_bounded_and_come_back(service: Service, client: httpx.Client) -> None:
    with ThreadPoolExecutor(40) as threads:
        ends = list(threads.map(lambda _: talk(service.port, b""), range(40)))
    assert all(got == b"" and took < 10 for got, took in ends)


def test_requests_beyond_the_limit_are_told_to_come_again(client: httpx.Client) -> None:
    slow = json.dumps({"text": "Share\n\nThe café by the harbour is open again.\n" * 500})

    def ask(_: int) -> httpx.Response:
        return httpx.post(f"{client.base_url}check", content=slow, headers=JSON, timeout=60)

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(ask, range(10)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    busy = [answer for answer in answers if "too many" in answer.text]
    assert busy
    assert all(answer.headers["retry-after"] == "1" for answer in busy)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""],
)
@pytest.mark.parametrize("path", ["check", "fix", "health", "", "openapi.json"])
def test_a_name_that_came_to_mean_this_machine_is_refused(
    service: Service, client: httpx.Client, host: str, path: str
) -> None:
    headers = {"host": host.format(port=service.port), **JSON}
    post = path in ("check", "fix")
    answer = client.post(path, json=ARTICLE, headers=headers) if post else client.get(path, headers=headers)
    assert answer.status_code == 421
    assert "findings" not in answer.text


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_its_own_names_are_answered(service: Service, client: httpx.Client, name: str) -> None:
    assert client.get("health", headers={"host": f"{name}:{service.port}"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "https://desk.example.evil", "file://"]
)
@pytest.mark.parametrize("media", ["application/json", "text/plain"])
def test_pages_of_other_sites_may_not_ask(client: httpx.Client, origin: str, media: str) -> None:
    answer = client.post("check", content=b'{"text": "a"}', headers={"content-type": media, "origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    before = client.options("check", headers={"origin": origin, "access-control-request-method": "POST"})
    assert before.status_code == 403
    assert "access-control-allow-origin" not in before.headers


def test_pages_of_a_named_site_may_ask_and_no_cookie_goes_along(client: httpx.Client) -> None:
    origin = {"origin": "https://desk.example"}
    before = client.options("check", headers={**origin, "access-control-request-method": "POST"})
    assert before.status_code == 204
    assert before.headers["access-control-allow-methods"] == "GET, POST"
    answer = client.post("check", json=ARTICLE, headers=origin)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://desk.example"
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers


def test_every_answer_keeps_a_browser_from_making_more_of_it(client: httpx.Client) -> None:
    for answer in (client.get(""), client.get("nothing"), client.post("check", json=ARTICLE)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


def test_markup_in_an_article_is_no_page(client: httpx.Client) -> None:
    answer = client.post("check", json={"text": "<script>alert(1)</script>"})
    assert answer.headers["content-type"] == "application/json"


def memory(service: Service) -> int:
    """Kilobytes that the service and its workers hold, by the system's count."""
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children").read_text().split()
    total = 0
    for pid in (str(service.process.pid), *children):
        for row in Path(f"/proc/{pid}/status").read_text().splitlines():
            if row.startswith("VmRSS:"):
                total += int(row.split()[1])
    return total


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_memory_does_not_grow_with_requests(service: Service, client: httpx.Client) -> None:
    body = json.dumps({"text": ARTICLE["text"] * 60}).encode()
    for _ in range(50):
        client.post("check", content=body, headers=JSON)
    before = memory(service)
    for number in range(300):
        client.post("fix", content=body, headers=JSON)
        client.post("check", content=b"[" * 20_000, headers=JSON)
        if number % 50 == 0:
            client.post("check", content=b" " * 250_000, headers=JSON)
    assert memory(service) - before < 12_000
