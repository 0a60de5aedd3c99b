"""Many articles through one cleaner, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleantext.batch.reading import Failure, Fields, Source, StdinFormat, read
from cleantext.cleaner import Cleaner
from cleantext.report import Report


def check_all(
    cleaner: Cleaner,
    paths: Sequence[str],
    *,
    fields: Fields,
    stdin_format: StdinFormat = "text",
    jobs: int = 1,
) -> Iterator[tuple[Source, Report] | Failure]:
    """Give a report for every article that the paths mean, and a failure for what could not be read."""
    for item in read(paths, fields=fields, stdin_format=stdin_format):
        if isinstance(item, Failure):
            yield item
        else:
            yield item, cleaner.check(item.article)
