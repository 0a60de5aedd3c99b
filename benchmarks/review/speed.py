"""How fast is a large store?

    python -m benchmarks.review.speed [--findings N]

Fills a store, then times what a person waits for: opening the queue, one decision,
the page after it. Each is the best of several, in CPU time, since other programs
disturb; a single decision is timed by the clock, because it waits for the disk.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from starlette.testclient import TestClient

from cleantext.article import Article
from cleantext.cleaner import Cleaner
from cleantext.finding import Applicability, Finding, replace
from cleantext.fingerprint import with_fingerprints
from cleantext.review.coding import encode
from cleantext.review.scan import put, rank
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.web.pages import make_app

PER_ARTICLE = 20


def fill(store: Store, number: int) -> None:
    """Write articles with findings of twenty rules, in groups of very different sizes."""
    import zlib

    with store.transaction():
        store.db.executemany(
            "insert or replace into rules values (?, ?)", [(f"TST{r:03}", "v") for r in range(20)]
        )
        for document in range(number // PER_ARTICLE):
            words = [
                f"w{(document * 31 + i * i) % 977} teh{(document + i) % (3 + i * 40)}"
                for i in range(PER_ARTICLE)
            ]
            text = " and ".join(words) + "."
            findings = []
            at = 0
            for i, word in enumerate(words):
                start = text.index(word, at) + word.index(" ") + 1
                at = start + len(word.split()[1])
                findings.append(
                    Finding(
                        f"TST{i:03}", "teh", "typography", start, at, text[start:at], "A slip",
                        Applicability.REVIEW, 0.5 + ((document * 7 + i) % 50) / 100, (replace(start, at, "the"),),
                    )
                )  # fmt: skip
            article = Article(text=text, id=str(document))
            store.db.execute(
                "insert into documents values (?, ?, ?, ?, 1, '')",
                (document + 1, f"id:{document}", "news.jsonl", document + 1),
            )
            store.db.execute(
                "insert into articles values (?, ?)", (document + 1, zlib.compress(encode(article)))
            )
            put(store, document + 1, article, with_fingerprints(text, findings))
        rank(store)


def best(times: int, action: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Seconds of the fastest of several runs."""
    shortest = float("inf")
    for _ in range(times):
        start = clock()
        action()
        shortest = min(shortest, clock() - start)
    return shortest


class Times(msgspec.Struct):
    """Seconds that a person waits."""

    findings: int
    fill: float
    queue: float
    filtered: float
    decide: float
    answer: float
    group: float


def measure(number: int, folder: Path) -> Times:
    """Fill a store and time it."""
    path = folder / "review.db"
    start = time.process_time()
    with Store(path) as store:
        fill(store, number)
    filled = time.process_time() - start
    # Opening counts: what a person waits for begins with an empty cache of pages.
    with Store(path) as store:
        session = Session(store, Cleaner(select=["TY"]), who="anna", scan=1)
        client = TestClient(make_app(session, token="t", port=1), base_url="http://127.0.0.1:1")
        client.get("/?token=t", follow_redirects=False)
        headers = {"origin": "http://127.0.0.1:1"}
        queue = best(3, lambda: client.get("/"))
        filtered = best(3, lambda: client.get("/?rule=TST007&low=0.6&article=news"))
        items = iter(store.items("f.state = 'open'", limit=60))
        decide = best(20, lambda: session.decide(next(items), "accept"), time.perf_counter)

        def answer() -> None:
            item = next(items)
            data = {"verdict": "reject", "seen": str(item.seq)}
            page = client.post(f"/finding/{item.id}", data=data, headers=headers)
            assert page.status_code == 200, page.text

        answered = best(10, answer)
        example = store.items("f.rule = 'TST000'", limit=1)[0]
        drawn = {one.id for one in session.sample(example.group).drawn}
        group = best(1, lambda: session.decide_group(example, "accept", drawn, seen=None))
        return Times(number, filled, queue, filtered, decide, answered, group)


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--findings", type=int, default=200_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times = measure(options.findings, Path(folder))
    for name in times.__struct_fields__[1:]:
        print(f"{name:10} {1000 * getattr(times, name):9.1f} ms")


if __name__ == "__main__":
    main()
