"""The page ``docs/rules-measured.md``: what each rule's fixes did on the development data.

``make docs`` writes it. Everything comes from ``rules/calibration.toml``; run ``benchmarks.translation.calibrate`` to measure anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

from cleantext.rulebook import Band, Card, shipped
from cleantext.rulebook.calibration import Record, confidences, load_records, pooled
from cleantext.rulebook.ledger import earned
from cleantext.rulebook.reading import read_of
from cleantext.rulefiles import rules_dir

BANDS: tuple[Band, ...] = ("garbled", "unsure", "human")

HEAD = """# Rules, measured

Each rule's first fix was applied alone to machine translations of news that have a reference, {translated:,} words
by rule-based, statistical and neural systems, and judged: *improved* where the sentence came nearer to its reference
(by words, then by characters), *neutral* where it stayed as near, *harmed* where it moved away. The references are
independent translations for the most part, so single verdicts are noisy: a right edit now and then "harms" because the
translator chose other words. *Human* counts how often the rule speaks in {human:,} words of human news, at any confidence.

Nearness is not rightness: "huge" for "immense" is nearer to most references, and "immense" was English. So the
confidence does not rest on these counts but on readers, who said of findings on text that no author of rules had seen
whether there was a fault and the fix was right (`rules/verdicts.toml`), shrunk towards the mean of the family. Rules that lean on
the article have one confidence for each way an article can read: garbled, unsure, human; below 0.5 they are silent
unless asked. *Read* is right of read; where nobody has read a rule it shows what its family does.

Written by `make docs` from `rules/calibration.toml`.
"""


def page() -> str:
    """Return the page in Markdown."""
    path = rules_dir() / "calibration.toml"
    records = load_records(path)
    words = tomllib.loads(path.read_text("utf-8"))["words"]
    rows = [HEAD.format(translated=words["translated"], human=words["human"])]
    for category in ("translation", "style", "typography", "encoding"):
        cards = [card for card in shipped() if card.category == category]
        measured = sum(1 for card in cards if card.id in records)
        rows += [
            f"\n## {category.capitalize()}: {len(cards)} rules, {measured} of them measured\n",
            "| rule | | fix | read | flags | improved | neutral | harmed | human | share | garbled | unsure | human |",
            "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
        rows += [_row(card, records.get(card.id, {})) for card in cards]
    return "\n".join(rows) + "\n"


def _row(card: Card, bands: Mapping[Band, Record]) -> str:
    record = pooled(bands)
    judged = record.improved + record.harmed
    share = f"{record.improved / judged:.2f}" if judged else ""
    flags = judged + record.neutral
    sure = confidences(card, bands, read_of(card))
    counts = [
        str(n) if flags or record.human else ""
        for n in (flags, record.improved, record.neutral, record.harmed)
    ]
    levels = [f"{sure[band]:.2f}" if card.leans_on_garble or band == "garbled" else "″" for band in BANDS]
    read = read_of(card)
    judged_by_readers = f"{read.right}/{read.right + read.wrong}" if read and read.right + read.wrong else ""
    fix = earned(card).value
    cells = [card.id, card.name, fix, judged_by_readers, *counts, str(record.human or ""), share, *levels]
    return "| " + " | ".join(cells) + " |"
