"""Whose configuration is believed: which settings a repository's own file may make.

Whoever runs a command in a folder has not read the ``cleantext.toml`` in it. It may
say what happens to the folder's own texts. What reaches the network, or names a path
outside the repository, counts only where the user says it: in the user's own file, in a
file named by ``--config``, or as an option. Every setting is declared in
:data:`KINDS`; one that is not is the user's alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from cleantext.files import is_link, real
from cleantext.ownership import own_file, stranger


class Kind(Enum):
    """What a setting can do, and so who may make it."""

    ANYBODY = "what is done with the repository's own texts"
    INSIDE = "paths; a repository's file may name those inside the repository"
    USER = "the network, or the whole machine"
    USER_PATH = "a path that is the user's matter"


KINDS: Mapping[str, Kind] = {
    "select": Kind.ANYBODY,
    "extend-select": Kind.ANYBODY,
    "ignore": Kind.ANYBODY,
    "promote": Kind.ANYBODY,
    "demote": Kind.ANYBODY,
    "display": Kind.ANYBODY,
    "exclude": Kind.ANYBODY,
    "min-confidence": Kind.ANYBODY,
    "jobs": Kind.ANYBODY,
    "text-field": Kind.ANYBODY,
    "id-field": Kind.ANYBODY,
    "original-field": Kind.ANYBODY,
    **{
        f"fields.{name}": Kind.ANYBODY
        for name in ("text", "id", "title", "date", "source", "url", "lang", "original", "original-lang")
    },
    "encoding": Kind.ANYBODY,
    "per-file": Kind.ANYBODY,
    "rule-time-limit": Kind.ANYBODY,
    "rules": Kind.INSIDE,
    "index": Kind.INSIDE,
    "safe-directories": Kind.USER,
    "style.quotes": Kind.ANYBODY,
    "style.dash": Kind.ANYBODY,
    "style.percent": Kind.ANYBODY,
    "style.punctuation": Kind.ANYBODY,
    "review.store": Kind.INSIDE,
    "review.trust": Kind.ANYBODY,
    "attribution.offices": Kind.INSIDE,
    "attribution.no-persons": Kind.ANYBODY,
    "attribution.prior": Kind.ANYBODY,
    "languagetool.enabled": Kind.ANYBODY,
    "languagetool.server": Kind.USER,
    "languagetool.timeout": Kind.ANYBODY,
    "languagetool.cache": Kind.USER_PATH,
    "languagetool.download": Kind.USER,
    "editor.enabled": Kind.USER,
    "editor.server": Kind.USER,
    "editor.model": Kind.USER,
    "editor.key-env": Kind.USER,
    "editor.which": Kind.USER,  # what is asked about costs, and leaves the machine
    "editor.unit": Kind.USER,
    "editor.limit": Kind.USER,
    "editor.token-limit": Kind.USER,
    "editor.cost-limit": Kind.USER,
    "editor.price-in": Kind.USER,
    "editor.price-out": Kind.USER,
    "editor.ask-again": Kind.USER,
    "editor.only-cached": Kind.USER,
    "editor.timeout": Kind.USER,
    "editor.concurrency": Kind.USER,
    "editor.cache": Kind.USER_PATH,
    "editor.record": Kind.USER_PATH,
    "editor.replay": Kind.USER_PATH,
}
"""Every setting, a table's by ``table.key``."""

MOST: Mapping[str, float] = {"jobs": os.cpu_count() or 1, "rule-time-limit": 10.0}
"""The most of a number that a repository's file may ask for; more counts as that much."""
GOES_WITH: Mapping[str, str] = {"languagetool.enabled": "languagetool.server"}
"""What a repository's file means together: where the second is refused, the first does not count either."""
_GIT = {".git", "git~1"}
"""Names of git's folder (the second on Windows): what stands there runs programs and is no part of the texts."""
NO_PATH = "off"
"""What stands in a path's place for none; anybody may take one away."""


class Refused(NamedTuple):
    """A setting of a repository's file that does not count: its key, and why, with what to do instead."""

    key: str
    reason: str


def from_user(raw: Mapping[str, Any], file: Path) -> dict[str, Any]:
    """Return the settings of a file that the user stands for, paths resolved beside it."""
    return _changed(raw, lambda key, value: _beside(file.parent, value) if _is_path(key) else value)


