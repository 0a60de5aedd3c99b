"""Who answers for one configuration."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cleantext.configuration import Editor
from cleantext.editor.answers import Answers
from cleantext.editor.replay import read_replay


@cache
def answering(settings: Editor) -> Answers:
    """Return what answers: recorded replies where a file of them is named, else the server.

    Nothing is asked and no connection is made yet. Raises ReplayError, or ValueError that says what is missing.
    """
    if settings.replay is not None:
        return read_replay(Path(settings.replay))
    from cleantext.editor.asking import Asking

    return Asking(settings)
