"""Which of LanguageTool's rules are allowed, by their counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.languagetool.outcomes import Outcome
from benchmarks.translation.calibrate import BANDS
from cleantext.checks.languagetool.rules import Counts, Measured, as_records, card
from cleantext.finding import Applicability
from cleantext.rulebook.calibration import confidences

LEAST_CASES = 5
"""Improved and harmed cases in one kind of articles under which a rule is not judged there."""
LEAST_ARTICLES = 3
"""Source articles in which a rule must have helped: seven translations of one sentence are one case."""
LEAST_CONFIDENCE = 0.8
"""A rule is allowed that is at least this sure in some kind of articles; in others it shows how sure it is there."""


def counts(found: Iterable[Outcome]) -> dict[str, Counts]:
    """Add outcomes up: by rule and band [improved, neutral, harmed, fires on human news]."""
    tally: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for one in found:
        kind = 3 if one.verdict is None else 1 - one.verdict
        tally[one.rule, one.band][kind] += 1
    rules: dict[str, Counts] = defaultdict(dict)
    for (rule, band), kinds in sorted(tally.items()):
        rules[rule][band] = (kinds[0], kinds[1], kinds[2], kinds[3])
    return dict(rules)


def is_allowed(rule: str, bands: Counts, articles: int) -> bool:
    """Say whether a rule's counts let it speak; ``articles`` is in how many source articles it helped."""
    if articles < LEAST_ARTICLES:
        return False
    sure = confidences(card(rule, Applicability.REVIEW), as_records(bands))
    return any(
        sure[band] >= LEAST_CONFIDENCE and bands[band][0] + bands[band][2] >= LEAST_CASES
        for band in BANDS
        if band in bands
    )


def measured(
    found: Sequence[Outcome], words: Mapping[str, int], *, version: str, language: str, across: Iterable[str]
) -> Measured:
    """Count, and deal rules into allowed ones and others."""
    rules = counts(found)
    helped: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.verdict == 1:
            helped[one.rule].add(one.document)
    allowed = {rule: bands for rule, bands in rules.items() if is_allowed(rule, bands, len(helped[rule]))}
    return Measured(
        languagetool=version,
        language=language,
        words=dict(words),
        across=tuple(sorted(across)),
        allowed=allowed,
        measured={rule: bands for rule, bands in rules.items() if rule not in allowed},
    )


HEAD = """# Written by `python -m benchmarks.languagetool.calibrate --data DIR --write`; do not edit.
# What LanguageTool's rules did in the development data, each finding's first replacement by itself:
# rule = { how the article reads = [improved, neutral, harmed, fires on human news] }
# Rules under [allowed] run; those under [measured] only where they are selected (LT:RULE), and offer no fix.
# `across` names rules that look at more than one sentence. `words` is how many words were read.
"""


def render(table: Measured) -> str:
    """Write it as TOML."""
    rows = [
        HEAD,
        f'languagetool = "{table.languagetool}"',
        f'language = "{table.language}"',
        "across = [" + ", ".join(f'"{rule}"' for rule in table.across) + "]",
        "",
        "[words]",
        *(f"{name} = {number}" for name, number in table.words.items()),
    ]
    for title, rules in (("allowed", table.allowed), ("measured", table.measured)):
        rows += ["", f"[{title}]"]
        for rule in sorted(rules):
            bands = ", ".join(f"{b} = {list(rules[rule][b])}" for b in BANDS if b in rules[rule])
            key = rule if rule.replace("_", "").replace("-", "").isalnum() and rule.isascii() else f'"{rule}"'
            rows.append(f"{key} = {{ {bands} }}")
    return "\n".join(rows) + "\n"
