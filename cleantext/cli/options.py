"""Options that several commands share, and the cleaner that they ask for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import typer

from cleantext import settings
from cleantext.batch.fields import Fields
from cleantext.batch.inputs import Kind, kind_of
from cleantext.batch.originals import Originals
from cleantext.batch.streams import encoding_named
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration, FieldNames
from cleantext.document import Corpus
from cleantext.files import ABSENT, is_folder, not_plain
from cleantext.printable import visible


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"


class TextOrJson(StrEnum):
    """How a list is printed: for reading, or as one JSON value."""

    TEXT = "text"
    JSON = "json"


class TextOrLines(StrEnum):
    """How records are printed: for reading, or as JSON lines."""

    TEXT = "text"
    JSONL = "jsonl"


class InputKind(StrEnum):
    """What standard input holds, or a file whose name does not say it."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    HTML = "html"


_KINDS = ".txt .md .html .jsonl .csv .tsv .json .parquet .arrow"
Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help=f"Files ({_KINDS}), directories, or - for standard input.",
    ),
]
PathsOrHere = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH]…",
        help=f"Files ({_KINDS}), directories, or - for standard input. [default: .]",
    ),
]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename", help="The name of what standard input holds, for its kind and for messages."
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to print.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", help="Only these: a category, a rule id or an id prefix; several by comma."),
]
ExtendSelect = Annotated[
    list[str] | None,
    typer.Option("--extend-select", help="These as well; for rules that are off by default, such as style."),
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", help="Not these; the longer of two selectors wins.")
]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0, max=1, help="Hide findings that are less sure. [default: 0.5]"),
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Processes that share the work. [default: 1]")
]
Config = Annotated[Path | None, typer.Option("--config", help="Use this configuration file.")]
Index = Annotated[
    Path | None,
    typer.Option(
        "--index", help="What `cleantext index` kept of the corpus: lines and quotations that repeat."
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", help="Pass over files that match, as in .gitignore; several by comma."),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Read no configuration file and no review store.")]
RuleFiles = Annotated[
    list[Path] | None, typer.Option("--rules", help="A further rule file; may be given again.")
]
LanguageTool = Annotated[
    bool | None,
    typer.Option(
        "--languagetool/--no-languagetool",
        help="Ask LanguageTool too: those of its rules that were right when measured. Needs Java.",
        show_default=False,
    ),
]
TextField = Annotated[
    str | None, typer.Option("--text-field", help="Field that holds the text. [default: text]")
]
IdField = Annotated[str | None, typer.Option("--id-field", help="Field that holds the id. [default: id]")]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        help="What files are in that have no byte-order mark. [default: utf-8]",
        show_default=False,
    ),
]
TitleField = Annotated[
    str | None, typer.Option("--title-field", help="Field that holds the title. [default: title]")
]
DateField = Annotated[
    str | None, typer.Option("--date-field", help="Field that holds the date. [default: date]")
]
SourceField = Annotated[
    str | None, typer.Option("--source-field", help="Field that holds the site or agency. [default: source]")
]
UrlField = Annotated[
    str | None, typer.Option("--url-field", help="Field that holds the address. [default: url]")
]
LangField = Annotated[
    str | None, typer.Option("--lang-field", help="Field that holds the language. [default: lang]")
]
OriginalField = Annotated[
    str | None,
    typer.Option(
        "--original-field", help="Field that holds the text it was translated from. [default: original]"
    ),
]
OriginalFile = Annotated[
    Path | None,
    typer.Option("--original", help="The text that the articles in text files were translated from."),
]
OriginalsFolder = Annotated[
    Path | None,
    typer.Option("--originals", help="A folder with the originals of text files, under the same names."),
]
OriginalLang = Annotated[
    str | None,
    typer.Option("--original-lang", help="The language of --original or --originals. [default: detected]"),
]
StdinOption = Annotated[
    InputKind | None,
    typer.Option("--stdin-format", help="What standard input holds. [default: text]", show_default=False),
]
As = Annotated[
    InputKind | None,
    typer.Option(
        "--as", help="What the named files hold, where their names do not say it.", show_default=False
    ),
]


