"""`cleantext schema`: JSON Schemas of what goes in and what comes out."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from cleantext.cli.app import app


class Of(StrEnum):
    """What has a schema."""

    CONFIGURATION = "configuration"
    RULES = "rules"
    CHECK_JSON = "check-json"
    CHECK_JSONL = "check-jsonl"
    STATISTICS_JSON = "statistics-json"
    FIX_JSONL = "fix-jsonl"
    QUOTES_JSONL = "quotes-jsonl"
    ALIGN_JSONL = "align-jsonl"


@app.command(
    epilog="Examples:  cleantext schema configuration > cleantext.schema.json    cleantext schema check-json"
)
def schema(
    of: Annotated[Of, typer.Argument(metavar="WHAT", help=f"One of {', '.join(Of)}.", show_default=False)],
) -> None:
    """Print the JSON Schema of the configuration, of rule files, or of what a command prints."""
    from cleantext.batch.shapes import FORMS, schema_of
    from cleantext.configuration import Configuration
    from cleantext.rulebook.authoring import schema as rule_schema

    match of:
        case Of.CONFIGURATION:
            made = schema_of("cleantext.toml, or [tool.cleantext] of pyproject.toml", (Configuration,))
        case Of.RULES:
            made = rule_schema()
        case _:
            made = schema_of(*FORMS[of])
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
