"""Options that belong together as one parameter of a command: declared once, the same on every command that has them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

import msgspec


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """Make a command take each field of its bundles as an option of its own.

    A bundle is a parameter whose type is a struct with annotated options for fields, and whose default holds those of all.
    What typer and :mod:`cleantext.cli.plain` see has no bundles; the command gets them whole.
    """
    hints = get_type_hints(command, include_extras=True)
    parameters: list[inspect.Parameter] = []
    bundles: dict[str, type[msgspec.Struct]] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        kind = hints[name]
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            bundles[name] = kind
            options = get_type_hints(kind, include_extras=True)
            parameters += [
                parameter.replace(name=field, default=default, annotation=options[field])
                for field, default in msgspec.structs.asdict(parameter.default).items()
            ]
        else:
            parameters.append(parameter.replace(annotation=kind))

    @functools.wraps(command)
    def flat(**given: Any) -> None:
        whole = {
            name: kind(**{field: given.pop(field) for field in kind.__struct_fields__})
            for name, kind in bundles.items()
        }
        command(**given, **whole)

    flat.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return flat
