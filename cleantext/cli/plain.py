"""Reading plain command lines without typer's parser.

typer reads a command line through pydantic, and importing that costs a hook over
one article about as much as all of its work. What is read here is read as typer
reads it; whatever is out of the ordinary (help, an unknown option, a value that
does not fit, options joined in one word, ``--``) is left to typer, which then explains it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

_WHOLE = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


class _Parameter(NamedTuple):
    """One parameter of a command: its name, what a value is made of, whether there may be several, and its bounds."""

    name: str
    kind: Any
    several: bool
    low: float | None
    high: float | None


class _Unusual(Exception):  # noqa: N818 - no error: typer reads on
    """Something that typer is left to read."""


def read(command: Callable[..., object], words: Sequence[str]) -> dict[str, Any] | None:
    """Return the arguments with which a command is called, or None where typer should read the line itself."""
    try:
        return _read(command, words)
    except _Unusual:
        return None


def _read(command: Callable[..., object], words: Sequence[str]) -> dict[str, Any]:
    options: dict[str, tuple[_Parameter, bool]] = {}  # by spelling, with what a flag of that spelling means
    positional: _Parameter | None = None
    values: dict[str, Any] = {}
    missing: set[str] = set()
    hints = get_type_hints(command, include_extras=True)
    for name, declared in inspect.signature(command).parameters.items():
        parameter, info = _parameter(name, hints[name])
        if declared.default is inspect.Parameter.empty:
            missing.add(name)
        else:
            values[name] = declared.default
        if isinstance(info, ArgumentInfo):
            positional = parameter
        else:
            for spelling, on in _spellings(name, info):
                options[spelling] = parameter, on
    named: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            named.append(word)
            continue
        spelling, equals, value = word.partition("=")
        if spelling not in options or (equals and not word.startswith("--")):
            raise _Unusual
        parameter, on = options[spelling]
        if parameter.kind is bool:
            if equals:
                raise _Unusual
            values[parameter.name] = on
            continue
        if not equals:
            value = next(rest, "")
            if value.startswith("-") and value != "-":
                raise _Unusual
        made = _value(parameter, value)
        if parameter.several:
            values[parameter.name] = [*(values[parameter.name] or ()), made]
        else:
            values[parameter.name] = made
    if named:
        if positional is None or not positional.several:
            raise _Unusual
        values[positional.name] = [_value(positional, word) for word in named]
        missing.discard(positional.name)
    if missing:
        raise _Unusual
    return values


def _parameter(name: str, hint: Any) -> tuple[_Parameter, OptionInfo | ArgumentInfo]:
    if len(get_args(hint)) != 2:
        raise _Unusual
    kind, info = get_args(hint)
    if not isinstance(info, OptionInfo | ArgumentInfo) or info.callback or info.envvar or info.parser:
        raise _Unusual
    if isinstance(kind, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    several = get_origin(kind) is list
    if several:
        (kind,) = get_args(kind)
    return _Parameter(name, kind, several, info.min, info.max), info


def _spellings(name: str, info: OptionInfo) -> list[tuple[str, bool]]:
    # In an annotation typer takes the first name for what elsewhere is a default.
    first = (info.default,) if isinstance(info.default, str) else ()
    declarations = (*first, *(info.param_decls or ()))
    if not any(declared.startswith("--") for declared in declarations):
        raise _Unusual
    found = []
    for declared in declarations:
        on, _, off = declared.partition("/")
        found.append((on, True))
        if off:
            found.append((off, False))
    return found


def _value(parameter: _Parameter, word: str) -> Any:
    if not word or not word.isprintable():  # surrogates, which stand for bytes that are no text, among them
        raise _Unusual
    kind = parameter.kind
    if kind is str:
        return word
    if kind is Path:
        return Path(word)
    if isinstance(kind, type) and issubclass(kind, Enum):
        for member in kind:
            if member.value == word:
                return member
        raise _Unusual
    if (kind is int and _WHOLE.fullmatch(word)) or (kind is float and _DECIMAL.fullmatch(word)):
        number = kind(word)
    else:
        raise _Unusual
    if parameter.low is not None and number < parameter.low:
        raise _Unusual
    if parameter.high is not None and number > parameter.high:
        raise _Unusual
    return number
