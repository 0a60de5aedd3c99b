"""Replacement templates: ``{agency} {verb:lower}``, read once, filled per match."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import regex

_FIELD = regex.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*|\d+)(?::([A-Za-z][\w-]*))?\}|[{}]")

_FORMS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "capital": lambda text: text[:1].upper() + text[1:],
    "small": lambda text: text[:1].lower() + text[1:],
    "strip": str.strip,
}


class Template:
    """A replacement with fields for the groups of a match."""

    def __init__(self, source: str, tables: Mapping[str, Mapping[str, str]]) -> None:
        """Read a template; raises ValueError for a stray brace or an unknown form or table."""
        self.parts: list[str | tuple[str | int, Callable[[str], str] | None]] = []
        at = 0
        for field in _FIELD.finditer(source):
            self.parts.append(source[at : field.start()])
            at = field.end()
            if field.group() in ("{{", "}}"):
                self.parts.append(field.group()[0])
            elif field.group(1) is None:
                raise ValueError(f"a stray {field.group()!r} in {source!r}: write it twice to mean the brace")
            else:
                name = field.group(1)
                self.parts.append((int(name) if name.isdigit() else name, _form(field.group(2), tables)))
        self.parts.append(source[at:])

    def fill(self, match: regex.Match[str]) -> str:
        """Return the replacement for a match; a group that took no part is empty.

        Raises LookupError where a table has no entry for a group, which means that the rule is silent.
        """
        out = []
        for part in self.parts:
            if isinstance(part, str):
                out.append(part)
            else:
                text = match.group(part[0]) or ""
                out.append(part[1](text) if part[1] else text)
        return "".join(out)


def _form(name: str | None, tables: Mapping[str, Mapping[str, str]]) -> Callable[[str], str] | None:
    if name is None:
        return None
    if name in _FORMS:
        return _FORMS[name]
    if name in tables:
        table = {key.casefold(): value for key, value in tables[name].items()}
        return lambda text: table[text.casefold()] if text else ""
    raise ValueError(f"unknown form {name!r}: write one of {', '.join([*_FORMS, *tables])}")
