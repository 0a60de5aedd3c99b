"""Configuration files: the user's own, and ``cleantext.toml`` or ``[tool.cleantext]`` found upwards from the file."""

from __future__ import annotations

import difflib
import glob
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

import msgspec
import regex

from cleantext import ownership, provenance
from cleantext.configuration import Configuration, PerFile, Trust
from cleantext.files import STREAMS, is_folder, is_plain, is_same, not_plain, open_plain, real
from cleantext.pathpatterns import as_regex
from cleantext.rulebook import load
from cleantext.rulebook.problems import in_plain_words
from cleantext.rulebook.selection import check_chosen, check_selectors

LARGEST = 1 << 20
"""Bytes of a configuration file."""
MOST = 100
"""Configuration files of one run: each has rules compiled for it, and whoever wrote a repository chooses how many lie in it."""


class ConfigurationError(ValueError):
    """A broken configuration; the message says file, place and what to write."""


class Chosen(NamedTuple):
    """What counts, and the files it was read from, the one that wins last, each with what it says itself.

    ``said`` is that as TOML has it, with the settings of a repository's file that do not count left out.
    """

    configuration: Configuration
    files: tuple[tuple[Path, Configuration], ...]
    said: tuple[tuple[Path, dict[str, Any]], ...]


class Origin(NamedTuple):
    """A setting's value, and the file and line that make it; None where it is the default, or no line says it alone."""

    value: Any
    file: Path | None
    line: int | None


def choose(
    start: Path,
    *,
    named: Path | None = None,
    isolated: bool = False,
    command_line: Mapping[str, Any] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Chosen:
    """Join the user's own file, the one that is ``named`` or found upwards from ``start``, and the command line.

    The later of them wins, key by key. ``isolated`` reads no file but the named one.
    ``command_line`` holds settings as a file would. ``tell`` gets a line for each file or setting that
    does not count because of whose it is. Raises ConfigurationError.
    """
    layers: list[tuple[Path, dict[str, Any]]] = []
    own = ownership.own_file()
    if not isolated and own is not None and is_plain(own) and _is_ours(own, tell):
        layers.append((own, provenance.from_user(_raw(own), own)))
    if named is not None:
        layers.append((named, provenance.from_user(_raw(named), named)))
    said = dict(command_line or {})
    by_user = provenance.merged((*(raw for _, raw in layers), said))
    found = find(start, tell) if named is None and not isolated else None
    if found is not None and not (layers and is_same(found, layers[0][0])):
        raw, refused = provenance.from_repository(_raw(found), found)
        for setting in refused:
            place = _place(found, _source(found), setting.key.rpartition(".")[2])
            tell(f'{place}: "{setting.key}": {setting.reason}')
        layers.append((found, raw))
    joined = provenance.merged((*(raw for _, raw in layers), said))
    if joined.get("languagetool", {}).get("enabled") and not by_user.get("languagetool", {}).get("enabled"):
        # What a repository turns on uses what is there, and fetches nothing from the network.
        joined = provenance.merged(({"languagetool": {"download": False}}, joined))
    return Chosen(
        msgspec.convert(joined, Configuration),
        tuple((path, msgspec.convert(raw, Configuration)) for path, raw in layers),
        tuple(layers),
    )


def origins(chosen: Chosen) -> dict[str, Origin]:
    """Return every setting, a table's by ``table.key``, with where its value comes from."""
    values = msgspec.to_builtins(chosen.configuration)
    found = {}
    for key in provenance.KINDS:
        files = [path for path, raw in chosen.said if _at(raw, key) is not None]
        line = _line(_source(files[-1]), key.rpartition(".")[2]) if files else None
        found[key] = Origin(_at(values, key), files[-1] if files else None, line)
    return found


def _at(values: Mapping[str, Any], key: str) -> Any:
    """Return what stands at ``table.key``; None where nothing does."""
    found: Any = values
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def find(start: Path, tell: Callable[[str], None] = lambda _: None) -> Path | None:
    """Return the nearest configuration file at or above a path; None where there is none.

    A file of another user is passed over; ``tell`` gets a line that says so.
    """
    start = real(start)
    for folder in (start, *start.parents) if is_folder(start) else start.parents:
        if (found := _in(folder, tell)) is not None:
            return found
    return None


def _in(folder: Path, tell: Callable[[str], None]) -> Path | None:
    """Return the configuration file of a folder itself."""
    for name, mark in (("cleantext.toml", b""), ("pyproject.toml", b"[tool.cleantext")):
        path = folder / name
        trouble = not_plain(path)
        if trouble in STREAMS:
            tell(f"{path}: it is {trouble}, and is not read.")
        elif trouble is None and (not mark or mark in _start_of(path)) and _is_ours(path, tell):
            return path
    return None


def below(folder: Path, tell: Callable[[str], None] = lambda _: None) -> Iterator[Path]:
    """Yield the configuration files in the folders below one; hidden folders and links are not entered."""
    try:
        with os.scandir(folder) as scan:
            inside = sorted(
                entry.name
                for entry in scan
                if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)
            )
    except OSError:
        return
    for name in inside:
        found = _in(folder / name, tell)
        if found is not None:
            yield found
        yield from below(folder / name, tell)


