"""Texts that are no web page keep what looks like a page's residue."""

from __future__ import annotations

import pytest

import cleantext


def lost(text: str) -> list[str]:
    """Return what would be taken from a text as residue."""
    found = cleantext.check(text).findings
    return [f.text for f in found if f.family == "boilerplate" and f.fixes and f.confidence >= 0.5]


@pytest.mark.parametrize(
    "line",
    [
        "1. Press the key of the harbour light",
        "# ferry add the red boat",
        "Boats:   the red and the blue one",
    ],
)
def test_a_step_a_command_and_a_row_are_no_headline_though_they_stand_twice(line: str) -> None:
    said = "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded."
    assert lost(f"{line}\n\n{said}\n\n{line}\n\n{said.replace('Monday', 'Friday')}\n") == []
