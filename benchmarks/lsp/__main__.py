"""Keystrokes in a long article, and when its findings are shown: `python -m benchmarks.lsp`.

Speaks to a real server over its pipes. The processor time of a keystroke is what holds whatever else the machine
does; where a core is free, the time until findings are shown is that, and the pause of 20 ms (or half of what the
last check took) after which a text counts as still.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

from benchmarks.throughput.articles import made, real

TICK = os.sysconf("SC_CLK_TCK")
URI = "file:///nowhere/article.txt"


def _send(pipe: IO[bytes], method: str, params: Any, number: int | None = None) -> None:
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        message["id"] = number
    body = json.dumps(message).encode()
    pipe.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> dict[str, Any]:
    length = 0
    while (row := pipe.readline()).strip():
        if row.lower().startswith(b"content-length:"):
            length = int(row.split(b":")[1])
    got: dict[str, Any] = json.loads(pipe.read(length))
    return got


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def long_article(words: int, data: Path | None) -> str:
    """Join articles, clean ones and such with faults, to one of at least so many words."""
    texts = real(data) if data else made(40)
    faulty = real(data, residue=True) if data else made(40, residue=True)
    parts: list[str] = []
    count = 0
    for pair in zip(texts, faulty, strict=False):
        for text in pair:
            parts.append(text)
            count += len(text.split())
            if count >= words:
                return "\n\n".join(parts)
    return "\n\n".join(parts)


def measure(text: str, keystrokes: int) -> tuple[list[float], float, int]:
    """Type into an article; return seconds until findings were shown, processor seconds a keystroke, and findings."""
    words = [sys.executable, "-m", "cleantext", "lsp", "--isolated"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        to, back = server.stdin, server.stdout

        def shown(version: int) -> int:
            while True:
                got = _receive(back)
                if (
                    got.get("method") == "textDocument/publishDiagnostics"
                    and got["params"]["version"] == version
                ):
                    return len(got["params"]["diagnostics"])

        _send(to, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
        _receive(back)
        _send(to, "initialized", {})
        _send(
            to,
            "textDocument/didOpen",
            {"textDocument": {"uri": URI, "languageId": "plaintext", "version": 1, "text": text}},
        )
        found = shown(1)
        random_ = random.Random(1)
        taken, before = [], 0.0
        for version in range(2, keystrokes + 7):
            if version == 7:  # the first are to warm it up
                before = _cpu(server.pid)
            at = random_.randrange(len(text))
            text = text[:at] + random_.choice("abc .") + text[at:]
            begun = time.perf_counter()
            _send(
                to,
                "textDocument/didChange",
                {"textDocument": {"uri": URI, "version": version}, "contentChanges": [{"text": text}]},
            )
            found = shown(version)
            if version >= 7:
                taken.append(time.perf_counter() - begun)
        spent = (_cpu(server.pid) - before) / keystrokes
        _send(to, "shutdown", None, 2)
        _send(to, "exit", None)
        server.wait(30)
    return taken, spent, found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, default=5000)
    parser.add_argument("--keystrokes", type=int, default=60)
    parser.add_argument("--data", type=Path, help="a folder of articles, as for benchmarks.throughput")
    chosen = parser.parse_args()
    text = long_article(chosen.words, chosen.data)
    taken, spent, found = measure(text, chosen.keystrokes)
    ordered = sorted(1000 * one for one in taken)
    print(
        f"{len(text.split()):,} words, {found} findings, {chosen.keystrokes} keystrokes, load {os.getloadavg()[0]:.1f}"
    )
    print(
        f"shown after p50 {ordered[len(ordered) // 2]:.0f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.0f} ms, slowest {ordered[-1]:.0f} ms"
    )
    print(f"processor a keystroke {1000 * spent:.0f} ms")


if __name__ == "__main__":
    main()
