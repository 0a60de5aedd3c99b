"""How far a run is: a bar on a terminal, a plain line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

from cleantext.batch.tally import Tally

PATIENCE = 2.0
"""Seconds before anything is shown: short runs say nothing."""
LOG_FIRST, LOG_EVERY = 10.0, 30.0
ENOUGH = 200
"""Articles after which the time left is worth saying: the first ones wait for rules to be compiled and workers to start."""


class Progress:
    """Shows rate, findings, errors and time left on standard error."""

    def __init__(
        self,
        total: Callable[[], int],
        *,
        out: TextIO | None = None,
        bar: bool | None = None,
        log: bool = True,
    ) -> None:
        """``total`` counts the bytes of all inputs; it is asked once, when something is first shown.

        A bar is drawn where ``out`` is a terminal that nothing else is printed on;
        ``bar`` says otherwise.
        """
        self._out = out or sys.stderr
        shared = sys.stdout.isatty() and not sys.stdout.closed
        self._bar = self._out.isatty() and not shared if bar is None else bar
        self._log = log and not self._out.isatty()
        self._total_of = total
        self._total = 0
        self._began = time.monotonic()
        self._next = self._began + (PATIENCE if self._bar else LOG_FIRST)
        self._done = 0
        self._from = 0
        self._first: tuple[float, int] | None = None
        self._display: Any = None
        self._task: Any = None

    def resumed(self, done: int) -> None:
        """Say how many bytes an earlier run did."""
        self._done = self._from = done

    def advance(self, weight: int, tally: Tally) -> None:
        """Say that so many more bytes are done."""
        self._done += weight
        now = time.monotonic()
        if self._first is None:
            self._first = now, self._done
        if now < self._next or not (self._bar or self._log):
            return
        if not self._total:
            self._total = max(1, self._total_of())
        if self._bar:
            self._next = now + 0.1
            self._draw(tally)
        else:
            self._next = now + LOG_EVERY
            self._out.write(self.line(tally) + "\n")
            self._out.flush()

    def line(self, tally: Tally) -> str:
        """Return the state in words."""
        share = min(1.0, self._done / max(1, self._total))
        return (
            f"{share:4.0%}  {tally.articles} articles  {self._rate(tally)}  "
            f"{tally.findings} findings  {tally.errors} errors  {self._left(tally)}"
        )

    def _rate(self, tally: Tally) -> str:
        seconds = max(1e-9, time.monotonic() - self._began)
        share = (self._done - self._from) / max(1, self._done)
        return f"{tally.articles * share / seconds:.0f}/s"

    def _left(self, tally: Tally) -> str:
        """Say how long it takes yet, by the pace since the first chunk was done."""
        began, before = self._first or (self._began, self._from)
        if tally.articles < ENOUGH or self._done <= before:
            return "no estimate yet"
        seconds = time.monotonic() - began
        return f"{_clock(max(0.0, (self._total - self._done) * seconds / (self._done - before)))} left"

    def _draw(self, tally: Tally) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        if self._display is None:
            self._display = Bar(
                TextColumn("{task.percentage:>3.0f}%"),
                BarColumn(None),
                TextColumn(
                    "{task.fields[articles]} articles  {task.fields[rate]}  {task.fields[findings]} findings  "
                    "{task.fields[errors]} errors  {task.fields[left]}"
                ),
                console=Console(file=self._out, force_terminal=True),
                transient=True,
                auto_refresh=False,
            )
            self._display.start()
            self._task = self._display.add_task(
                "", total=self._total, articles="", rate="", findings="", errors="", left=""
            )
        self._display.update(
            self._task,
            completed=min(self._done, self._total),
            articles=tally.articles,
            rate=self._rate(tally),
            findings=tally.findings,
            errors=tally.errors,
            left=self._left(tally),
        )
        self._display.refresh()

    def close(self) -> None:
        """Take the bar away."""
        if self._display is not None:
            self._display.stop()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