class Nearest(NamedTuple):
    """Where the search for what counts for some paths begins.

    ``common`` is the folder that holds all of them, ``below`` are the folders in it that have a configuration file
    of their own, sorted.
    """

    common: Path
    below: tuple[Path, ...]


def nearest(paths: Sequence[str], tell: Callable[[str], None] = lambda _: None) -> Nearest:
    """Return the folder that holds all paths, and those with a file nearer to some of what they mean.

    Neither depends on the order of the paths. Without paths it is the working directory, and nothing below it is looked
    for. Raises ConfigurationError for more than :data:`MOST` files.
    """
    named = [real(_before_wildcards(path)) for path in paths if path != "-"]
    folders = [path if is_folder(path) else path.parent for path in named] or [Path.cwd()]
    try:
        common = Path(os.path.commonpath(folders))
    except ValueError:  # Windows: two drives
        common = min(folders)
    found: dict[Path, None] = {}
    for folder in dict.fromkeys(folders):
        if (file := find(folder, tell)) is not None:
            found[file] = None
    for path in named:
        if is_folder(path):
            found |= dict.fromkeys(islice(below(path, tell), MOST + 1))
    if len(found) > MOST:
        raise ConfigurationError(
            f"more than {MOST} configuration files lie in {common}; name some of its folders, one file with --config, "
            "or read none with --isolated."
        )
    return Nearest(
        common, tuple(sorted(file.parent for file in found if not common.is_relative_to(file.parent)))
    )


def _before_wildcards(path: str) -> str:
    """Return the folder in which a pattern of paths begins to look; any other path as it is."""
    while glob.has_magic(path) and not os.path.lexists(path):
        path = os.path.dirname(path)  # noqa: PTH120
    return path or "."


def read(path: Path) -> Configuration:
    """Read a configuration file that the user stands for; paths in it are beside it. Raises ConfigurationError."""
    return msgspec.convert(provenance.from_user(_raw(path), path), Configuration)


def _is_ours(path: Path, tell: Callable[[str], None]) -> bool:
    try:
        refusal = ownership.refusal(path)
    except OSError:
        return False  # it went away
    if refusal is not None:
        tell(refusal)
    return refusal is None


def _start_of(path: Path) -> bytes:
    try:
        with open_plain(path) as file:
            return file.read(LARGEST)
    except OSError:  # another user's, as a rule
        return b""


def _source(path: Path) -> str:
    try:
        with open_plain(path) as file:
            source = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror or error}.") from None
    if len(source) > LARGEST:
        raise ConfigurationError(f"{path}: is no configuration: it is larger than {LARGEST >> 20} MB.")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8.") from None


def _raw(path: Path) -> dict[str, Any]:
    """Return what a file says, validated, as TOML has it. Raises ConfigurationError."""
    source = _source(path).replace("\r\n", "\n")
    try:
        raw: dict[str, Any] = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"at line (\d+)", str(error))
        raise ConfigurationError(f"{path}:{place.group(1) if place else 1}: is not TOML: {error}.") from None
    except RecursionError:
        raise ConfigurationError(f"{path}: is nested too deeply.") from None
    if path.name == "pyproject.toml":
        tool = raw.get("tool", {})
        raw = tool.get("cleantext", {}) if isinstance(tool, dict) else {}
    if (key := _with_nul(raw)) is not None:
        raise ConfigurationError(f'{_place(path, source, key)}: "{key}" holds a NUL, which no path has.')
    try:
        configuration = msgspec.convert(raw, Configuration)
    except msgspec.ValidationError as error:
        raise ConfigurationError(_plain(path, source, str(error))) from None
    for name, value, holds, wanted in _bounds(configuration):
        if value is not None and not holds(value):
            raise ConfigurationError(f'{_place(path, source, name)}: "{name}" must be {wanted}, not {value}.')
    patterns = [("exclude", pattern) for pattern in configuration.exclude]
    patterns += [("paths", pattern) for one in configuration.per_file for pattern in one.paths]
    for key, pattern in patterns:
        try:
            as_regex(pattern)
        except ValueError as error:
            raise ConfigurationError(f'{_place(path, source, key)}: "{key}": {error}.') from None
    if any(one == PerFile(paths=one.paths, source=one.source) for one in configuration.per_file):
        raise ConfigurationError(
            f'{_place(path, source, "per-file")}: a "per-file" table needs "select", "ignore" or "min-confidence".'
        )
    if any(not one.paths and one.source is None for one in configuration.per_file):
        raise ConfigurationError(
            f'{_place(path, source, "per-file")}: a "per-file" table needs "paths" or "source"; '
            'what is ignored everywhere stands in "ignore".'
        )
    return raw


