"""Configuration files: ``cleantext.toml`` or ``[tool.cleantext]``, found upwards from the file."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import regex

from cleantext.configuration import Configuration


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
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
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
        raise ConfigurationError(f"{path}: {_plain(str(error))}") from None
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


def _plain(error: str) -> str:
    unknown = regex.search(r"unknown field `([^`]*)`", error)
    if unknown:
        known = [field.replace("_", "-") for field in Configuration.__struct_fields__]
        near = difflib.get_close_matches(unknown.group(1), known, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else f" Known are: {', '.join(known)}."
        return f'unknown key "{unknown.group(1)}".{hint}'
    place = regex.search(r" - at `\$\.?(.*?)`$", error)
    return f'"{place.group(1)}": {error[: place.start()]}.' if place else error + "."
