"""Requests at a steady rate against a service with two workers: `python -m benchmarks.service`.

Latency is counted from the moment at which a request was due, so that a service that falls behind cannot hide it
("coordinated omission"). The client runs beside it on the same cores. The processor time of a request, of the
process that listens and of the workers, is what holds whatever else the machine does: a rate needs so many
cores, and answers come soon where it needs clearly fewer than there are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.throughput.articles import made, real

TICK = os.sysconf("SC_CLK_TCK")
CLIENTS = 16


class Figures(msgspec.Struct, frozen=True):
    """Of one run: requests a second that were answered, latency in milliseconds, processor milliseconds a request."""

    asked: float
    answered: float
    p50: float
    p99: float
    slowest: float
    failed: int
    listening_ms: float
    working_ms: float
    memory_mb: float

    @property
    def cores(self) -> float:
        """Cores that the rate needs: what is listening is one process, and may need one at most."""
        return self.asked * (self.listening_ms + self.working_ms) / 1000


def _family(pid: int) -> list[int]:
    """The service's process and its workers, the first one first."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def _memory(pid: int) -> float:
    """Megabytes that are this process's alone, and its share of what several hold."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Pss:")) / 1024


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bool:
    writer.write(request)
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(row.partition(b":")[2])
        for row in head.split(b"\r\n")
        if row.lower().startswith(b"content-length:")
    )
    await reader.readexactly(length)
    return head.startswith(b"HTTP/1.1 200 ")


async def _run(
    port: int, requests: Sequence[bytes], rate: float, seconds: float
) -> tuple[list[float], int, float]:
    """Send at a rate; return latencies in seconds, failures and how long it took."""
    due: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue()
    latencies: list[float] = []
    failed = 0

    async def client() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (one := await due.get()) is not None:
            failed += not await _ask(reader, writer, one[1])
            latencies.append(time.perf_counter() - one[0])
        writer.close()

    clients = [asyncio.create_task(client()) for _ in range(CLIENTS)]
    begun = time.perf_counter()
    for number in range(int(rate * seconds)):
        moment = begun + number / rate
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        due.put_nowait((moment, requests[number % len(requests)]))
    for _ in clients:
        due.put_nowait(None)
    await asyncio.gather(*clients)
    return latencies, failed, time.perf_counter() - begun


def measure(texts: Sequence[str], *, task: str, rate: float, seconds: float, workers: int = 2) -> Figures:
    """Start a service, warm it up, and send it the texts at a rate."""
    words = [
        sys.executable,
        "-m",
        "cleantext",
        "serve",
        "--isolated",
        "--port",
        "0",
        "--workers",
        str(workers),
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline().strip().rstrip("/").rpartition(":")[2])
        requests = []
        for text in texts:
            body = json.dumps({"text": text}, ensure_ascii=False).encode()
            head = f"POST /{task} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            requests.append(head.encode() + body)
        asyncio.run(_run(port, requests, 100, min(3.0, seconds)))
        family = _family(process.pid)
        before = [_cpu(pid) for pid in family]
        latencies, failed, took = asyncio.run(_run(port, requests, rate, seconds))
        spent = [_cpu(pid) - old for pid, old in zip(family, before, strict=True)]
        ordered = sorted(latencies)
        count = len(ordered)
        return Figures(
            asked=rate,
            answered=(count - failed) / took,
            p50=1000 * ordered[count // 2],
            p99=1000 * ordered[min(count - 1, int(count * 0.99))],
            slowest=1000 * ordered[-1],
            failed=failed,
            listening_ms=1000 * spent[0] / count,
            working_ms=1000 * sum(spent[1:]) / count,
            memory_mb=sum(map(_memory, family)),
        )
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--task", choices=("check", "fix"), default="check")
    parser.add_argument(
        "--residue", action="store_true", help="articles with residue and faults, not clean ones"
    )
    parser.add_argument("--data", type=Path, help="a folder of articles, as for benchmarks.throughput")
    chosen = parser.parse_args()
    texts = [
        text[:3000]
        for text in (
            real(chosen.data, residue=chosen.residue) if chosen.data else made(100, residue=chosen.residue)
        )
    ]
    random.Random(1).shuffle(texts)
    found = measure(texts, task=chosen.task, rate=chosen.rate, seconds=chosen.seconds)
    size = sum(len(text.encode()) for text in texts) / len(texts)
    print(
        f"{chosen.task}, {len(texts)} articles of {size:,.0f} bytes, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(f"asked {found.asked:.0f} a second, answered {found.answered:.1f}, failed {found.failed}")
    print(f"latency p50 {found.p50:.1f} ms, p99 {found.p99:.1f} ms, slowest {found.slowest:.1f} ms")
    print(
        f"processor a request: listening {found.listening_ms:.2f} ms, workers {found.working_ms:.2f} ms; needs {found.cores:.2f} cores"
    )
    print(f"memory {found.memory_mb:.0f} MB, the service and its workers together")


if __name__ == "__main__":
    main()
