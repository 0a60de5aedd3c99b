"""`cleantext review`: a person decides, in a local page or at the prompt."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleantext import settings
from cleantext.batch.inputs import Failure
from cleantext.cli import deciding as d
from cleantext.cli import editing as e
from cleantext.cli import editoroptions as eo
from cleantext.cli import options as o
from cleantext.cli import running as r
from cleantext.cli import sitting as s
from cleantext.cli.app import WrongUseError, app
from cleantext.cli.bundles import spread
from cleantext.cli.reviewers import ByOption, Each
from cleantext.printable import visible

if TYPE_CHECKING:
    from cleantext.article import Article
    from cleantext.batch.inputs import Kind
    from cleantext.batch.originals import Originals
    from cleantext.batch.reading import Source
    from cleantext.review.session import Applied, Session
    from cleantext.review.store import Store

_PAGE = (
    "uvicorn",
    "starlette",
    "jinja2",
)  # said before thousands of articles are read for a page that cannot be


@app.command(
    epilog="Examples:  cleantext review articles/    cleantext review --terminal news.jsonl    "
    "cleantext review --select translation --port 8080 --no-browser articles/"
)
@spread
def review(
    paths: o.Paths,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Ask at the prompt instead of in a browser.")
    ] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Port of the page; 0 is any free one. [default: 0]"),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser; the address is printed all the same.")
    ] = False,
    store: d.StoreOption = None,
    who: Annotated[
        str | None, typer.Option("--who", help="Name to sign decisions with. [default: the user's]")
    ] = None,
    reviewer: s.Reviewers = None,
    adjudicator: s.Adjudicators = None,
    each: Each = None,
    by: ByOption = None,
    share: s.Share = False,
    host: s.Host = "127.0.0.1",
    allow_host: s.AllowHost = None,
    certificate: s.Certificate = None,
    key: s.Key = None,
    certainty: Annotated[
        float,
        typer.Option(
            "--certainty",
            min=0.5,
            max=0.999,
            help="Share of a group that must be right, at 95 %, before it is decided in one go; it sets the sample.",
        ),
    ] = 0.9,
    model: eo.Replaying = eo.Replaying(),
    choice: o.Rules = o.Rules(),
    reading: o.Reading = o.Reading(),
    translated: o.Translated = o.Translated(),
) -> None:
    """Accept, reject or edit findings, one by one or by group; each decision is remembered."""
    if "-" in paths:
        raise WrongUseError("review reads files, so that fixes can be applied to them; name a file, not -")
    if share and terminal:
        raise WrongUseError(
            "--share serves pages; at the prompt one person decides:  --terminal --reviewer NAME"
        )
    if terminal and not (sys.stdin.isatty() and sys.stdout.isatty()):
        from cleantext.review.terminal import NO_TERMINAL

        raise WrongUseError(NO_TERMINAL)
    if not terminal and (missing := next((name for name in _PAGE if find_spec(name) is None), None)):
        raise _page_needs(missing)
    sitting = s.Sitting.of(
        who, reviewer, adjudicator, share=share, host=host, names=allow_host, certificate=certificate, key=key
    )
    from cleantext.review import exchange, places
    from cleantext.review.offswitch import OffSwitch
    from cleantext.review.scan import scan
    from cleantext.review.seats import Desk
    from cleantext.review.session import Session, store_for

    chosen = o.configuration(
        paths,
        reading,
        choice,
        originals=translated,
        editor=model.changes(),
    )
    beside = o.originals(translated)
    kind = reading.kind

    def sources() -> Iterator[Source | Failure]:
        return d.sources(paths, chosen, beside, kind)

    def articles() -> Iterator[Article]:
        return (source.article for source in sources() if not isinstance(source, Failure))

    place = places.for_review(paths, d.configured(chosen, store), o.warn)
    ready = e.ask_about(r.cleaner_with_index(chosen), articles)
    cleaner = ready.cleaner
    opened, new = store_for(place)
    if new:
        sys.stderr.write(f"{new} decisions came from {visible(str(places.copy_of(place)))}.\n")
    with opened:
        sitting.enlist(opened, each, by)
        shows = sys.stderr.isatty()

        def on_progress(articles: int) -> None:
            if shows:
                sys.stderr.write(f"\r{articles:,} articles read ")
                sys.stderr.flush()

        seen = scan(
            opened,
            cleaner,
            sources(),
            on_failure=r.tell,
            on_progress=on_progress,
        )
        if shows:
            sys.stderr.write("\r")
        if not seen.articles:
            raise WrongUseError(
                "no article was read, so there is nothing to review. Name files or directories that hold some:"
                "  cleantext review articles/"
            )
        sys.stderr.write(
            f"{seen.articles:,} articles, {seen.checked:,} of them checked; decisions in {place}\n"
        )

        def session(store: Store, name: str) -> Session:
            may_apply = not isinstance(store, Desk)  # what one of several thinks is not yet decided
            held = Session(store, cleaner, who=name, scan=seen.number, share=certainty)
            if may_apply:
                writing = _Writing(held, paths, place, beside, kind)
                held.apply = writing.apply
                if not share and not reading.isolated and not cleaner.editing:
                    held.off = OffSwitch(_settings_file(paths, reading.config))
            return held

        if share:
            s.serve(sitting, opened, session, port=port or 0)
        else:
            with sitting.seat(opened) as seat:
                if terminal:
                    from cleantext.review.terminal import ask

                    ask(session(seat, sitting.who), colour=_colour())
                else:
                    _serve(session(seat, sitting.who), port=port, browser=not no_browser)
        exchange.renew_copy(place)
    raise typer.Exit(2 if seen.failures else 0)


class _Writing:
    """Writes what was accepted, and what is safe, into the files of a review, and takes out again what it wrote last."""

    def __init__(
        self, held: Session, paths: list[str], place: Path, beside: Originals | None, kind: Kind | None
    ) -> None:
        self._held = held
        self._paths = paths
        self._place = place
        self._beside = beside
        self._kind = kind
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def apply(self) -> Applied:
        """Write, and read what was written."""
        from cleantext.batch.run import Job, Plan, carry_out
        from cleantext.batch.scope import Scope
        from cleantext.batch.work import Setup
        from cleantext.review.decisions import Decisions
        from cleantext.review.session import Applied

        cleaner = self._held.cleaner
        chosen = cleaner.configuration
        failures: list[str] = []
        decisions = Decisions.load(self._place, cleaner.cards)
        setup = Setup(
            task="fix",
            cleaner=d.trusting(cleaner, decisions),
            fields=o.fields(chosen, self._beside),
            verdicts=decisions,
            record="changed",
            rewrite=True,
            scope=Scope(per_file=chosen.per_file),
        )
        job = Job("fix", setup, self._paths, exclude=chosen.exclude, named_kind=self._kind, in_place=True)
        self._folder = tempfile.TemporaryDirectory(prefix="cleantext-review-")  # mode 0700
        record = Path(self._folder.name, "run.jsonl")
        plan = Plan(rewrite=True, record=record)
        tally = carry_out(
            job,
            plan,
            None,
            lambda failure: failures.append(_told(failure)),
            progress=False,
            note=failures.append,
        )
        self._read_again()
        self._held.put_back = partial(self._put_back, record) if tally.changed else None
        return Applied(tally.changed, tuple(failures))

    def _put_back(self, record: Path) -> Applied:
        """Put every file back that a run changed and nobody has changed since."""
        from cleantext.batch import undoing
        from cleantext.cli.undo import of_run, undone
        from cleantext.review.session import Applied

        failures: list[str] = []
        found = list(of_run(record, [], failures.append))
        done = undone(found, undoing.put_back, lambda failure: failures.append(_told(failure)))
        self._read_again()
        self._held.put_back = None
        return Applied(done, tuple(failures))

    def _read_again(self) -> None:
        from cleantext.review.scan import scan
        from cleantext.review.store import Store

        cleaner = self._held.cleaner
        with Store(self._place) as store:  # this runs beside the page, which has a connection of its own
            sources = d.sources(self._paths, cleaner.configuration, self._beside, self._kind)
            scan(store, cleaner, sources, on_failure=lambda _: None)


def _told(failure: Failure) -> str:
    return f"{failure.place}: {failure.error}"


def _settings_file(paths: list[str], config: Path | None) -> Path:
    """Return the file whose settings the review was started with, or where one would be."""
    if config is not None:
        return config
    folder, _ = settings.nearest(paths)
    return settings.find(folder) or folder / "cleantext.toml"


def _colour() -> bool:
    from cleantext.cli.check import wants_colour

    return wants_colour()


def _page_needs(module: str | None) -> WrongUseError:
    return WrongUseError(
        f"the page needs more packages ({module}). Install them:  pip install 'cleantext-rules[review]'"
        "\nor decide at the prompt:  cleantext review --terminal …"
    )


def _serve(session: Session, *, port: int | None, browser: bool) -> None:
    from cleantext.review.web.server import serve

    # The address lets in whoever has it. It is printed where somebody waits for it; else what is printed
    # may well land in a log, and the browser knows it.
    whole = port is not None or not browser or sys.stdout.isatty()

    def announce(address: str) -> None:
        sys.stdout.write((address if whole else address.split("?")[0]) + "\n")
        sys.stdout.flush()
        if browser and whole:
            sys.stderr.write("If no browser comes up, open this address yourself, token included.\n")
        sys.stderr.write("Stop with Ctrl+C; every decision is kept as it is made.\n")

    try:
        serve(session, port=port or 0, browser=browser, announce=announce)
    except ImportError as error:
        raise _page_needs(error.name) from None
    except OSError as error:
        raise WrongUseError(
            f"port {port} cannot be used: {error.strerror}. --port 0 takes any free one."
        ) from None
    except KeyboardInterrupt:
        pass
