"""Article text made fit for a terminal: an article must not drive the screen."""

from __future__ import annotations

import regex

# Control characters, and what turns text around or hides in it.
_UNSAFE = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]")


def visible(text: str) -> str:
    """Return a text with line ends as ``⏎`` and other characters that do not print, or steer, written out."""

    def show(match: regex.Match[str]) -> str:
        ch = match.group()
        if ch in "\n\r":
            return "⏎"
        if ch == "\t":
            return "→"
        return f"\\u{ord(ch):04x}"

    shown: str = _UNSAFE.sub(show, text)
    return shown


def visible_lines(text: str) -> str:
    r"""The same for a message of several lines: its ``\n`` stay."""
    return "\n".join(map(visible, text.split("\n")))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an s where it is not one."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


_WEIGHT = regex.compile(r" \([+-]\d+\.\d\)$")


def unweighed(note: str) -> str:
    """Return a piece of evidence without what it weighs, which tells something only to those who know the model."""
    plain: str = _WEIGHT.sub("", note)
    return plain