def from_repository(raw: Mapping[str, Any], file: Path) -> tuple[dict[str, Any], tuple[Refused, ...]]:
    """Return those settings of a file found in a folder that count, paths resolved beside it, and those that do not.

    ``raw`` has been validated: every value is of its setting's type.
    """
    root = repository_of(file)
    refused: list[Refused] = []

    def judged(key: str, value: Any) -> Any:
        kind = KINDS.get(key, Kind.USER)
        if key in MOST:
            return min(value, MOST[key])
        if kind is Kind.ANYBODY or value == NO_PATH:
            return value
        if kind is Kind.INSIDE:
            named = [value] if isinstance(value, str) else value
            kept = []
            for name in named:
                if reason := _not_inside(file.parent / name, root):
                    refused.append(Refused(key, f"{name} {reason} and is not read. {_advice(file)}"))
                else:
                    kept.append(str(file.parent / name))
            return (kept[0] if kept else None) if isinstance(value, str) else kept
        what = "names a path" if kind is Kind.USER_PATH else "is yours to say"
        refused.append(Refused(key, f"is not taken from a repository's own file: it {what}. {_advice(file)}"))
        return None

    made = _changed(raw, judged)
    without = {setting.key for setting in refused}
    alone = {key for key, other in GOES_WITH.items() if other in without}
    return _changed(made, lambda key, value: None if key in alone else value), tuple(refused)


def merged(layers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Join settings key by key, a table's too; the later of two layers wins."""
    joined: dict[str, Any] = {}
    for layer in layers:
        for key, value in layer.items():
            old = joined.get(key)
            if isinstance(value, Mapping) and isinstance(old, dict) and key not in KINDS:
                joined[key] = {**old, **value}
            else:
                joined[key] = value
    return joined


def repository_of(file: Path) -> Path:
    """Return the folder that a configuration file speaks for: the git repository's, else its own.

    A repository that holds the home folder (people keep their settings in git) is nobody's corpus.
    """
    own = real(file.parent)
    return _in_git(own) or own


def _in_git(folder: Path) -> Path | None:
    """Return the top of the git repository that a folder, without links, lies in; None where it lies in none."""
    try:
        home: Path | None = real(Path.home())
    except RuntimeError:
        home = None
    for above in (folder, *folder.parents):
        if home is not None and home.is_relative_to(above):
            break
        if os.path.lexists(above / ".git"):
            return above
    return None


def led_away(path: Path) -> str | None:
    """Say which link on the way to a place where the user wants something written is not followed; None where all are.

    It is one in a git repository that leads out of it or into git's own folder: whoever wrote the repository
    put it there, not the user.
    """
    whole = Path.cwd() / path
    for place in (*reversed(whole.parents), whole):
        if not is_link(place):
            continue
        root = _in_git(real(place.parent))
        if root is not None and (where := _not_inside(place, root)):
            return (
                f"{place} is a link that {where}, and is not followed. Name the place itself:  {real(path)}"
            )
    return None


def in_gits_folder(path: Path) -> bool:
    """Say whether a path has git's own folder for a part."""
    return any(part.casefold() in _GIT for part in path.parts)


def _not_inside(path: Path, root: Path) -> str:
    """Say why a path is not the repository's own; nothing where it is."""
    there = real(path)
    if not there.is_relative_to(root):
        return f"lies outside the repository ({root})"
    if in_gits_folder(there.relative_to(root)) or in_gits_folder(Path(os.path.normpath(path))):
        return "lies in git's own folder"
    try:
        owner = stranger(there)
    except OSError:
        return ""  # what is not there is said where it is opened
    return f"belongs to {owner}" if owner else ""


def _advice(file: Path) -> str:
    return f"Say it in {own_file() or 'your own configuration'}, or where you trust the whole file:  --config {file}"


def _is_path(key: str) -> bool:
    return KINDS.get(key) in (Kind.INSIDE, Kind.USER_PATH)


def _beside(folder: Path, value: Any) -> Any:
    if isinstance(value, list):
        return [str(folder / name) for name in value]
    return value if value in (None, NO_PATH) else str(folder / value)


def _changed(raw: Mapping[str, Any], change: Callable[[str, Any], Any], table: str = "") -> dict[str, Any]:
    """Return the settings with each value changed; what becomes None is left out."""
    made: dict[str, Any] = {}
    for name, value in raw.items():
        key = f"{table}{name}"
        if isinstance(value, Mapping) and key not in KINDS:
            new: Any = _changed(value, change, f"{key}.")
        else:
            new = change(key, value)
        if new is not None:
            made[name] = new
    return made
