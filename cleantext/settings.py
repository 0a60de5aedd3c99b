"""Configuration files: ``cleantext.toml`` or ``[tool.cleantext]``, found upwards from the file."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import regex

from cleantext.configuration import Configuration, Trust
from cleantext.rulebook import load
from cleantext.rulebook.problems import in_plain_words
from cleantext.rulebook.selection import check_chosen, check_selectors


class ConfigurationError(ValueError):
    """A broken configuration; the message says file, place and what to write."""


def find(start: Path) -> Path | None:
    """Give the nearest configuration file at or above a path; None where there is none."""
    start = start.resolve()
    for folder in (start, *start.parents) if start.is_dir() else start.parents:
        own = folder / "cleantext.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and b"[tool.cleantext" in project.read_bytes():
            return project
    return None


def read(path: Path) -> Configuration:
    """Read a configuration file; paths in it are beside it. Raises ConfigurationError."""
    try:
        source = path.read_text("utf-8")
        raw: dict[str, Any] = tomllib.loads(source)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{path}: is not UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"at line (\d+)", str(error))
        raise ConfigurationError(f"{path}:{place.group(1) if place else 1}: is not TOML: {error}.") from None
    except RecursionError:
        raise ConfigurationError(f"{path}: is nested too deeply.") from None
    if path.name == "pyproject.toml":
        tool = raw.get("tool", {})
        raw = tool.get("cleantext", {}) if isinstance(tool, dict) else {}
    try:
        configuration = msgspec.convert(raw, Configuration)
    except msgspec.ValidationError as error:
        raise ConfigurationError(_plain(path, source, str(error))) from None
    for name, value, holds, wanted in _bounds(configuration):
        if value is not None and not holds(value):
            raise ConfigurationError(f'{_place(path, source, name)}: "{name}" must be {wanted}, not {value}.')
    beside = path.parent

    def place_of(name: str) -> str:
        return str(beside / name)

    return msgspec.structs.replace(
        configuration,
        rules=tuple(place_of(name) for name in configuration.rules),
        index=place_of(configuration.index) if configuration.index else None,
        attribution=msgspec.structs.replace(
            configuration.attribution, offices=tuple(place_of(n) for n in configuration.attribution.offices)
        ),
        languagetool=msgspec.structs.replace(
            configuration.languagetool,
            cache=place_of(cache)
            if (cache := configuration.languagetool.cache) not in (None, "off")
            else cache,
        ),
        review=msgspec.structs.replace(
            configuration.review,
            store=place_of(configuration.review.store) if configuration.review.store else None,
        ),
    )


def check_rules(path: Path, configuration: Configuration) -> None:
    """Raise ConfigurationError where a file that was read names a rule or a category that there is none of."""
    named = {
        key: [name for name in getattr(configuration, key) if not name.startswith(("LT", "languagetool"))]
        for key in ("select", "extend_select", "ignore", "promote", "demote", "display")
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
            place = _place(path, path.read_text("utf-8"), shown)
            raise ConfigurationError(f'{place}: "{shown}": {error}') from None


def _bounds(
    configuration: Configuration,
) -> list[tuple[str, float | None, Callable[[float], bool], str]]:
    """Give each number with what it must keep to. A NaN keeps to nothing."""
    trust = configuration.review.trust or Trust()

    def probability(value: float) -> bool:
        return 0 <= value <= 1

    def positive(value: float) -> bool:
        return value > 0

    return [
        ("min-confidence", configuration.min_confidence, probability, "between 0 and 1"),
        ("jobs", configuration.jobs, positive, "1 or more"),
        ("rule-time-limit", configuration.rule_time_limit, positive, "more than 0 seconds"),
        ("timeout", configuration.languagetool.timeout, positive, "more than 0 seconds"),
        ("lower-bound", trust.lower_bound, probability, "between 0 and 1"),
        ("min-decisions", trust.min_decisions, positive, "1 or more"),
    ]


def _place(path: Path, source: str, key: str) -> str:
    """Give the file, with the first line that begins with a key or a table of that name where there is one."""
    found = regex.search(
        rf"^[ \t]*(?:\[[^\]\n]*\b)?[\"']?{regex.escape(key)}[\"']?[ \t]*[=\]]|\b{regex.escape(key)}[ \t]*=",
        source,
        regex.MULTILINE,
    )
    return f"{path}:{source.count(chr(10), 0, found.start()) + 1}" if found else str(path)


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
    """Give what a table is read into."""
    value: Any = Configuration()
    for part in name.split(".") if name else ():
        value = getattr(value, part.replace("-", "_"), None)
    return Trust if value is None else type(value)
