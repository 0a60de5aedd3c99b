"""One worker of the service: a process that takes requests one by one, and may be ended in the middle of one."""

from __future__ import annotations

import gc
import signal
from collections import OrderedDict
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Literal, Protocol

import msgspec

from cleantext.batch.fields import Fields
from cleantext.batch.run import Frame
from cleantext.batch.work import Printer, Setup, Worker
from cleantext.cleaner import Cleaner
from cleantext.rulebook import RuleError
from cleantext.service.answers import Refusal
from cleantext.service.request import JSON, LINES, Asked, Choices, RequestError, chunk_of
from cleantext.workers import COLLECT, end_with_parent

KEPT = 8
"""Choices of rules whose compiled form a worker keeps."""
MARKDOWN = "article.md"
"""What an article in Markdown is called: its kind is known by its name."""
READY = b"ready"
_FIRST = """Share

The cafÃ© by the harbour is open again, the mayor of the town told reporters on Monday.

“We will rebuild it,” said Anna Berg, the minister of culture, who visits the coast this week. She did not say when.

The talks failed, Reuters he reported.
"""
"""An article of every kind of fault: what it needs is loaded before a worker says that it is ready."""


class Form(Printer, Frame, Protocol):
    """A form of answers: how an article is written, and what stands around all of them."""


Forms = Mapping[tuple[Literal["check", "fix"], bool], Callable[[], Form]]
"""How answers look, by task and by whether they come as lines; each is made anew for a request."""


class Kit(msgspec.Struct, frozen=True):
    """What a worker is given when it starts."""

    cleaner: Cleaner
    forms: Forms
    fields: Fields


class Answer(msgspec.Struct, frozen=True):
    """What goes back: HTTP status, content type, body."""

    status: int
    media: str
    body: bytes


def refusal(status: int, message: str) -> Answer:
    """Return an answer that says what is wrong."""
    return Answer(status, JSON, msgspec.json.encode(Refusal(message)) + b"\n")


def run(requests: Connection, kit: Kit) -> None:
    """Answer requests until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the whole group; the parent ends us
    end_with_parent()
    answering = Answering(kit)
    # What is only read when a first article needs it shall not count against the time of a request.
    answering.answer(Asked("fix", msgspec.json.encode({"text": _FIRST, "date": "2015-11-24"})))
    gc.freeze()
    gc.set_threshold(*COLLECT)
    requests.send_bytes(READY)
    while True:
        try:
            asked = requests.recv()
            requests.send(answering.answer(asked))
        except (EOFError, BrokenPipeError):
            return


class Answering:
    """Requests in, answers out, with the compiled rules of the latest choices kept."""

    def __init__(self, kit: Kit) -> None:
        """Start with the operator's rules."""
        self._kit = kit
        self._cleaners: OrderedDict[Choices, Cleaner] = OrderedDict()

    def answer(self, asked: Asked) -> Answer:
        """Answer one request; what is wrong with it is an answer, too."""
        try:
            chunk = chunk_of(asked)
            cleaner = self._cleaner(asked.choices)
        except RequestError as error:
            return refusal(error.status, str(error))
        except (ValueError, RuleError) as error:  # a rule that there is none of
            return refusal(400, str(error))
        fields = self._kit.fields
        if asked.media == "markdown":
            fields = msgspec.structs.replace(fields, stdin_name=MARKDOWN)
        form = self._kit.forms[asked.task, asked.lines]()
        setup = Setup(
            asked.task,
            cleaner,
            fields,
            printer=form,
            apply=asked.choices.apply,
            min_confidence=cleaner.min_confidence,
        )
        try:
            result = Worker(setup).result(chunk)
        except RecursionError:
            return refusal(400, "a record is nested too deeply")
        if form.failures is not None:
            form.failures += result.failures
        body = form.begin() + result.output + form.end(result.tally)
        unread = result.tally.errors and not result.tally.articles
        return Answer(400 if unread else 200, LINES if asked.lines else JSON, body)

    def _cleaner(self, choices: Choices) -> Cleaner:
        """Return compiled rules for a request; those of the last few choices are kept."""
        wanted = msgspec.structs.replace(choices, apply="safe")
        if wanted == Choices():
            return self._kit.cleaner
        if wanted in self._cleaners:
            self._cleaners.move_to_end(wanted)
            return self._cleaners[wanted]
        base = self._kit.cleaner
        made = Cleaner(
            base.configuration,
            select=wanted.select,
            ignore=wanted.ignore,
            min_confidence=wanted.min_confidence,
            corpus=base.corpus,
        )
        self._cleaners[wanted] = made
        if len(self._cleaners) > KEPT:
            self._cleaners.popitem(last=False)
        return made
