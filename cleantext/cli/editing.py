"""Options of the model editor, and what they change in a configuration."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import typer

from cleantext.article import Article
from cleantext.batch.inputchunks import chunks
from cleantext.batch.job import Job
from cleantext.batch.reading import Source, decoded
from cleantext.batch.work import Setup
from cleantext.cleaner import Cleaner
from cleantext.cli.app import WrongUseError
from cleantext.configuration import Configuration
from cleantext.printable import visible


class WhichOption(StrEnum):
    """Which passages are put to the model."""

    GARBLED = "garbled"
    FLAGGED = "flagged"
    ALL = "all"


class UnitOption(StrEnum):
    """What a passage is."""

    LINE = "line"
    SENTENCE = "sentence"


Editor = Annotated[
    bool | None,
    typer.Option(
        "--editor/--no-editor",
        help="Ask a language model for corrections, each held by rules and shown for review. "
        "The text of the passages goes to the server that [editor] names in your own configuration.",
        show_default=False,
    ),
]
Which = Annotated[
    WhichOption | None,
    typer.Option(
        "--editor-which", help="Put these passages to the model. [default: garbled]", show_default=False
    ),
]
Unit = Annotated[
    UnitOption | None,
    typer.Option(
        "--editor-unit", help="Put lines or sentences to it. [default: sentence]", show_default=False
    ),
]
Limit = Annotated[
    int | None, typer.Option("--editor-limit", min=0, help="Ask about so many passages at most.", metavar="N")
]
Record = Annotated[
    Path | None, typer.Option("--editor-record", help="Add each reply to this file of JSON lines.")
]
Replay = Annotated[
    Path | None,
    typer.Option("--editor-replay", help="Ask nobody: answer from a file that --editor-record wrote."),
]
Server = Annotated[
    str | None,
    typer.Option(
        "--editor-server", help="Address of an OpenAI-compatible server, such as http://localhost:8080/v1."
    ),
]
Model = Annotated[
    str | None, typer.Option("--editor-model", help="Name of the model, as its server knows it.")
]


def changes(
    editor: bool | None,
    *,
    which: WhichOption | None = None,
    unit: UnitOption | None = None,
    limit: int | None = None,
    record: Path | None = None,
    replay: Path | None = None,
    server: str | None = None,
    model: str | None = None,
) -> dict[str, Any]:
    """Return what the options change in ``[editor]``; nothing where none was given.

    Raises WrongUseError for options that do nothing together.
    """
    if replay is not None and (record is not None or server is not None):
        raise WrongUseError(
            "--editor-replay asks nobody, so there is nothing to record and no server to name."
        )
    if editor is False and replay is not None:
        raise WrongUseError("--no-editor and --editor-replay contradict each other. Leave one of them out.")
    given: dict[str, Any] = {
        "which": which.value if which else None,
        "unit": unit.value if unit else None,
        "limit": limit,
        "record": str(record) if record else None,
        "replay": str(replay) if replay else None,
        "server": server,
        "model": model,
    }
    changed = {key: value for key, value in given.items() if value is not None}
    asked = True if replay is not None else editor
    if asked is not None:
        changed["enabled"] = asked
    elif changed:
        raise WrongUseError("--editor-… options need --editor, which asks a model, or --editor-replay FILE.")
    return changed


def told(chosen: Configuration) -> bool:
    """Say on standard error what is wrong with the file of recorded replies; give whether anything is."""
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
    """Put the passages of a job's articles to the server, where one is asked; give the job that finds the replies.

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
    from cleantext.editor.asking import Asking

    asking = Asking(editor)
    expected = estimate(map(cleaner.editor_requests, articles()), asking)
    price = "" if expected.price is None else f", about {expected.price:.2f} in the currency of price-in"
    if not quiet:
        sys.stderr.write(
            f"cleantext: the model editor asks {visible(editor.server or '')} about {expected.passages:,} passages: "
            f"some {expected.tokens_in:,} tokens in and {expected.tokens_out:,} out{price}\n"
        )
    shows = not quiet and sys.stderr.isatty() and expected.passages > 0

    def on_progress(done: int) -> None:
        if shows:
            sys.stderr.write(f"\r{done:,} of {expected.passages:,} passages asked about ")
            sys.stderr.flush()

    trouble: tuple[str, ...] = ()
    if expected.passages or editor.record is not None:
        trouble = ask(map(cleaner.editor_requests, articles()), asking, on_progress)
    asking.close()
    if shows:
        sys.stderr.write("\r\033[K")
    for line in trouble:
        sys.stderr.write(f"{visible(line)}\n")
    ready = msgspec.structs.replace(editor, only_cached=True, record=None)
    there = Cleaner(msgspec.structs.replace(cleaner.configuration, editor=ready), corpus=cleaner.corpus)
    return Ready(there, bool(trouble))