class Reading(msgspec.Struct, frozen=True):
    """How articles are read: the same on every command that reads some."""

    config: Config = None
    isolated: Isolated = False
    exclude: Exclude = None
    named_as: As = None
    encoding: Encoding = None
    text_field: TextField = None
    id_field: IdField = None
    title_field: TitleField = None
    date_field: DateField = None
    source_field: SourceField = None
    url_field: UrlField = None
    lang_field: LangField = None

    @property
    def kind(self) -> Kind | None:
        """What the named files hold, where that was said."""
        return self.named_as.value if self.named_as else None


class FromStdin(msgspec.Struct, frozen=True):
    """What standard input holds: on every command that reads it."""

    stdin_format: StdinOption = None
    stdin_filename: StdinFilename = None

    @property
    def is_told_of(self) -> bool:
        """Whether something is said of it, so that it is to be read where no path is named."""
        return self.stdin_format is not None or self.stdin_filename is not None

    @property
    def kind(self) -> Kind | None:
        """What it holds: as it is said, else as its name says; None where neither does."""
        if self.stdin_format is not None:
            return self.stdin_format.value
        return None if self.stdin_filename is None else kind_of(Path(self.stdin_filename))

    def beside(self, paths: Sequence[str]) -> list[str]:
        """Return the paths, with the name of standard input, near which its configuration lies."""
        return [*paths] if self.stdin_filename is None else [self.stdin_filename, *paths]


class Translated(msgspec.Struct, frozen=True):
    """Where the originals of translations are: on every command that looks at them."""

    original: OriginalFile = None
    originals: OriginalsFolder = None
    original_lang: OriginalLang = None
    original_field: OriginalField = None


class Rules(msgspec.Struct, frozen=True):
    """Which rules run, and with what: on every command that checks."""

    select: Select = None
    extend_select: ExtendSelect = None
    ignore: Ignore = None
    min_confidence: MinConfidence = None
    rules: RuleFiles = None
    index: Index = None
    languagetool: LanguageTool = None


def warn(line: str) -> None:
    """Print a line on standard error about something that does not count."""
    print(f"cleantext: {visible(line)}", file=sys.stderr)


