"""Options of the model editor, and what they change in a configuration."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from cleantext.cli.app import WrongUseError


class WhichOption(StrEnum):
    """Which passages are put to the model."""

    GARBLED = "garbled"
    FLAGGED = "flagged"
    ALL = "all"


class UnitOption(StrEnum):
    """What a passage is."""

    LINE = "line"
    SENTENCE = "sentence"


Editor = Annotated[
    bool | None,
    typer.Option(
        "--editor/--no-editor",
        help="Ask a language model for corrections, each held by rules and shown for review. "
        "The text of the passages goes to the server that [editor] names in your own configuration.",
        show_default=False,
    ),
]
Which = Annotated[
    WhichOption | None,
    typer.Option(
        "--editor-which", help="Put these passages to the model. [default: garbled]", show_default=False
    ),
]
Unit = Annotated[
    UnitOption | None,
    typer.Option(
        "--editor-unit", help="Put lines or sentences to it. [default: sentence]", show_default=False
    ),
]
Limit = Annotated[
    int | None, typer.Option("--editor-limit", min=0, help="Ask about so many passages at most.", metavar="N")
]
TokenLimit = Annotated[
    int | None,
    typer.Option("--editor-token-limit", min=0, help="Spend so many tokens at most.", metavar="N"),
]
CostLimit = Annotated[
    float | None,
    typer.Option(
        "--editor-cost-limit",
        min=0,
        help="Spend so much at most, in the currency of price-in and price-out.",
        metavar="AMOUNT",
    ),
]
Again = Annotated[
    bool,
    typer.Option(
        "--editor-again",
        help="Ask once more about what an earlier run asked and was killed before it heard.",
        show_default=False,
    ),
]
Record = Annotated[
    Path | None, typer.Option("--editor-record", help="Add each reply to this file of JSON lines.")
]
Replay = Annotated[
    Path | None,
    typer.Option("--editor-replay", help="Ask nobody: answer from a file that --editor-record wrote."),
]
Server = Annotated[
    str | None,
    typer.Option(
        "--editor-server", help="Address of an OpenAI-compatible server, such as http://localhost:8080/v1."
    ),
]
Model = Annotated[
    str | None, typer.Option("--editor-model", help="Name of the model, as its server knows it.")
]


class Replaying(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whether and what a model is asked: on every command that shows what it proposes."""

    editor: Editor = None
    editor_which: Which = None
    editor_unit: Unit = None
    editor_limit: Limit = None
    editor_replay: Replay = None

    def changes(self) -> dict[str, Any]:
        """Return what the options change in ``[editor]``; nothing where none was given.

        Raises WrongUseError for options that do nothing together.
        """
        changed = {
            name.removeprefix("editor_").replace("_", "-"): value
            for name, value in msgspec.to_builtins(self, enc_hook=str).items()
            if name != "editor"
        }
        if self.editor is False and self.editor_replay is not None:
            raise WrongUseError(
                "--no-editor and --editor-replay contradict each other. Leave one of them out."
            )
        asked = True if self.editor_replay is not None else self.editor
        if asked is not None:
            changed["enabled"] = asked
        elif changed:
            raise WrongUseError(
                "--editor-… options need --editor, which asks a model, or --editor-replay FILE."
            )
        return changed


class Asking(Replaying, frozen=True):
    """The same where a whole corpus may be put to a server: on check and fix."""

    editor_token_limit: TokenLimit = None
    editor_cost_limit: CostLimit = None
    editor_ask_again: Again = False
    editor_record: Record = None
    editor_server: Server = None
    editor_model: Model = None

    def changes(self) -> dict[str, Any]:
        """Return what the options change in ``[editor]``; nothing where none was given.

        Raises WrongUseError for options that do nothing together.
        """
        if self.editor_replay is not None and (
            self.editor_record is not None or self.editor_server is not None
        ):
            raise WrongUseError(
                "--editor-replay asks nobody, so there is nothing to record and no server to name."
            )
        return super().changes()
