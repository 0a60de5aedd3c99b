"""Run the scorers and hold the product to the floors of each issue. Exit code 1 names what fell."""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv" / "bin" / "cleantext"


def score(shared: Path, name: str, *extra: str) -> dict[str, Any]:
    """Return the figures of one scorer."""
    done = subprocess.run(
        [sys.executable, str(shared / "score" / f"{name}.py"), "--cmd", str(COMMAND), "--json", *extra],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{name}: {done.stderr.strip()}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


class Floors:
    """Figures held against their floors, printed as they come."""

    def __init__(self) -> None:
        """Start with nothing fallen."""
        self.fallen = 0

    def least(self, what: str, value: float | None, floor: float) -> None:
        """Hold a figure that must not be lower."""
        self._row(what, value, f">= {floor:g}", value is not None and value >= floor)

    def most(self, what: str, value: float | None, ceiling: float) -> None:
        """Hold a figure that must not be higher."""
        self._row(what, value, f"<= {ceiling:g}", value is not None and value <= ceiling)

    def _row(self, what: str, value: float | None, bound: str, holds: bool) -> None:
        self.fallen += not holds
        print(f"{'ok  ' if holds else 'FELL'} {what:60} {value!s:>10}  {bound}", flush=True)


def seeds(shared: Path, f: Floors) -> None:
    """The two seed articles."""
    s = score(shared, "seeds")
    f.least("seeds: must found", s["must_found"], 29)
    f.least("seeds: must with a right first fix", s["must_right"], 29)
    f.least("seeds: should found", s["should_found"], 8)
    f.most("seeds: keep spans touched", s["keep_violated"], 0)
    f.most("seeds: findings outside gold", s["outside_gold"], 8)


def boilerplate(shared: Path, f: Floors) -> None:
    """Residue by line, and whole page dumps."""
    s = score(shared, "boilerplate")
    best, news = s["boilerplate"]["all"]["best"], s["boilerplate"]["aeb"]["best"]
    # What is lost is counted where a user sees it, at .5; the one threshold that is best on these very data is lower.
    shown = s["boilerplate"]["all"]["review"]
    f.least("boilerplate: line F1", best["f1"], 0.73)
    f.least("boilerplate: line F1 at .5", shown["f1"], 0.76)
    f.most("boilerplate: % words lost at .5", shown["words_lost_pct"], 0.4)
    f.least("boilerplate: line F1, news", news["f1"], 0.86)
    safe = s["boilerplate"]["all"]["safe"]
    f.least("boilerplate: safe precision", safe["precision"], 0.97)
    f.least("boilerplate: safe recall", safe["recall"], 0.35)
    dump = s["pagedump"]["all"]["best"]
    f.least("page dumps: line F1", dump["f1"], 0.92)


PHRASING = "--extra=--ignore EN,MT900"


def phrasing(shared: Path, f: Floors) -> None:
    """Improved and harmed sentences on systems that nobody tuned to, false alarms on human news, style off.

    Nearness to a reference stays a check that nothing broke. What an editor says is counted by
    `benchmarks.verdicts.count`, and what may be safe by the ledger's tests.
    """
    s = score(shared, "phrasing", "--data", str(shared / "data" / "calibration"), PHRASING)
    family, human = s["review"]["family"], s["review"]["human"]
    f.least("phrasing: rule-based improved share", family["rbmt/independent"]["improved_share"], 0.91)
    f.least(
        "phrasing: rule-based flags per 1,000 words", family["rbmt/independent"]["flags_per_1k_words"], 4.5
    )
    f.least("phrasing: online improved share", family["online/independent"]["improved_share"], 0.87)
    f.most("phrasing: flags per 1,000 words of newstest", human["newstest"]["flags_per_1k_words"], 0.25)
    f.most("phrasing: flags per 1,000 words of aeb", human["aeb"]["flags_per_1k_words"], 0.45)
    mt = sum(counts["human"] for rule, counts in s["rules"].items() if rule.startswith("MT"))
    words = sum(human_words(shared / "data" / "calibration"))
    f.most("phrasing: MT flags per 1,000 words of human text", round(1000 * mt / words, 4), 0.03)
    f.most("phrasing: flags of taste", flags_of_taste(s["rules"]), 0)
    safe = s["safe"]["all"]["all"]["improved_share"]
    f.least("phrasing: safe improved share", 1.0 if safe is None else safe, 0.97)
    o = score(shared, "phrasing", "--data", str(shared / "data" / "oldmt"), PHRASING)
    spanish = o["review"]["lp"]["es-en"]
    f.least("phrasing, from Spanish: improved share", spanish["improved_share"], 0.84)
    f.least("phrasing, from Spanish: flags per 1,000 words", spanish["flags_per_1k_words"], 3.5)


def human_words(data: Path) -> Iterator[int]:
    """Yield the words of each human text."""
    with gzip.open(data / "phrasing_human.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield len(json.loads(line)["text"].split())


def flags_of_taste(rules: dict[str, dict[str, int]]) -> int:
    """Count what the rules of style found, which are off unless selected."""
    taste = {
        rule
        for path in (ROOT / "rules" / "style").glob("*.toml")
        for rule in re.findall(r'^id = "(\w+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    return sum(counts["mt"] + counts["human"] for rule, counts in rules.items() if rule in taste)


def cases(shared: Path, f: Floors) -> None:
    """Small cases of faults that people report in public."""
    s = score(shared, "cases")
    f.most("cases: harmed by a safe edit", s["safe-harm"], 1)
    f.most("cases: harmed by a fix for review", s["review-harm"], 8)
    good = s["groups"]["good text"]
    f.most("cases: good text harmed", good.get("safe-harm", 0) + good.get("review-harm", 0), 7)
    for group in ("typography", "encoding, markup", "translation"):
        f.most(f"cases: {group}, harmed by a safe edit", s["groups"][group].get("safe-harm", 0), 0)
    f.least("cases: typography, passed of 39", s["groups"]["typography"].get("pass", 0), 33)
    f.least("cases: encoding and markup, passed of 17", s["groups"]["encoding, markup"].get("pass", 0), 15)


def encoding(shared: Path, f: Floors) -> None:
    """Encoding repair: what ftfy reaches, row by row."""
    s = score(shared, "encoding")["safe"]
    floors = {
        "pass, all": 39,
        "negative": 15,
        "clean": 60,
        "one line cp1252": 58,
        "whole article cp1250": 52,
        "whole article cp1251": 48,
        "whole article cp1252": 58,
        "whole article latin-1": 58,
        "whole article mac_roman": 55,
    }
    for row, floor in floors.items():
        f.least(f"encoding: {row}", s[row]["ok"], floor)


def attribution(shared: Path, f: Floors) -> None:
    """Who said what."""
    s = score(shared, "attribution")
    f.least("attribution: speaker F1, direct and mixed", s["direct+mixed"]["f1"], 0.80)
    f.least("attribution: speaker F1, all", s["all"]["f1"], 0.55)


def misattribution(shared: Path, f: Floors) -> None:
    """Who did not say it, and how often good news is accused."""
    s = score(shared, "misattribution")
    sure, even = s[">=0.6"], s[">=0.5"]
    f.least("misattribution: office holders swapped, recall", sure["kinds"]["office_absent"]["recall"], 0.95)
    f.least(
        "misattribution: office holders swapped, right suggestion",
        sure["kinds"]["office_absent"]["right"],
        0.93,
    )
    f.least("misattribution: mean over offices, recall", sure["office_absent_macro"]["recall"], 0.94)
    f.most("misattribution: false flags at 0.6", sure["false"], 0)
    f.most("misattribution: false flags at 0.5", even["false"], 2)
    clean = score(shared, "misattribution", "--data", str(shared / "data" / "pressure"))
    f.most("misattribution: clean news, false per 1,000 at 0.6", clean[">=0.6"]["false_per_1000"], 1.0)
    f.most("misattribution: clean news, false per 1,000 at 0.5", clean[">=0.5"]["false_per_1000"], 3.0)
    hard = score(shared, "misattribution", "--data", str(shared / "data" / "pressure_flagged"))
    f.most("misattribution: news that was once accused, flags at 0.6", hard[">=0.6"]["false"], 15)


def fidelity(shared: Path, f: Floors) -> None:
    """A translation beside its original."""
    s = score(shared, "fidelity")
    f.least("fidelity: wrong numbers found, all", s["numbers"]["recall"], 0.80)
    f.least("fidelity: wrong numbers found, a digit in the original", s["numbers"]["recall_with_digit"], 0.90)
    f.most("fidelity: sound pairs with a number flagged", s["numbers"]["sound_flagged"], 0.008)
    f.least("fidelity: deleted sentences found", s["deleted"]["recall"], 0.55)
    f.least("fidelity: deleted sentences, precision", s["deleted"]["precision"], 0.90)
    f.least("fidelity: added sentences found", s["added"]["recall"], 0.62)
    f.least("fidelity: added sentences, precision", s["added"]["precision"], 0.87)
    human = s["human"]["rules"]
    numbers = sum(rate for name, rate in human.items() if name.startswith(("number", "date")))
    f.most("fidelity: findings per 1,000 words of human translations", s["human"]["per_1000"], 0.25)
    f.most("fidelity: number findings per 1,000 words of human translations", round(numbers, 3), 0.12)
    f.least("fidelity: detached sentences found, without the encoder", s["detached"]["full"]["flagged"], 0.35)
    f.most("fidelity: sound sentences called detached", s["detached"]["sound"]["flagged"], 0.005)
    f.least("fidelity: words a CPU second", s["words_per_cpu_second"], 10_000)


def languages(shared: Path, f: Floors) -> None:
    """What is done to good articles in other languages, with their language given and without."""
    harm = score(shared, "languages")["harm"]
    for label in ("lang", "no lang"):
        total = harm[label]["all"]
        f.most(f"languages, {label}: tokens changed per 1,000, safe", total["safe_rules"], 0.1)
        f.most(f"languages, {label}: tokens changed per 1,000, review", total["review_rules"], 1.0)
        f.most(f"languages, {label}: tokens taken as residue per 1,000, safe", total["safe_boilerplate"], 0.1)


def chain(shared: Path, f: Floors) -> None:
    """After an extractor: no page gutted, and never worse than the extractor alone."""
    s = score(shared, "chain")
    most = {"trafilatura": 0, "resiliparse": 0, "dump": 5}
    for source, ceiling in most.items():
        parts = {part: s[source][part] for part in ("article", "other")}
        f.most(f"chain, {source}: pages gutted", sum(p["safe"]["gutted"] for p in parts.values()), ceiling)
        for part, figures in parts.items():
            before = figures["before"]["f1"]
            f.least(f"chain, {source}, {part}: F1 in safe", figures["safe"]["f1"], before)


def editor(shared: Path, f: Floors) -> None:
    """The model editor on recorded replies."""
    s = score(shared, "editor")
    minimal, faulty = s["minimal"], s["faulty"]
    f.least("editor: corrections of which some edit is proposed", minimal["kept"], 0.93)
    f.least("editor: corrections proposed whole", minimal["whole"], 0.80)
    f.least("editor: edits a sentence", minimal["edits_per_sentence"], 2)
    f.least("editor: improved share", minimal["improved_share"], 0.86)
    f.least("editor: planted faults stopped", faulty["stopped"], 0.97)
    pools = {
        0.95: "number-changed date-changed unit-or-currency-changed number-format-changed-wrongly "
        "quotation-words-changed negation-lost negation-added",
        0.97: "refusal reply-talks other-language truncated repeated follows-instruction-in-text "
        "markdown-or-quotes-around",
        0.85: "name-changed name-corrected speaker-changed clause-dropped summary-instead fact-added",
        0.8: "hedge-lost",
        0.6: "tense-changes-meaning",
    }
    for floor, kinds in pools.items():
        stopped = [faulty["kinds"][kind] for kind in kinds.split()]  # the kinds are about equally many
        f.least(f"editor: stopped, {kinds.split()[0]} …", round(sum(stopped) / len(stopped), 4), floor)
    f.least("editor: words of free rewrites that stay", s["free"]["words_that_stay"], 0.90)


def damage(shared: Path, f: Floors) -> None:
    """What comes back of news that was damaged at known places, and what is changed where nothing was."""
    command = [sys.executable, "-m", "benchmarks.damage", "--json", "--data", str(shared / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(f"damage: {done.stderr.strip()}")
    figures = json.loads(done.stdout.splitlines()[-1])
    for name, row in figures["families"].items():
        f.least(f"damage: {name}, restored", row["restored"], row["floor_restored"])
        f.least(f"damage: {name}, precision", row["precision"], row["floor_precision"])
    # Nine places in 135,671 words are damaged in truth: somebody read them, and they do not count.
    f.most("damage: changes in 100,000 words of undamaged news", figures["untouched_per_100k"], 1)


def main() -> None:
    """Run every scorer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder that holds data/ and score/")
    parser.add_argument("--only", help="run one scorer")
    arguments = parser.parse_args()
    floors = Floors()
    for part in (
        seeds,
        cases,
        encoding,
        boilerplate,
        phrasing,
        attribution,
        misattribution,
        fidelity,
        languages,
        chain,
        editor,
        damage,
    ):
        if arguments.only in (None, part.__name__):
            part(arguments.shared, floors)
    sys.exit(1 if floors.fallen else 0)


if __name__ == "__main__":
    main()
