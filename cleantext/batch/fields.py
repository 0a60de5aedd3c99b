"""Names of the fields that hold an article's text and what is known about it."""

from __future__ import annotations

import msgspec

from cleantext.batch.originals import Originals

META = ("title", "date", "url", "source", "lang", "original", "original_lang")
"""What a record may say of an article besides its text and id."""


class Fields(msgspec.Struct, frozen=True):
    """How inputs are read: which field of a record holds what, the encoding, where the originals of text files lie."""

    text: str = "text"
    id: str = "id"
    original: str = "original"
    originals: Originals | None = None
    title: str = "title"
    date: str = "date"
    source: str = "source"
    url: str = "url"
    lang: str = "lang"
    original_lang: str = "original_lang"
    encoding: str | None = None
    """What files are in that have no byte-order mark; None is UTF-8."""
    stdin_name: str | None = None
    """What standard input is called in what is said of it."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of a table that a check looks at."""
        return (self.text, self.id, *(self.named(key) for key in META))

    def named(self, key: str) -> str:
        """Return the name of the field that holds ``key``, one of :data:`META`."""
        name: str = getattr(self, key)
        return name


def listed(names: list[str]) -> str:
    """Name the fields that there are, the first dozen of them."""
    return ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
