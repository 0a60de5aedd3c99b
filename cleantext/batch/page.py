"""The report as one self-contained HTML page."""

from __future__ import annotations

import time
from importlib import resources

from cleantext.batch.summary import Summary
from cleantext.printable import visible
from cleantext.version import __version__


class MissingExtraError(ValueError):
    """A package that a report needs is not installed."""


def page(summary: Summary, *, title: str) -> str:
    """Give the page; nothing in it is loaded from elsewhere, and every text of an article is escaped.

    Raises MissingExtraError where matplotlib or Jinja2 is not installed.
    """
    try:
        import jinja2

        from cleantext.batch.plots import all_plots

        plots = all_plots(summary)
    except ImportError as error:
        raise MissingExtraError(
            f"a report needs {error.name}:  pip install 'cleantext-rules[report]'"
        ) from None
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["visible"] = visible
    environment.filters["number"] = lambda value: f"{value:,}"
    template = environment.from_string(
        resources.files("cleantext.batch").joinpath("report.html").read_text("utf-8")
    )
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(summary.run.when)) if summary.run else ""
    return template.render(
        title=title,
        version=__version__,
        when=when,
        summary=summary,
        plots=plots,
        rules=sorted(summary.rules.items(), key=lambda item: (-item[1].tiers.total(), item[0])),
    )
