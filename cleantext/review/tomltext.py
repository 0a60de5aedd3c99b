"""Changing a TOML file as its author wrote it: what is added goes where the author would put it, everything else stays."""

from __future__ import annotations

import json

import regex


def array_end(text: str, at: int) -> int:
    """Return where the bracket stands that closes an array begun before ``at``; raises ValueError where none does."""
    token = regex.compile(
        r"'''.*?'''|\"\"\".*?\"\"\"|'[^'\n]*'|\"(?:\\.|[^\"\\\n])*\"|#[^\n]*|\]|\[", regex.DOTALL
    )
    depth = 1
    for match in token.finditer(text, at):
        if match.group() == "[":
            depth += 1
        elif match.group() == "]":
            depth -= 1
            if depth == 0:
                return int(match.start())
    raise ValueError("is not closed")


def string(text: str) -> str:
    """Write a TOML string: literal where it can be, so that patterns stay readable."""
    plain = text.encode("utf-8", "replace").decode()
    if "'" not in plain and not regex.search(r"[\p{Cc}]", plain):
        return f"'{plain}'"
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_item(source: str, table: str, key: str, item: str) -> str:
    """Return a file with one more string in an array: before the others, where no comment is in the way, or in one of its own.

    ``table`` is the table that holds the key, "" for what stands before the first one. Nothing is promised of a file
    that writes the table in another way (inline, with dots): whoever changes a file reads it again. Raises ValueError
    for an array that is not closed.
    """
    begin, end = _region(source, table)
    if begin is None:
        return f"{source.rstrip()}\n\n[{table}]\n{key} = [{string(item)}]\n".lstrip("\n")
    found = regex.search(rf"^[ \t]*{regex.escape(key)}[ \t]*=[ \t]*\[", source[begin:end], regex.MULTILINE)
    if not found:
        head = source[:end].rstrip("\n")
        rest = source[end:]
        return f"{head}{chr(10) if head else ''}{key} = [{string(item)}]\n" + (f"\n{rest}" if rest else "")
    at = begin + found.end()
    body = source[at : array_end(source, at)]
    blank = body[: len(body) - len(body.lstrip())]
    gap = blank if "\n" in blank and body.strip() else ""  # one an item a line
    after = "" if not body.strip() else ("," if gap else ", ")
    return f"{source[:at]}{gap}{string(item)}{after}{source[at:]}"


def with_table(source: str, table: str, values: dict[str, str]) -> str:
    """Return a file with one more table of an array of tables; the values are written as TOML."""
    body = "".join(f"{key} = {value}\n" for key, value in values.items())
    return f"{source.rstrip()}\n\n[[{table}]]\n{body}".lstrip("\n")


def _region(source: str, table: str) -> tuple[int | None, int]:
    """Return where a table's keys begin and end; None where there is no such table."""
    heads = list(regex.finditer(r"^[ \t]*\[[^\n]*$", source, regex.MULTILINE))
    if not table:
        return 0, heads[0].start() if heads else len(source)
    for number, head in enumerate(heads):
        if regex.fullmatch(rf"[ \t]*\[[ \t]*{regex.escape(table)}[ \t]*\][ \t]*(?:#.*)?", head.group()):
            end = heads[number + 1].start() if number + 1 < len(heads) else len(source)
            return min(head.end() + 1, len(source)), end
    return None, len(source)
