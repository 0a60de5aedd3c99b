"""Recorded replies: a JSON line for each, written by ``--editor-record`` and read by ``--editor-replay``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from cleantext.editor.answers import Answer, Answered, Request
from cleantext.files import Folder, read_plain, real


class Recorded(msgspec.Struct, frozen=True, omit_defaults=True):
    """One recorded reply. ``prompt`` names the prompt that it was asked with; both may be missing."""

    sentence: str
    reply: str
    model: str = ""
    prompt: str = ""


class ReplayError(ValueError):
    """A file of recorded replies cannot be read at all; the message says what to do."""


class Replay:
    """Answers from recorded replies; what they do not hold is not asked of anybody."""

    def __init__(self, replies: dict[str, Recorded], trouble: Sequence[str] = ()) -> None:
        """Take the replies by their sentences; ``trouble`` is what was wrong with their file, a line each."""
        self._replies = replies
        self.trouble = tuple(trouble)

    def __len__(self) -> int:
        """The number of sentences with a reply."""
        return len(self._replies)

    def answers(self, requests: Sequence[Request]) -> Answered:
        """Return the reply to each request, None where none was recorded."""
        found = [self._replies.get(request.sentence.strip()) for request in requests]
        return Answered(tuple(None if one is None else Answer(one.reply, one.model) for one in found))


@cache
def read_replay(path: Path) -> Replay:
    """Read a file of recorded replies.

    A line that is none costs that line and is named in ``trouble``; of two different replies to one sentence the
    first one counts. Raises ReplayError where there is no such file.
    """
    try:
        data = read_plain(path)
    except OSError as error:
        raise ReplayError(
            f"{path}: cannot be read: {error.strerror or error}. --editor-record FILE writes such a file."
        ) from None
    replies: dict[str, Recorded] = {}
    trouble = []
    decoder = msgspec.json.Decoder(Recorded)
    lines = data.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError):
            cut = " (the file ends in the middle of it)" if number == len(lines) else ""
            trouble.append(
                f'{path}:{number}: is no recorded reply{cut}, and was passed over: {{"sentence", "reply"}}'
            )
            continue
        known = replies.setdefault(one.sentence.strip(), one)
        if known.reply != one.reply:
            trouble.append(
                f"{path}:{number}: is a second reply to a sentence, and was passed over; the first one counts"
            )
    return Replay(replies, trouble)


class Recorder:
    """Writes replies as they come, each at once, so that a run that is killed loses none."""

    def __init__(self, path: Path) -> None:
        """Open the file to append to; what it holds already stays. Raises OSError."""
        with Folder(real(path.parent)) as folder:
            self._file = folder.claim(path.name, append=True)
        self._encoder = msgspec.json.Encoder()

    def add(self, request: Request, answer: Answer, prompt: str) -> None:
        """Write one reply."""
        one = Recorded(request.sentence, answer.text, answer.model, prompt)
        self._file.write(self._encoder.encode(one) + b"\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()
