"""What is put to a model and what comes back, whoever answers: a server, a cache, a file of recorded replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from cleantext.editor.passages import Passage
from cleantext.fidelity.values import Value


class Request(NamedTuple):
    """A passage, and what the model is told about it.

    ``keep`` are the names and numbers that must stay as they are; ``original`` is the
    sentence of the original that was translated, "" where there is none,
    ``original_values`` the numbers and dates in it and ``original_lang`` its language. An
    empty passage is where the original says something that the translation does not.
    """

    passage: Passage
    keep: tuple[str, ...] = ()
    original: str = ""
    original_values: tuple[Value, ...] = ()
    original_lang: str = ""

    @property
    def is_omission(self) -> bool:
        """Whether nothing stands where the original says something."""
        return not self.passage.text

    @property
    def sentence(self) -> str:
        """What is put to the model: the passage, or the sentence of the original that is missing."""
        return self.passage.text or self.original


class Answer(NamedTuple):
    """A model's reply to one request, with the model's name; tokens as the server counted them, 0 where unknown."""

    text: str
    model: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


class Answered(NamedTuple):
    """An answer to each request, in order, None where nobody has one; and what went wrong, once, "" for nothing."""

    answers: tuple[Answer | None, ...]
    trouble: str = ""


class Answers(Protocol):
    """Whoever answers."""

    def answers(self, requests: Sequence[Request]) -> Answered:
        """Return an answer to each request."""
