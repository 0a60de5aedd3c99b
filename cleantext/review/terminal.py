"""The same queue at the prompt, in the manner of ``git add -p`` and ``cargo insta review``."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from typing import Literal, TextIO

import typer

from cleantext.printable import visible
from cleantext.review import marking, queue
from cleantext.review.database import Item
from cleantext.review.marking import Piece
from cleantext.review.queue import Filters
from cleantext.review.session import GoneError, Session, TooFewReadError
from cleantext.review.store import ConflictError

NO_TERMINAL = """no terminal to ask at. Without one:
    cleantext check --format jsonl PATH…                 lists findings, each with its fingerprint
    cleantext decisions add accept FINGERPRINT… --in PATH  decides (accept, reject or unsure)
    cleantext decisions import FILE                      takes decisions from another machine
    cleantext fix PATH…                                  applies what was accepted, and what is safe"""

HELP = """  a  accept: the fix is right, apply it
  r  reject: leave the text as it is, and do not ask again
  e  edit: write the replacement yourself
  u  unsure: set it aside
  s  skip (j)      k  go back      z  undo my last decision
  A  R  accept or reject all that are alike, after a sample was read
  i  about the rule      q  quit      ?  these keys"""

WIDTH = 96
Verdict = Literal["accept", "reject", "unsure"]
VERDICTS: dict[str, Verdict] = {"a": "accept", "r": "reject", "u": "unsure"}


def ask(
    session: Session,
    *,
    colour: bool,
    key: Callable[[], str] | None = None,
    line: Callable[[str], str] = input,
    out: TextIO | None = None,
) -> None:
    """Ask about one finding after the other until nothing is left or the person quits.

    ``key`` and ``line`` read a key and a line of text.
    """
    Prompt(session, colour, key or _key, line, out or sys.stdout).run()


def _key() -> str:
    char: str = typer.getchar()
    if char in ("\x03", "\x04"):
        raise KeyboardInterrupt
    return char


class Prompt:
    """One sitting at the prompt."""

    def __init__(
        self,
        session: Session,
        colour: bool,
        key: Callable[[], str],
        line: Callable[[str], str],
        out: TextIO,
    ) -> None:
        """Start before the first finding."""
        self._session, self._colour, self._key, self._line, self._out = session, colour, key, line, out
        self._filters = Filters(scan=session.scan)
        self._rank = 0
        self._skipped = 0

    def run(self) -> None:
        """Ask until the end."""
        while True:
            item = queue.following(self._session.store, self._filters, self._rank)
            if item is None:
                left = queue.count(self._session.store, self._filters)
                if left:
                    self._say(f"\nThe end of the queue; {left} skipped.\n")
                else:
                    self._say("\nNothing left to decide.  Apply what was accepted:  cleantext fix PATH\n")
                return
            self._show(item)
            try:
                if not self._answer(item):
                    return
            except (KeyboardInterrupt, EOFError):
                self._say("\n")
                return

    def _answer(self, item: Item) -> bool:
        """Take one key after another until the finding is dealt with; False ends the sitting."""
        session = self._session
        alike = queue.count(session.store, Filters(scan=session.scan, group=item.group, kind="any"))
        keys = "a r e u s z" + (" A R" if alike > 1 else "") + " i q ?"
        while True:
            self._say(self._style(f"[{keys}] ", bold=True))
            key = self._key()
            self._say(visible(key) + "\n")
            try:
                if key in VERDICTS:
                    session.decide(item, VERDICTS[key], seen=item.seq)
                    self._rank = item.rank
                    return True
                if key == "e":
                    self._edit(item)
                    self._rank = item.rank
                    return True
                if key in ("A", "R") and alike > 1:
                    return self._group(item, "accept" if key == "A" else "reject")
            except ConflictError as conflict:
                self._say(f"Not saved: {conflict}. Look again.\n")
                return True
            if key in ("s", "j"):
                self._rank = item.rank
                return True
            if key == "k":
                before = queue.preceding(session.store, self._filters, item.rank)
                self._rank = before.rank - 1 if before else 0
                return True
            if key == "z":
                try:
                    undone = session.undo()
                except GoneError:
                    self._say("Nothing was undone: what you decided was written, or its finding is gone.\n")
                    return True
                self._say(
                    f"Undone: {visible(undone[0].match)}\n" if undone else "There is nothing to undo.\n"
                )
                self._rank = 0
                return True
            if key == "q":
                return False
            if key == "i":
                self._about(item)
            else:
                self._say(HELP + "\n")

    def _edit(self, item: Item) -> None:
        document = self._session.document(item)
        old, proposed = self._session.proposed(item, document)
        self._say(f"  instead of  {visible(old)}\n  proposed    {visible(proposed)}\n")
        written = self._line("  write       ")
        # A prompt gives one line: the line ends around what is edited stay as they are in the proposal.
        tail = proposed[len(proposed.rstrip("\r\n")) :]
        head = proposed[: len(proposed) - len(proposed.lstrip("\r\n"))] if proposed.strip("\r\n") else ""
        self._session.decide(item, "edit", replacement=head + written + tail, seen=item.seq)

    def _group(self, item: Item, verdict: Literal["accept", "reject"]) -> bool:
        session = self._session
        seen = session.store.latest_of_group(item.group)
        drawn = session.sample(item.group)
        wanted = len(drawn.drawn)
        if wanted:
            self._say(
                f"{drawn.waiting} are alike. Read {wanted} of them, drawn by chance: then you can be 95 % sure that "
                f"at least {100 * drawn.share:.0f} % are right.\n"
            )
        read: set[int] = set()
        for number, one in enumerate(drawn.drawn, 1):
            self._say(f"\n{number}/{wanted} ")
            self._show(one)
            self._say(self._style("[Enter: read, r: reject this one, q: back] ", bold=True))
            key = self._key()
            self._say("\n")
            if key == "q":
                return True
            if key == "r":
                session.decide(one, "reject", seen=one.seq)
                self._say("Rejected; a fault found asks for a larger sample.\n")
                return self._group(item, verdict)
            read.add(one.id)
        self._say(self._style(f"{verdict} all {drawn.waiting}? [y n] ", bold=True))
        if self._key() not in ("y", "Y"):
            self._say("\n")
            return True
        try:
            session.decide_group(item, verdict, read, seen=seen)
        except TooFewReadError as few:
            self._say(f"\n{few}.\n")
        self._say("\n")
        return True

    def _about(self, item: Item) -> None:
        record = self._session.record(item.finding.rule)
        if record.card:
            for part in (record.card.summary, record.card.why, record.card.fix_safety):
                self._wrapped(part)
        self._wrapped(record.why)

    def _show(self, item: Item) -> None:
        session = self._session
        document = session.document(item)
        line, column = document.place(item.finding.start)
        states = queue.progress(session.store, self._filters)
        total = sum(states.values())
        done = total - sum(states[state] for state in session.store.todo)
        place = item.path if item.line is None else f"{item.path}:{item.line}"
        head = f"{item.finding.rule} {item.finding.name}"
        self._say(
            f"\n{self._style(head, bold=True)}  {item.finding.applicability.value} {item.finding.confidence:.2f}"
            f"  {self._style(f'{visible(place)} {line}:{column}', dim=True)}"
            f"  {self._style(f'{done} of {total} decided', dim=True)}\n"
        )
        if item.state == "stale":
            self._say("The rule has changed since this was decided: confirm it, or decide anew.\n")
        self._wrapped(item.finding.message)
        passage = "".join(self._piece(piece) for piece in marking.passage(document, item.finding))
        self._say("\n" + passage + "\n\n")
        for evidence in item.finding.evidence:
            self._wrapped("· " + evidence.note)

    def _piece(self, piece: Piece) -> str:
        text = "\n".join(visible(part) for part in piece.text.split("\n"))
        match piece.kind:
            case "del":
                text = visible(piece.text)
                return self._style(text, "red", strike=True) if self._colour else f"[-{text}-]"
            case "ins":
                text = visible(piece.text)
                return self._style(text, "green", bold=True) if self._colour else f"{{+{text}+}}"
            case "flag":
                return self._style(text, "cyan", bold=True) if self._colour else f"[{text}]"
            case "near":
                return self._style(text, dim=True)
        return text

    def _wrapped(self, text: str) -> None:
        for row in textwrap.wrap(visible(text), WIDTH):
            self._say(self._style(f"  {row}", dim=True) + "\n")

    def _style(
        self,
        text: str,
        colour: str | None = None,
        *,
        bold: bool = False,
        dim: bool = False,
        strike: bool = False,
    ) -> str:
        if not self._colour or not text:
            return text
        return typer.style(text, fg=colour, bold=bold or None, dim=dim or None, strikethrough=strike or None)

    def _say(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
