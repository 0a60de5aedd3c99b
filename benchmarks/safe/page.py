"""Write the ledger: ``rules/safe.toml`` for the tool, ``docs/safe.md`` for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cleantext.finding import Applicability
from cleantext.rulebook import shipped
from cleantext.rulebook.ledger import HELD, LEAST_BOUND, LEAST_CASES, MOST_WRONG, ONE_IN, Row, rows_of

ROOT = Path(__file__).resolve().parents[2]
LEDGER, PAGE = ROOT / "rules" / "safe.toml", ROOT / "docs" / "safe.md"

_HEAD = """# What `safe` means

`cleantext fix` applies without asking only what is **safe**: fewer than one edit in a hundred that an editor would take
back, on text that nobody here has seen. People forgive what a cleaner misses; they uninstall it for what it breaks.

An edit is safe only where all three hold:

1. **Its kind was right.** Somebody who wrote no rule read what the rule does on text that its author had not seen: at
   least {cases} cases, at most {wrong} of them wrong (of more than a thousand, one in a thousand), and for the whole kind a one-sided 95 % lower bound of {bound}
   in which the edits of one article do not count as independent. Where there is less, the rule waits in review, whatever its card says.
   Lines are judged by their kind, in articles and in whole pages apart, by the thousand on labelled pages of sites that the
   model had not seen: there one in {one_in} may be wrong, which is what one of {cases} cases is, and sites are not independent.
   Repair of encoding and blanks may be judged by planting instead: a text is damaged as converters damage it, and
   the edit is right where its whole line reads again as before.
2. **The place is running text of an article** in a language for which the rule was measured: no code, no front matter, no
   table, no verse, no line of dialogue, no quotation in another language, and no word or figure in quotation marks (encoding aside).
3. **The document agrees**: where too much of it would go, all of it waits.

Never safe, whatever was measured: who said what, the model editor, LanguageTool, [style](style.md).

A rule that a person promotes (`promote`) or comes to trust in [review](guides/review.md) is that person's own affair.

## The ledger

Written by `python -m benchmarks.safe --write`; `cleantext rules show ID` prints a rule's row.

| rule or kind of line | kind | cases | right | articles | bound of its kind | on which text | judged by | |
| --- | --- | ---: | ---: | ---: | ---: | --- | --- | --- |
"""


def toml(rows: Mapping[str, Row]) -> str:
    """Return the file that the tool reads."""
    parts = ["# Written by `python -m benchmarks.safe --write`; do not edit.\n"]
    for name, row in rows.items():
        quoted = name if name.isalnum() else json.dumps(name)
        parts.append(
            f"[{quoted}]\nkind = {json.dumps(row.kind)}\ncases = {row.cases}\nwrong = {row.wrong}\n"
            f"articles = {row.articles}\nbound = {row.bound}\n"
            f"text = {json.dumps(row.text, ensure_ascii=False)}\njudge = {json.dumps(row.judge, ensure_ascii=False)}\n"
        )
    return "\n".join(parts)


def page(rows: Mapping[str, Row]) -> str:
    """Return the page in Markdown."""
    text = _HEAD.format(cases=LEAST_CASES, wrong=MOST_WRONG, bound=LEAST_BOUND, one_in=ONE_IN)
    for name, row in rows.items():
        verdict = "safe" if row.holds else f"waits: {row.lacking}"
        text += (
            f"| {name} | {row.kind} | {row.cases} | {row.cases - row.wrong} | {row.articles} | {row.bound:.3f} "
            f"| {row.text} | {row.judge} | {verdict} |\n"
        )
    wishes = [c for c in shipped() if c.applicability is Applicability.SAFE and c.category in HELD]
    without = [card.id for card in wishes if not rows_of(card)]
    if without:
        text += f"\nWithout a row, and so in review: {', '.join(without)}.\n"
    return text


def write(rows: Mapping[str, Row]) -> None:
    """Write both."""
    LEDGER.write_text(toml(rows), "utf-8")
    PAGE.write_text(page(rows), "utf-8")
