"""How a change of a few words is shown: red and green, or ``[-old-]{+new+}`` where there is no colour."""

from __future__ import annotations

import regex
from typer import style

from cleantext.printable import visible

_LONGEST = 160
# Blanks that a screen does not tell apart from the common one.
_RARE_BLANK = regex.compile(r"[\p{Zs}--\ ]", regex.VERSION1)


def seen(text: str) -> str:
    """Return words that change as one sees them: blanks alone as ``·``, rare blanks by number, long ones cut."""
    text = visible(text)
    if len(text) > _LONGEST:
        text = text[:100] + " … " + text[-50:]
    text = _RARE_BLANK.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
    return text if text.strip() else "·" * len(text)


def change(old: str, new: str, *, colour: bool) -> str:
    """Return ``old`` as taken away and ``new`` as put there; both already fit for a terminal."""
    if colour:
        taken = style(old, fg="red", strikethrough=True) if old else ""
        return taken + (style(new, fg="green", bold=True) if new else "")
    return (f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else "")


def beginning_cut(text: str, room: int) -> str:
    """Keep the last ``room`` characters, from the beginning of a word on where there is one."""
    if len(text) <= room:
        return text
    kept = text[-room:]
    words = kept.partition(" ")[2]
    return "…" + (words if words.strip() else kept)


def end_cut(text: str, room: int) -> str:
    """Keep the first ``room`` characters, up to the end of a word where there is one."""
    if len(text) <= room:
        return text
    words = text[:room].rpartition(" ")[0]
    return (words if words.strip() else text[:room]) + "…"
