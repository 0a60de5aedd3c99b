"""Folders that Hugging Face's ``datasets`` writes with ``save_to_disk``: which of their Arrow files hold the data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from cleantext.files import open_plain

_STATE = "state.json"
_LARGEST = 16 << 20
"""Bytes of a ``state.json``; it names every file."""

Entries = Sequence[tuple[str, bool]]
"""Names in a folder, each with whether it is a folder itself."""


class _File(msgspec.Struct):
    filename: str


class _State(msgspec.Struct):
    files: list[_File] = msgspec.field(name="_data_files")


def without_leftovers(folder: str, entries: Entries) -> Entries:
    """Return what stands in a folder less the Arrow files that its ``state.json`` does not name.

    Such are left by ``map`` and ``filter`` (``cache-….arrow``) or by an older saving with more parts. A folder
    without a state that can be read stays as it is.
    """
    if (_STATE, False) not in entries or not any(name.endswith(".arrow") for name, _ in entries):
        return entries
    try:
        with open_plain(Path(folder, _STATE)) as file:
            state = msgspec.json.decode(file.read(_LARGEST), type=_State)
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return entries
    named = {file.filename for file in state.files}
    return [entry for entry in entries if not entry[0].endswith(".arrow") or entry[0] in named]