def _with_nul(value: Any, key: str = "") -> str | None:
    """Return the name of a setting that holds a NUL; None where none does."""
    if isinstance(value, str):
        return key if "\0" in value else None
    if isinstance(value, Mapping):
        found = (_with_nul(inner, name) for name, inner in value.items())
    elif isinstance(value, list):
        found = (_with_nul(inner, key) for inner in value)
    else:
        return None
    return next((name for name in found if name is not None), None)


def check_rules(path: Path, configuration: Configuration) -> None:
    """Raise ConfigurationError where a file that was read names a rule or a category that there is none of."""
    keys = ("select", "extend_select", "ignore", "promote", "demote", "display")
    said = {key: getattr(configuration, key) for key in keys}
    said["per_file"] = tuple(name for one in configuration.per_file for name in (*one.select, *one.ignore))
    named = {
        key: [name for name in names if not name.startswith(("LT", "languagetool"))]
        for key, names in said.items()
    }  # LanguageTool's rules are known only once it is asked for
    if not any(named.values()):
        return
    cards = load(Path(name) for name in configuration.rules)
    for key, names in named.items():
        try:
            check = check_chosen if key in ("select", "extend_select") else check_selectors
            check(names, cards)
        except ValueError as error:
            shown = key.replace("_", "-")
            place = _place(path, _source(path), shown)
            raise ConfigurationError(f'{place}: "{shown}": {error}') from None


def _bounds(
    configuration: Configuration,
) -> list[tuple[str, float | None, Callable[[float], bool], str]]:
    """Return each number with what it must keep to. A NaN keeps to nothing."""
    trust = configuration.review.trust or Trust()

    def probability(value: float) -> bool:
        return 0 <= value <= 1

    def positive(value: float) -> bool:
        return value > 0

    def at_least_0(value: float) -> bool:
        return value >= 0

    return [
        ("min-confidence", configuration.min_confidence, probability, "between 0 and 1"),
        *(
            ("min-confidence", one.min_confidence, probability, "between 0 and 1")
            for one in configuration.per_file
        ),
        ("jobs", configuration.jobs, positive, "1 or more"),
        ("rule-time-limit", configuration.rule_time_limit, positive, "more than 0 seconds"),
        ("timeout", configuration.languagetool.timeout, positive, "more than 0 seconds"),
        ("timeout", configuration.editor.timeout, positive, "more than 0 seconds"),
        ("concurrency", configuration.editor.concurrency, positive, "1 or more"),
        ("price-in", configuration.editor.price_in, at_least_0, "0 or more"),
        ("price-out", configuration.editor.price_out, at_least_0, "0 or more"),
        ("limit", configuration.editor.limit, at_least_0, "0 or more"),
        ("token-limit", configuration.editor.token_limit, at_least_0, "0 or more"),
        ("cost-limit", configuration.editor.cost_limit, at_least_0, "0 or more"),
        ("lower-bound", trust.lower_bound, probability, "between 0 and 1"),
        ("min-decisions", trust.min_decisions, positive, "1 or more"),
    ]


def _place(path: Path, source: str, key: str) -> str:
    """Return the file, with the line that says a key where there is one."""
    line = _line(source, key)
    return str(path) if line is None else f"{path}:{line}"


def _line(source: str, key: str) -> int | None:
    """Return the number of the first line that begins with a key or a table of that name."""
    found = regex.search(
        rf"^[ \t]*(?:\[[^\]\n]*\b)?[\"']?{regex.escape(key)}[\"']?[ \t]*[=\]]|\b{regex.escape(key)}[ \t]*=",
        source,
        regex.MULTILINE,
    )
    return source.count("\n", 0, found.start()) + 1 if found else None


def _plain(path: Path, source: str, error: str) -> str:
    at = regex.search(r" - at `\$\.?(.*?)`$", error)
    where, problem = (at.group(1), error[: at.start()]) if at else ("", error)
    unknown = regex.search(r"unknown field `([^`]*)`", problem)
    if unknown:
        return f"{_place(path, source, unknown.group(1))}: {_unknown(unknown.group(1), where)}"
    key = where.rpartition(".")[2].partition("[")[0]
    place = _place(path, source, key) if key else str(path)
    if problem.startswith("Invalid enum value"):
        choices = get_args(get_args(get_type_hints(_table(where.rpartition(".")[0]))[key])[0])
        problem = "must be one of " + ", ".join(f'"{choice}"' for choice in choices)
    return (
        f'{place}: "{where}" {in_plain_words(problem)}.' if where else f"{place}: {in_plain_words(problem)}."
    )


def _unknown(key: str, table: str) -> str:
    """Say that a key is unknown, and which one of its table was meant, or which there are."""
    known = [field.replace("_", "-") for field in _table(table).__struct_fields__]
    near = difflib.get_close_matches(key, known, n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(known)}."
    return f'unknown key "{key}"{f" in [{table}]" if table else ""}. {hint}'


def _table(name: str) -> type[msgspec.Struct]:
    """Return what a table is read into."""
    if name.startswith("per-file["):
        return PerFile
    value: Any = Configuration()
    for part in name.split(".") if name else ():
        value = getattr(value, part.replace("-", "_"), None)
    return Trust if value is None else type(value)
