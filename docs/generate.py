"""Write the generated pages: rules, command line, Python, benchmarks, and the picture of a run.

``python docs/generate.py`` from the project's root; ``make docs`` calls it. What it
writes is not committed, but for the picture, which the README shows.
"""

from __future__ import annotations

import inspect
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
REFERENCE = DOCS / "reference"
sys.path.insert(0, str(ROOT))  # for the benchmark programs, which make two of the pages


def rules_page() -> str:
    """Every rule, by category: what, why, how sure, an example."""
    from cleantext.rulebook import CATEGORIES, shipped
    from cleantext.rulebook.calibration import confidences, load_records
    from cleantext.rulebook.ledger import earned
    from cleantext.rulebook.reading import read_of
    from cleantext.rulefiles import rules_dir

    records = load_records(rules_dir() / "calibration.toml")
    rows = ["# Rules", "", f"{len(shipped())} rules. `cleantext rules show ID` prints a card whole.", ""]
    for category in CATEGORIES.values():
        cards = [card for card in shipped() if card.category == category]
        if not cards:
            continue
        rows += [f"## {category.capitalize()}", ""]
        for card in cards:
            sure = confidences(card, records.get(card.id, {}), read_of(card))
            rows += [
                f"### {card.id} {card.name}",
                "",
                f"**{card.summary}.**" if card.summary[-1] not in ".!?" else card.summary,
            ]
            rows += [
                "",
                card.why,
                "",
                f"*{earned(card)}*, confidence {sure['garbled']:.2f} in garbled text, {sure['human']:.2f} in good prose.",
                "",
            ]
            example = card.examples[0]
            rows += ["```text", f"bad   {_shown(example.bad)}"]
            if example.good is not None:
                rows.append(f"good  {_shown(example.good)}")
            rows += ["```", ""]
    return "\n".join(rows)


def _shown(text: str) -> str:
    from cleantext.printable import visible

    return visible(text)


def cli_page() -> str:
    """The help of every command, as the program prints it."""
    rows = ["# Command line", ""]
    for words in commands():
        rows += [f"## cleantext {' '.join(words)}".rstrip(), "", "```text", help_of(words), "```", ""]
    return "\n".join(rows)


def commands() -> Iterator[list[str]]:
    """Yield the words of every command."""
    from importlib import import_module

    import typer.main

    from cleantext.cli import app as application

    for module in application._ALL:
        import_module(f"cleantext.cli.{module}")
    root: Any = typer.main.get_command(application.app)
    yield []
    for name, command in sorted(root.commands.items()):
        yield [name]
        for inner in sorted(getattr(command, "commands", {})):
            yield [name, inner]


def help_of(words: list[str]) -> str:
    """Return the help text of a command, 100 columns wide, without colour."""
    environment = {**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", *words, "--help"],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    shown = done.stdout.replace("python -m cleantext", "cleantext")
    return "\n".join(line.rstrip() for line in shown.strip("\n").split("\n"))


def python_page() -> str:
    """Signatures and docstrings of everything public."""
    import cleantext

    rows = ["# Python", "", inspect.cleandoc(cleantext.__doc__ or "").split("\n")[0], ""]
    for name in cleantext.__all__:
        thing = getattr(cleantext, name)
        if name.startswith("__"):
            continue
        rows += [f"## {name}", ""]
        if inspect.isclass(thing):
            rows += _docstring(thing)
            for member, value in vars(thing).items():
                public = not member.startswith("_") and inspect.isfunction(value) and value.__doc__
                if public:
                    rows += [
                        f"### {name}.{member}",
                        "",
                        "```python",
                        f"{member}{inspect.signature(value)}",
                        "```",
                        "",
                    ]
                    rows += _docstring(value)
        else:
            rows += ["```python", f"{name}{inspect.signature(thing)}", "```", "", *_docstring(thing)]
    return "\n".join(rows)


def _docstring(thing: object) -> list[str]:
    text = inspect.getdoc(thing) or ""
    # Our docstrings use reStructuredText's double backquotes and roles.
    import regex

    text = regex.sub(r":\w+:`~?([^`]*)`", r"`\1`", text.replace("``", "`"))
    return [text, ""]


def picture() -> str:
    """A real run on the seeds, as SVG; no font is fetched."""
    from rich.console import Console
    from rich.text import Text

    environment = {**os.environ, "COLUMNS": "104", "FORCE_COLOR": "1"}
    environment.pop("NO_COLOR", None)
    done = subprocess.run(
        [sys.executable, "-m", "cleantext", "check", "--isolated", "seeds/004_6247aee51db59cad.txt"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    console = Console(record=True, width=104, file=io.StringIO(), force_terminal=True)
    shown = done.stdout.split("\n")
    console.print(Text("$ cleantext check seeds/004_6247aee51db59cad.txt", style="bold"))
    console.print(
        Text.from_ansi("\n".join(shown[:38] + (["  …", *shown[-4:]] if len(shown) > 42 else shown[38:])))
    )
    svg = console.export_svg(title="cleantext", unique_id="cleantext")
    start, end = svg.index("@font-face"), svg.rindex("@font-face")
    end = svg.index("}", end) + 1
    return "\n".join(line.rstrip() for line in (svg[:start] + svg[end:]).split("\n"))


def benchmarks_page() -> str:
    """What the benchmark programs measured, and the commands that measure it again."""
    from benchmarks.figures import page

    return page()


def measured_page() -> str:
    """What was counted of each rule, and the confidence that follows."""
    from benchmarks.translation.table import page

    return page()


def main() -> None:
    """Write everything."""
    (REFERENCE).mkdir(exist_ok=True)
    for name, text in (("rules.md", rules_page()), ("cli.md", cli_page()), ("python.md", python_page())):
        (REFERENCE / name).write_text(text.rstrip("\n") + "\n", "utf-8")
    (DOCS / "benchmarks.md").write_text(benchmarks_page().rstrip("\n") + "\n", "utf-8")
    (DOCS / "rules-measured.md").write_text(measured_page(), "utf-8")
    if "--picture" in sys.argv[1:]:
        (DOCS / "pictures").mkdir(exist_ok=True)
        (DOCS / "pictures" / "check.svg").write_text(picture() + "\n", "utf-8")


if __name__ == "__main__":
    main()
