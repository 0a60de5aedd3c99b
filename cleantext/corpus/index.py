"""What a corpus index answers to checks."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cleantext.article import Article
from cleantext.corpus.store import IndexFileError, connect
from cleantext.corpus.traces import SHORTEST_QUOTATION, sampled, shingles
from cleantext.document import Elsewhere
from cleantext.document.repeats import article_key, words_of
from cleantext.files import real

SAME = 0.6
"""Share of the shorter quotation's shingles from which two quotations count as the same words."""
_MOST = 50
_SITES = 64


class CorpusIndex:
    """An index file, open for reading. Picklable: it is opened anew on the other side. Threads may share one."""

    def __init__(self, path: str | Path) -> None:
        """Open an index; raises ValueError where it is none, of another version, or not finished."""
        self.path = Path(path)
        self._db = connect(self.path)
        self._lock = threading.Lock()
        row = self._db.execute("SELECT value FROM meta WHERE name = 'complete'").fetchone()
        if row is None or row[0] != "yes":
            raise IndexFileError(
                f"{path} was not finished. Run `cleantext index` again: it goes on where it stopped."
            )
        self._db.execute("PRAGMA query_only=ON")
        self._cached = lru_cache(maxsize=_SITES)(self._lines)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the path."""
        return (CorpusIndex, (str(real(self.path)),))

    def site_lines(self, source: str) -> Mapping[str, int]:
        """Return a site's repeated lines in normal form, and in how many distinct articles each stands."""
        return self._cached(source)

    def _lines(self, source: str) -> Mapping[str, int]:
        with self._lock:
            return dict(
                self._db.execute(
                    "SELECT text, r.articles FROM repeated r JOIN site ON site.id = r.site WHERE site.name = ?",
                    (source,),
                )
            )

    def site_articles(self, source: str) -> int:
        """Return the number of distinct articles of a site."""
        with self._lock:
            row = self._db.execute("SELECT articles FROM site WHERE name = ?", (source,)).fetchone()
        return int(row[0]) if row else 0

    def same_quotations(self, quotation: str, *, article: Article) -> tuple[Elsewhere, ...]:
        """Return where other articles quote the same words; see :class:`cleantext.document.Corpus`.

        Quotations of fewer than six words are too common to tell anything.
        """
        words = words_of(quotation)
        if len(words) < SHORTEST_QUOTATION:
            return ()
        wanted = shingles(words)
        own = article_key(article)
        marks = ",".join("?" * len(keys)) if (keys := sorted(sampled(wanted))[:200]) else ""
        with self._lock:
            rows = self._db.execute(
                "SELECT DISTINCT q.id, q.speaker, q.text, a.key, a.date, a.source, a.title, i.path, a.line"
                f" FROM shingle s JOIN quotation q ON q.id = s.quotation"
                f" JOIN article a ON a.id = q.article JOIN input i ON i.id = a.input"
                f" WHERE s.hash IN ({marks}) AND a.key != ? ORDER BY q.id LIMIT 1000",
                (*keys, own),
            ).fetchall()
        found: list[Elsewhere] = []
        for _, speaker, text, key, date, source, title, path, line in rows:
            other = shingles(words_of(text))
            overlap = len(wanted & other) / min(len(wanted), len(other))
            if overlap >= SAME:
                found.append(
                    Elsewhere(speaker, text, key, date, source, title, path, line, round(overlap, 4))
                )
        found.sort(key=lambda e: (-e.overlap, e.article, e.path, e.line or 0, e.quotation))
        return tuple(found[:_MOST])
