"""The real Label Studio reads what we export, keeps every span, and what it exports comes back as decisions."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CLEANTEXT_LABEL_STUDIO") or str(ROOT / ".label-studio" / "bin" / "label-studio")
USER = {"email": "ann@desk.example", "password": "a-word-of-17-letters"}
TEXT = (
    "Share\r\n\r\nשלום 😀 e\u0301  the cafÃ© by the harbour is open again, Reuters he reported.\r\n\r\n"
    "👩‍👩‍👧  The talks failed,  Reuters he reported.\u2028مرحبا <b>&amp;</b> 🇩🇪\r\n"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which(PROGRAM) is None,
        reason="needs Label Studio, 800 MB: `make label-studio`, or CLEANTEXT_LABEL_STUDIO=PROGRAM",
    ),
]


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A Label Studio that listens on this machine alone, and a client that is signed in."""
    folder = tmp_path_factory.mktemp("studio")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [
        PROGRAM, "start", "--no-browser", "--internal-host", "127.0.0.1", "--port", str(port), "--data-dir", str(folder),
        "--username", USER["email"], "--password", USER["password"],
    ]  # fmt: skip
    quiet = {
        "COLLECT_ANALYTICS": "0",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LATEST_VERSION_CHECK": "0",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            words, stdout=log, stderr=log, cwd=folder, env={**os.environ, **quiet, "HOME": str(folder)}
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120, follow_redirects=True) as client:
            deadline = time.monotonic() + 500
            while True:
                try:
                    if client.get("/health").status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                assert process.poll() is None, (folder / "log").read_text("utf-8", "replace")[-3000:]
                assert time.monotonic() < deadline
                time.sleep(1)
            client.headers["referer"] = str(client.base_url)
            client.get("/user/login")
            client.post("/user/login", data={**USER, "csrfmiddlewaretoken": client.cookies["csrftoken"]})
            client.headers["x-csrftoken"] = client.cookies["csrftoken"]
            yield client
    finally:
        process.terminate()
        process.wait(60)


def asked(client: httpx.Client, method: str, path: str, body: Any = None) -> Any:
    answer = client.request(method, path, json=body)
    assert answer.status_code < 300, answer.text
    return answer.json()


def command(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_out_through_label_studio_and_back(studio: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    command(tmp_path, "spans", "export", "a.txt", "--all", "-o", "tasks.json", "--interface", "labels.xml")
    sent = json.loads((tmp_path / "tasks.json").read_text("utf-8"))
    interface = (tmp_path / "labels.xml").read_text("utf-8")

    project = asked(studio, "POST", "/api/projects", {"title": "cleantext", "label_config": interface})["id"]
    taken = asked(studio, "POST", f"/api/projects/{project}/import?return_task_ids=true", sent)
    assert taken["prediction_count"] == len(sent)
    for number in taken["task_ids"]:
        task = asked(studio, "GET", f"/api/tasks/{number}")
        assert task["data"]["text"] == TEXT
        [prediction] = task["predictions"]
        assert prediction["result"] == sent[0]["predictions"][0]["result"]
        results = list(prediction["result"])
        for place, one in enumerate(r for r in prediction["result"] if r["type"] == "labels"):
            value = {name: one["value"][name] for name in ("start", "end", "text")}
            verdict = {"choices": ["reject" if place % 3 == 0 else "accept"]}
            results.append(
                {
                    "id": one["id"],
                    "from_name": "verdict",
                    "to_name": "text",
                    "type": "choices",
                    "value": {**value, **verdict},
                }
            )
        asked(studio, "POST", f"/api/tasks/{number}/annotations/", {"result": results})
    export = studio.get(f"/api/projects/{project}/export", params={"exportType": "JSON"})
    (tmp_path / "export.json").write_bytes(export.content)

    count = sum(r["type"] == "labels" for r in sent[0]["predictions"][0]["result"])
    assert count >= 5
    said = command(tmp_path, "spans", "import", "export.json", "--in", "a.txt")
    assert f"{count} decisions taken in, 0 known before, 0 without a place" in said
    assert "0 decisions taken in" in command(tmp_path, "spans", "import", "export.json", "--in", "a.txt")
    listed = command(tmp_path, "decisions", "list", "--all", ".")
    assert listed.count(" reject ") == -(-count // 3)
    assert listed.count(" accept ") == count - -(-count // 3)
