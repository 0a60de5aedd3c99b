"""Filling the store: every article is checked once, and again only when it or the rules changed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleantext.article import Article
from cleantext.batch.reading import Failure, Source
from cleantext.batch.scope import Scope
from cleantext.cleaner import Cleaner
from cleantext.finding import Finding
from cleantext.fingerprint import context_words
from cleantext.review import assignment, keys, places
from cleantext.review.coding import encode, well_formed
from cleantext.review.store import Store
from cleantext.version import __version__
from cleantext.workers import chunked

CHUNK = 200  # articles a transaction: other windows never wait long


class Scanned(msgspec.Struct, frozen=True):
    """What a scan saw: its number, articles, those that had to be checked, and inputs that could not be read."""

    number: int
    articles: int
    checked: int
    failures: int


def scan(
    store: Store,
    cleaner: Cleaner,
    sources: Iterable[Source | Failure],
    *,
    on_failure: Callable[[Failure], None],
    on_progress: Callable[[int], None] = lambda _: None,
) -> Scanned:
    """Check articles and keep their findings; decisions made before stand on the findings that they fit."""
    root = places.root_of(store.path)
    number = int(store.meta("scan") or 0) + 1
    store.set_meta("scan", str(number))
    rules_changed = _note_rules(store, cleaner)
    signature = _signature(cleaner)
    fresh: list[int] = []
    articles = failures = 0
    for chunk in chunked(sources, CHUNK):
        read: list[_Look] = []
        for source in chunk:
            if isinstance(source, Failure):
                failures += 1
                on_failure(source)
            else:
                read.append(_looked_at(store, source, root, signature))
        articles += len(read)
        # Checking takes its time and stays outside; nobody waits for the store meanwhile.
        checked = list(_checked(cleaner, read))
        with store.transaction():
            for one in checked:
                document = _note_article(store, one, number)
                if one.findings is not None:
                    fresh.append(document)
        on_progress(articles)
    if fresh or rules_changed:
        with store.transaction():
            _resolve(store, None if rules_changed else fresh)
            assignment.assign(store, None if rules_changed else fresh)
            rank(store)
    return Scanned(number, articles, len(fresh), failures)


def _signature(cleaner: Cleaner) -> str:
    """What a check rests on besides the article."""
    versions = sorted((rule, keys.rule_version(card), card.unless) for rule, card in cleaner.cards.items())
    configuration = msgspec.structs.replace(cleaner.configuration, jobs=None)
    held = (__version__, versions, configuration, cleaner.corpus is not None)
    return blake2b(msgspec.json.encode(held), digest_size=8).hexdigest()


def _note_rules(store: Store, cleaner: Cleaner) -> bool:
    """Write the cards down; say whether a version differs from what it was."""
    old = store.versions()
    new = {rule: keys.rule_version(card) for rule, card in cleaner.cards.items()}
    if any(old.get(rule) != version for rule, version in new.items()):
        with store.transaction():
            store.db.executemany("insert or replace into rules values (?, ?)", new.items())
    return any(rule in old and old[rule] != version for rule, version in new.items())


class _Look(NamedTuple):
    """An article as it was read, and whether the store knows it just so; ``findings`` once it was checked."""

    source: Source
    name: str
    packed: bytes
    sum: str
    known: bool
    findings: tuple[Finding, ...] | None = None


def _looked_at(store: Store, source: Source, root: Path, signature: str) -> _Look:
    article = source.article
    packed = encode(article)
    total = blake2b(packed + signature.encode(), digest_size=12).hexdigest()
    name = keys.document_id(source.path, source.line, article, root)
    row = store.db.execute("select sum from documents where name = ?", (name,)).fetchone()
    return _Look(source, name, packed, total, row is not None and row[0] == total)


def _checked(cleaner: Cleaner, read: Iterable[_Look]) -> Iterator[_Look]:
    """Check the articles that the store does not know, side by side; raises the error that a rule makes of one."""
    scope = Scope(per_file=cleaner.configuration.per_file)
    for look, report in cleaner.check_beside(
        (one, None if one.known else one.source.article) for one in read
    ):
        if isinstance(report, Exception):
            raise report
        yield look if report is None else look._replace(findings=scope.kept(look.source, report.findings))


def _note_article(store: Store, look: _Look, number: int) -> int:
    """Keep an article and its findings; return its number in the store."""
    path, line = well_formed(look.source.path), look.source.line
    document = int(
        store.db.execute(
            """insert into documents (name, path, line, scan, sum) values (?, ?, ?, ?, ?)
               on conflict (name) do update set path = excluded.path, line = excluded.line,
               scan = excluded.scan, sum = excluded.sum returning id""",
            (look.name, path, line, number, look.sum),
        ).fetchone()[0]
    )
    if look.findings is None:
        return document
    store.db.execute(
        "insert or replace into articles values (?, ?)", (document, zlib.compress(look.packed, 6))
    )
    store.db.execute(
        "delete from details where finding in (select id from findings where document = ?)", (document,)
    )
    store.db.execute(
        "delete from opinions where finding in (select id from findings where document = ?)", (document,)
    )
    store.db.execute("delete from findings where document = ?", (document,))
    put(store, document, look.source.article, look.findings)
    return document


def put(store: Store, document: int, article: Article, findings: Iterable[Finding]) -> None:
    """Write the findings of an article, open and without rank."""
    for finding in findings:
        cursor = store.db.execute(
            """insert or ignore into findings
               (document, key, grp, rule, category, applicability, confidence, proposal)
               values (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                document,
                finding.fingerprint,
                keys.group_key(finding),
                finding.rule,
                finding.category,
                finding.applicability.value,
                finding.confidence,
                keys.proposal(finding),
            ),
        )
        if cursor.rowcount:
            before, after = context_words(article.text, finding.start, finding.end)
            store.db.execute(
                "insert into details values (?, ?, ?, ?)",
                (
                    cursor.lastrowid,
                    well_formed(" ".join(before)),
                    well_formed(" ".join(after)),
                    encode(finding),
                ),
            )


def _resolve(store: Store, documents: list[int] | None) -> None:
    if documents is None or len(documents) > 500:
        store.resolve()
    elif documents:
        marks = ",".join("?" * len(documents))
        store.resolve(f"f.document in ({marks})", documents)


def rank(store: Store) -> None:
    """Number the queue: rules, then groups, then findings, the least certain first.

    Within a group the fingerprint, a hash, breaks ties: neighbours in the queue then
    come from all over the corpus.
    """
    store.db.execute(
        """with
             r as (select rule, avg(abs(confidence - 0.5)) as doubt from findings group by rule),
             g as (select grp, avg(abs(confidence - 0.5)) as doubt, count(*) as size
                   from findings group by grp),
             numbered as (
               select f.id, row_number() over (
                 order by r.doubt, f.rule, g.doubt, g.size desc, f.grp, abs(f.confidence - 0.5), f.key, f.id
               ) as place
               from findings f join r on r.rule = f.rule join g on g.grp = f.grp)
           update findings set rank = numbered.place from numbered where numbered.id = findings.id"""
    )