def split(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """Take options apart at commas; None where none was given."""
    if values is None:
        return None
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


class Configurations(NamedTuple):
    """What counts where nothing nearer does, and what counts below some folders instead, by their real paths."""

    base: Configuration
    elsewhere: dict[str, Configuration]


def configurations(
    paths: Sequence[str],
    reading: Reading,
    rules: Rules = Rules(),
    *,
    originals: Translated = Translated(),
    stdin: FromStdin = FromStdin(),
    jobs: int | None = None,
    editor: Mapping[str, Any] | None = None,
) -> Configurations:
    """Join, for each input, the user's own file and the one nearest to it with what the command line says.

    ``editor`` joins the table of that name. Raises ConfigurationError.
    """
    tell = _once(warn)
    said = _Said(reading, rules, originals, jobs, editor or {})
    if reading.config is not None or reading.isolated:
        return Configurations(_joined(Path(), said, tell), {})
    common, below = settings.nearest(stdin.beside(paths), tell)
    return Configurations(
        _joined(common, said, tell),
        {str(folder): _joined(folder, said, tell) for folder in below},
    )


def configuration(
    paths: Sequence[str],
    reading: Reading,
    rules: Rules = Rules(),
    *,
    originals: Translated = Translated(),
    jobs: int | None = None,
    editor: Mapping[str, Any] | None = None,
) -> Configuration:
    """Join the user's own file and the one nearest to all paths with what the command line says.

    As :func:`configurations`; what is excluded on the command line is among what the configuration excludes.
    """
    found = configurations(paths, reading, rules, originals=originals, jobs=jobs, editor=editor)
    if found.elsewhere:
        first = next(iter(found.elsewhere))
        warn(
            f"this command reads one configuration for all paths, so that of {first} does not count. "
            "Run it once for each, or name one with --config."
        )
    return msgspec.structs.replace(found.base, exclude=excluded(found.base, reading))


def excluded(chosen: Configuration, reading: Reading) -> tuple[str, ...]:
    """Return the patterns of all that a run passes over."""
    return (*chosen.exclude, *(split(reading.exclude) or ()))


def _once(note: Callable[[str], None]) -> Callable[[str], None]:
    said: set[str] = set()

    def say(line: str) -> None:
        if line not in said:
            said.add(line)
            note(line)

    return say


class _Said(NamedTuple):
    """What the command line says."""

    reading: Reading
    rules: Rules
    originals: Translated
    jobs: int | None
    editor: Mapping[str, Any]


def _joined(start: Path, said: _Said, tell: Callable[[str], None]) -> Configuration:
    reading, rules, editor = said.reading, said.rules, said.editor
    tables: dict[str, Any] = {}
    if rules.languagetool is not None:
        tables["languagetool"] = {"enabled": rules.languagetool}
    if editor:
        tables["editor"] = dict(editor)
    fields = FieldNames(
        title=reading.title_field,
        date=reading.date_field,
        source=reading.source_field,
        url=reading.url_field,
        lang=reading.lang_field,
    )
    if named := {key: value for key, value in msgspec.structs.asdict(fields).items() if value is not None}:
        tables["fields"] = named
    chosen = settings.choose(
        start, named=reading.config, isolated=reading.isolated, command_line=tables, tell=tell
    )
    base = chosen.configuration
    known = (*base.rules, *(str(path) for path in rules.rules or ()))
    for path, own in chosen.files:
        settings.check_rules(path, msgspec.structs.replace(own, rules=known))
    given = {
        "jobs": said.jobs,
        "encoding": reading.encoding,
        "text_field": reading.text_field,
        "id_field": reading.id_field,
        "original_field": said.originals.original_field,
        "min_confidence": rules.min_confidence,
        "index": None if rules.index is None else str(rules.index),
        "select": split(rules.select),
        "ignore": split(rules.ignore),
    }
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if rules.extend_select is not None:
        changes["extend_select"] = (*base.extend_select, *(split(rules.extend_select) or ()))
    if rules.rules:
        changes["rules"] = known
    if rules.languagetool:
        selected = changes.get("select", base.select)
        if selected and not any(s.startswith(("LT", "languagetool")) for s in selected):
            changes["select"] = (*selected, "languagetool")  # who asks for it wants to see it
    if editor.get("enabled"):
        selected = changes.get("select", base.select)
        if selected and not any(s.startswith(("ED", "editor")) for s in selected):
            changes["select"] = (*selected, "editor")
    return msgspec.structs.replace(base, **changes)


def cleaner_for(configuration: Configuration, corpus: Corpus | None = None) -> Cleaner:
    """Make the cleaner.

    Raises RuleError for a broken rule file, ValueError for an unknown rule and OfficeTableError for a
    broken table of office holders: said once, before any article is read.
    """
    cleaner = Cleaner(configuration, corpus=corpus)
    if configuration.attribution.offices and "misattribution" in cleaner.checks:
        from cleantext.checks.attribution.offices import offices

        offices(configuration.attribution.offices)
    return cleaner


def fields(
    configuration: Configuration, originals: Originals | None = None, stdin_name: str | None = None
) -> Fields:
    """Return the names of the fields that are read, and where the originals of text files lie."""
    named = configuration.fields
    return Fields(
        text=configuration.text_field or named.text or "text",
        id=configuration.id_field or named.id or "id",
        original=configuration.original_field or named.original or "original",
        originals=originals,
        title=named.title or "title",
        date=named.date or "date",
        source=named.source or "source",
        url=named.url or "url",
        lang=named.lang or "lang",
        original_lang=named.original_lang or "original_lang",
        encoding=encoding_named(configuration.encoding) if configuration.encoding else None,
        stdin_name=stdin_name,
    )


def originals(named: Translated) -> Originals | None:
    """Return where originals lie, None where nobody named any; raises ValueError that says what to do."""
    file, folder, lang = named.original, named.originals, named.original_lang
    if file is None and folder is None:
        if lang is not None:
            raise ValueError(
                "--original-lang goes with --original FILE or --originals DIR; a record names its own"
            )
        return None
    if file is not None and folder is not None:
        raise ValueError("--original names one file and --originals a folder: leave one of them out")
    if file is not None and (trouble := not_plain(file)):
        what = (
            "no such file to take as the original"
            if trouble == ABSENT
            else f"is no original: it is {trouble}"
        )
        raise ValueError(f"{file}: {what}")
    if folder is not None and not is_folder(folder):
        raise ValueError(f"{folder}: no such folder of originals")
    return Originals(None if file is None else str(file), None if folder is None else str(folder), lang)
