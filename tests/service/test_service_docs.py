"""The requests that the page shows are answered as it says."""

from __future__ import annotations

import json
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from tests.service.starting import Service, started

PAGE = Path(__file__).resolve().parents[2] / "docs" / "service.md"
SHOWN = [row for row in PAGE.read_text("utf-8").splitlines() if row.startswith("curl ")]


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown[-30:])
def test_a_request_that_is_shown_works(service: Service, tmp_path: Path, shown: str) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl")
    (tmp_path / "article.md").write_text("# News\n\nShare\n", "utf-8")
    (tmp_path / "news.jsonl").write_text('{"id": "1", "text": "Share\\n\\nThe talks failed."}\n', "utf-8")
    words = shlex.split(shown.replace("127.0.0.1:8765", f"127.0.0.1:{service.port}"))
    done = subprocess.run(
        [curl, "--fail-with-body", "--silent", *words[1:]], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    for row in done.stdout.splitlines() if "news.jsonl" in shown else [done.stdout]:
        told = json.loads(row)
        assert "error" not in told
        assert not told.get("errors")


def test_the_page_shows_requests() -> None:
    assert len(SHOWN) >= 5


def test_a_request_under_way_comes_to_its_end_when_the_service_is_stopped(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "cleantext", "serve", "--isolated", "--port", "0", "--workers", "1"]
    long = json.dumps({"text": "Reuters he reported, it's said say (b) .\n" * 400}).encode()
    got: list[httpx.Response] = []

    def ask(address: str) -> None:
        headers = {"content-type": "application/json"}
        got.append(httpx.post(f"{address}fix", content=long, headers=headers, timeout=60))

    for service in started(words, tmp_path):
        asking = threading.Thread(target=ask, args=(service.address,))
        asking.start()
        asking.join(0.5)
        service.process.send_signal(signal.SIGTERM)
        asking.join(60)
    assert [answer.status_code for answer in got] == [200]


def test_beyond_loopback_it_wants_to_know_its_names(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "cleantext", "serve", "--isolated", "--host", "0.0.0.0"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "--allow-host" in done.stderr


def test_a_taken_port_is_said(service: Service, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "cleantext", "serve", "--isolated", "--port", str(service.port)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "--port 0 takes any free port" in done.stderr
