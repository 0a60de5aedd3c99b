"""Count what LanguageTool's rules do in the development data, and write ``rules/languagetool.toml``.

    python -m benchmarks.languagetool.calibrate --data DIR            # the rules that would be allowed
    python -m benchmarks.languagetool.calibrate --data DIR --write    # and the file

LanguageTool is asked as `cleantext check` asks it (a local server, `make languagetool`), its
answers kept in `--cache`: the first run takes an hour of one core, later ones minutes. Which rules look at
more than one sentence is found out on a tenth of the articles. The spell checker is left out:
`compare` shows what it does to news.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.languagetool.allowing import measured, render
from benchmarks.languagetool.articles import HUMAN, texts
from benchmarks.languagetool.outcomes import outcomes
from cleantext.checks.languagetool.client import LANGUAGE
from cleantext.checks.languagetool.rules import FILE
from cleantext.checks.languagetool.service import service
from cleantext.configuration import LanguageTool
from cleantext.rulefiles import rules_dir

ACROSS_SHARE = 0.1


def settings(arguments: argparse.Namespace) -> LanguageTool:
    """Return the settings under which the answers of a calibration are asked for and kept."""
    return LanguageTool(enabled=True, server=arguments.server, timeout=600.0, cache=str(arguments.cache))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what both programs are told."""
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    parser.add_argument("--cache", type=Path, default=Path("build/languagetool.sqlite"), help="kept answers")
    parser.add_argument("--server", help="a running LanguageTool [default: a local one is started]")
    parser.add_argument("--share", type=float, default=1.0, help="share of the source articles that is read")


def main() -> None:
    """Run the counting program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser)
    parser.add_argument("--write", action="store_true", help=f"write rules/{FILE}")
    arguments = parser.parse_args()
    asked = settings(arguments)
    read = list(texts(arguments.data, arguments.share))
    found = list(outcomes(read, asked, mode="allButTextLevelOnly"))
    sample = [
        text for text in texts(arguments.data, min(ACROSS_SHARE, arguments.share)) if text.family != HUMAN
    ]
    across = {one.rule for one in outcomes(sample, asked, mode="textLevelOnly")} - {one.rule for one in found}
    words = {
        "translated": sum(text.words for text in read if text.family != HUMAN),
        "human": sum(text.words for text in read if text.family == HUMAN),
    }
    table = measured(found, words, version=service(asked).version(), language=LANGUAGE, across=across)
    print(f"{len(table.all)} rules spoke, {len(table.allowed)} are allowed")
    for rule, bands in sorted(table.allowed.items(), key=lambda item: -sum(b[0] for b in item[1].values())):
        print(f"  {rule:45s} " + "  ".join(f"{band} {list(of_band)}" for band, of_band in bands.items()))
    if arguments.write:
        (rules_dir() / FILE).write_text(render(table), "utf-8")


if __name__ == "__main__":
    main()
