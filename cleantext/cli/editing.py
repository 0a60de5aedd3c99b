"""The model editor on the command line: a whole corpus put to a server before it is checked, with an estimate first."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from cleantext.article import Article
from cleantext.batch.inputchunks import chunks
from cleantext.batch.job import Job
from cleantext.batch.reading import Source, decoded
from cleantext.batch.work import Setup
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration, Editor
from cleantext.printable import visible

if TYPE_CHECKING:
    from cleantext.editor.ahead import Done, Estimate


def told(chosen: Configuration) -> bool:
    """Say on standard error what is wrong with the file of recorded replies; return whether anything is."""
    if not chosen.editor.enabled or chosen.editor.replay is None:
        return False
    from cleantext.editor.replay import read_replay

    trouble = read_replay(Path(chosen.editor.replay)).trouble
    for line in trouble:
        sys.stderr.write(visible(line) + "\n")
    return bool(trouble)


class Ready(NamedTuple):
    """A cleaner that finds its replies ready, and whether something went wrong on the way."""

    cleaner: Cleaner
    trouble: bool


def ahead(job: Job, *, quiet: bool) -> tuple[Job, bool]:
    """Put the passages of a job's articles to the server, where one is asked; return the job that finds the replies.

    The second part says whether something went wrong, which was said.
    """
    trouble = False
    asks = False

    def ready(setup: Setup) -> Setup:
        nonlocal trouble, asks

        def articles() -> Iterator[Article]:
            for chunk in chunks(
                job.inputs(),
                stdin_kind=job.stdin_kind,
                fields=job.setup.fields,
                fields_of=lambda name: job.setup.of(name).fields,
            ):
                if chunk.names and job.setup.of(chunk.names[0]) is setup:
                    for raw in decoded(chunk, setup.fields):
                        if isinstance(raw.item, Source):  # what cannot be read is said when it is checked
                            yield raw.item.article

        done = ask_about(setup.cleaner, articles, once="-" in job.paths, quiet=quiet)
        trouble, asks = trouble or done.trouble, asks or done.cleaner.asks_a_server
        elsewhere = {folder: ready(other) for folder, other in setup.elsewhere.items()}
        if done.cleaner is setup.cleaner and not elsewhere:
            return setup
        return msgspec.structs.replace(setup, cleaner=done.cleaner, elsewhere=elsewhere)

    job = msgspec.structs.replace(job, setup=ready(job.setup))
    return (msgspec.structs.replace(job, jobs=1) if asks else job), trouble


def ask_about(
    cleaner: Cleaner, articles: Callable[[], Iterator[Article]], *, once: bool = False, quiet: bool = False
) -> Ready:
    """Put the passages of all articles to the server, where one is asked, with an estimate first.

    ``articles`` reads them anew each time. Where they can be read only ``once`` (standard input), and where no
    cache would hold the replies, each is asked about when its turn comes.
    """
    if not cleaner.asks_a_server:
        return Ready(cleaner, told(cleaner.configuration))
    editor = cleaner.configuration.editor
    if once or editor.cache == "off":
        alone = msgspec.structs.replace(cleaner.configuration, jobs=1)
        return Ready(Cleaner(alone, corpus=cleaner.corpus), False)
    from cleantext.editor.ahead import ask, estimate
    from cleantext.editor.asking import Asking, said_lost

    asking = Asking(editor)
    expected = estimate(map(cleaner.editor_requests, articles()), asking)
    if not quiet:
        _say(_expected(expected, editor))
        if expected.lost:
            _say(said_lost(expected.lost))
    shows = not quiet and sys.stderr.isatty() and expected.passages > 0

    def on_progress(done: int) -> None:
        if shows:
            sys.stderr.write(f"\r{done:,} of {expected.passages:,} passages asked about ")
            sys.stderr.flush()

    trouble: tuple[str, ...] = ()
    try:
        if expected.passages or editor.record is not None:
            done = ask(map(cleaner.editor_requests, articles()), asking, on_progress)
            trouble = done.trouble
            if not quiet and done.passages:
                _say(_spent(done))
    except KeyboardInterrupt:
        _say("stopping; what is on its way is waited for, since it is paid for (again to leave it)")
        raise
    finally:
        asking.close()
    if shows:
        sys.stderr.write("\r\033[K")
    for line in trouble:
        sys.stderr.write(f"{visible(line)}\n")
    ready = msgspec.structs.replace(editor, only_cached=True, record=None)
    there = Cleaner(msgspec.structs.replace(cleaner.configuration, editor=ready), corpus=cleaner.corpus)
    return Ready(there, bool(trouble))


def _say(text: str) -> None:
    sys.stderr.write(f"cleantext: {visible(text)}\n")


def _expected(expected: Estimate, editor: Editor) -> str:
    """Say what a run will ask for, and which limit ends it."""
    limited = f" (no more, by {expected.barred})" if expected.barred else ""
    return (
        f"the model editor asks {editor.server} about {expected.passages:,} passages{limited}: "
        f"some {expected.tokens_in:,} tokens in and {expected.tokens_out:,} out{_price(expected.price, 'about ')}"
    )


def _spent(done: Done) -> str:
    """Say what a run asked for."""
    return (
        f"asked about {done.passages:,} passages: {done.tokens_in:,} tokens in and {done.tokens_out:,} out"
        f"{_price(done.price)}"
    )


def _price(price: float | None, about: str = "") -> str:
    return "" if price is None else f", {about}{price:.2f} in the currency of price-in"
