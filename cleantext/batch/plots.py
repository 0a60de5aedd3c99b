"""The plots of a report, as SVG; drawn with matplotlib."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from cleantext.batch.summary import Summary
from cleantext.printable import visible

TIERS = {"safe": "#2f7d4f", "review": "#c07a12", "display": "#3a6ea5"}
_BAR = "#4a5568"
_ROWS = 18


def all_plots(summary: Summary) -> list[tuple[str, str, str]]:
    """Give each plot: title, what it says in words, SVG. A plot that has nothing to show is left out."""
    drawn = [
        ("Findings by rule", _rules_words(summary), _rules(summary)),
        ("Findings by category", "", _categories(summary)),
        (
            "How sure",
            "Findings by confidence: the probability that a finding is right, in steps of 0.05.",
            _confidence(summary),
        ),
        (
            "Share of boilerplate by source",
            "Characters that boilerplate findings cover, as a share of all; sources with most articles.",
            _boilerplate(summary),
        ),
        (
            "Garble by source",
            "Mean probability that an article is garbled machine translation.",
            _garble_sources(summary),
        ),
        ("Garble by month", "The same over the months of the articles' dates.", _garble_months(summary)),
    ]
    return [(title, words, svg) for title, words, svg in drawn if svg]


def _figure(height: float) -> tuple[Any, Any]:
    import matplotlib

    # No label is a formula, and equal runs give equal pages.
    matplotlib.rcParams.update(
        {"text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "cleantext", "font.size": 11}
    )
    matplotlib.rcParams["font.family"] = ["sans-serif"]
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, height), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Any) -> str:
    out = io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    text = out.getvalue()
    return text[text.index("<svg") :]


def _label(text: str, width: int = 34) -> str:
    shown = visible(text)
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _rules_words(summary: Summary) -> str:
    more = len(summary.rules) - _ROWS
    return f"The {_ROWS} most frequent; {more} more are in the table." if more > 0 else ""


def _rules(summary: Summary) -> str:
    top = sorted(summary.rules.items(), key=lambda item: (-item[1].tiers.total(), item[0]))[:_ROWS][::-1]
    if not top:
        return ""
    figure, axes = _figure(1.1 + 0.3 * len(top))
    labels = [_label(f"{rule} {value.name}") for rule, value in top]
    left = [0] * len(top)
    for tier, colour in TIERS.items():
        counts = [value.tiers[tier] for _, value in top]
        if any(counts):
            axes.barh(labels, counts, left=left, color=colour, label=tier, height=0.72)
            left = [a + b for a, b in zip(left, counts, strict=True)]
    _numbers(axes, left)
    axes.legend(frameon=False, loc="lower right")
    axes.xaxis.grid(True, color="#00000018")
    return _svg(figure)


def _numbers(axes: Any, values: Sequence[float], form: str = "{:,.0f}") -> None:
    axes.set_xlim(0, max([*values, 1e-9]) * 1.14)
    for at, value in enumerate(values):
        axes.text(value, at, " " + form.format(value), va="center", fontsize=9)


def _categories(summary: Summary) -> str:
    if not summary.categories:
        return ""
    names = sorted(summary.categories, key=lambda name: (summary.categories[name], name))
    figure, axes = _figure(1.0 + 0.36 * len(names))
    values = [summary.categories[name] for name in names]
    axes.barh(names, values, color=_BAR, height=0.68)
    _numbers(axes, values)
    axes.xaxis.grid(True, color="#00000018")
    return _svg(figure)


def _confidence(summary: Summary) -> str:
    if not summary.findings:
        return ""
    figure, axes = _figure(2.9)
    bottom = [0] * 20
    for tier, colour in TIERS.items():
        counts = [summary.confidence[tier][step] for step in range(20)]
        if any(counts):
            axes.bar(
                [(step + 0.5) / 20 for step in range(20)],
                counts, 0.046, bottom=bottom, color=colour, label=tier,
            )  # fmt: skip
            bottom = [a + b for a, b in zip(bottom, counts, strict=True)]
    axes.set_xlim(0, 1)
    axes.set_xlabel("confidence")
    axes.set_ylabel("findings")
    axes.legend(frameon=False, loc="upper left")
    axes.yaxis.grid(True, color="#00000018")
    return _svg(figure)


def _largest(summary: Summary) -> list[str]:
    return sorted(summary.sources, key=lambda name: (-summary.sources[name].articles, name))[:_ROWS]


def _boilerplate(summary: Summary) -> str:
    shares = {
        name: 100 * summary.sources[name].boilerplate / max(1, summary.sources[name].chars)
        for name in _largest(summary)
    }
    if not any(shares.values()):
        return ""
    names = sorted(shares, key=lambda name: (shares[name], name))
    figure, axes = _figure(1.1 + 0.3 * len(names))
    axes.barh(
        [_label(f"{name} ({summary.sources[name].articles:,})") for name in names],
        [shares[name] for name in names], color=_BAR, height=0.7,
    )  # fmt: skip
    _numbers(axes, [shares[name] for name in names], "{:.1f} %")
    axes.set_xlabel("per cent of characters")
    axes.xaxis.grid(True, color="#00000018")
    return _svg(figure)


def _garble_sources(summary: Summary) -> str:
    means = {
        name: summary.sources[name].garble / summary.sources[name].judged
        for name in _largest(summary)
        if summary.sources[name].judged
    }
    if not means:
        return ""
    names = sorted(means, key=lambda name: (means[name], name))
    figure, axes = _figure(1.1 + 0.3 * len(names))
    values = [means[name] for name in names]
    axes.barh([_label(name) for name in names], values, color="#8a4b6b", height=0.7)
    _numbers(axes, values, "{:.2f}")
    axes.set_xlim(0, 1.12)
    axes.axvline(0.8, color="#00000055", linewidth=1, linestyle="--")
    axes.set_xlabel("mean garble probability (dashed: reads garbled)")
    return _svg(figure)


def _garble_months(summary: Summary) -> str:
    months = sorted(month for month, value in summary.months.items() if value.judged)
    if len(months) < 2:
        return ""
    figure, axes = _figure(3.0)
    values = [summary.months[month].garble / summary.months[month].judged for month in months]
    axes.plot(range(len(months)), values, color="#8a4b6b", marker="o", markersize=4)
    step = max(1, len(months) // 8)
    axes.set_xticks(
        range(0, len(months), step), [_label(m, 8) for m in months[::step]], rotation=30, ha="right"
    )
    axes.set_ylim(0, 1)
    axes.set_ylabel("mean garble probability")
    axes.yaxis.grid(True, color="#00000018")
    return _svg(figure)
