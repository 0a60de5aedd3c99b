"""The report as one self-contained HTML page."""

from __future__ import annotations

import time
from importlib import resources
from typing import Any

from cleantext.batch.numbers import TIERS, Numbers
from cleantext.batch.runrecord import Run
from cleantext.finding import Applicability
from cleantext.printable import visible
from cleantext.version import __version__

ROWS = 24
"""Bars of a plot, and rows of a table of sources; the rest is counted in one line."""
MONTHS = 60
"""Months that are shown, the latest; the JSON holds all."""


class MissingExtraError(ValueError):
    """A package that a report needs is not installed."""


def page(found: Numbers, run: Run | None, *, title: str) -> str:
    """Return the page; nothing in it is loaded from elsewhere, and every text of an article is escaped.

    Plots are bars of plain HTML: their labels are as large as other text at any width, they follow light and dark, they
    print, and their links lead to the rules' examples. Raises MissingExtraError where Jinja2 is not installed.
    """
    try:
        import jinja2
    except ImportError as error:
        raise MissingExtraError(
            f"a report needs {error.name}:  pip install 'cleantext-rules[report]'"
        ) from None
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    environment.filters["lines"] = _lines
    environment.filters["number"] = lambda value: f"{value:,}"
    environment.filters["percent"] = lambda value: f"{100 * value:.1f} %"
    template = environment.from_string(
        resources.files("cleantext.batch").joinpath("report.html").read_text("utf-8")
    )
    steps = [sum(counts[step] for counts in found.confidence.values()) for step in range(20)]
    return template.render(
        title=title,
        version=__version__,
        when=time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(run.when)) if run else "",
        n=found,
        tiers={tier: Applicability(tier).words for tier in TIERS},
        rows=ROWS,
        months=found.months[-MONTHS:],
        highest=max(steps, default=0),
        steps=steps,
    )


def _lines(text: str) -> Any:
    r"""Show an excerpt with its lines as lines; what else steers is written out."""
    return "\n".join(visible(row) for row in text.replace("\r\n", "\n").split("\n"))
