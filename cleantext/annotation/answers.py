"""What comes back: answers about findings, and how they become decisions in the store.

An answer is found by the article's name and the finding's fingerprint, which went out with it and come back; its span
must still hold the finding's words. Importing a file twice adds nothing: an event's name is made of what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import blake2b

import msgspec

from cleantext.review import events
from cleantext.review.database import Item
from cleantext.review.events import Event
from cleantext.review.session import Answer, Session


class Given(msgspec.Struct, frozen=True):
    """One answer, span in code points of the text that went out.

    ``text`` is what stands in that span there. ``key`` is "" where the tool lost it; the finding is then found by rule
    and span. ``replacement`` are the person's own words, None where the proposal was left as it was. Without a
    ``verdict`` words count that are other than the proposal: a field that was filled in beforehand is no answer.
    ``when`` is ISO 8601, "" for now.
    """

    document: str
    key: str
    rule: str
    start: int
    end: int
    text: str
    verdict: Answer | None
    replacement: str | None = None
    who: str = ""
    when: str = ""
    reason: str = ""


class Taken(msgspec.Struct, frozen=True):
    """What an import did: decisions that are new, those that were known, and what could not be placed, with the reason."""

    new: int
    known: int
    lost: tuple[str, ...]


def take(session: Session, answers: Iterable[Given]) -> Taken:
    """Put answers into the store, signed and dated as they came; the latest on a finding stands, wherever it was made."""
    made: list[Event] = []
    lost: list[str] = []
    for answer in answers:
        item = _found(session, answer)
        if isinstance(item, str):
            lost.append(f"{answer.document}: {answer.rule} {answer.start}:{answer.end}: {item}")
        elif event := _event(session, item, answer):
            made.append(event)
    added = session.store.add(made)
    return Taken(len(added), len(made) - len(added), tuple(lost))


def _found(session: Session, answer: Given) -> Item | str:
    """Return the finding that an answer is about, or why there is none."""
    store = session.store
    if store.db.execute("select 1 from documents where name = ?", (answer.document,)).fetchone() is None:
        return "no such article here; name the folder that was exported"
    if answer.key:
        items = store.items("d.name = ? and f.key = ?", (answer.document, answer.key))
    else:
        every = store.items("d.name = ? and f.rule = ?", (answer.document, answer.rule))
        items = [i for i in every if (i.finding.start, i.finding.end) == (answer.start, answer.end)]
    if not items:
        return "no such finding; a span that a person drew is none of a rule's"
    if items[0].finding.text != answer.text:
        return "the span holds other words than the finding"
    return items[0]


def _event(session: Session, item: Item, answer: Given) -> Event | None:
    """Return the decision that an answer comes to; None where nothing was answered."""
    verdict, replacement = answer.verdict, answer.replacement
    if replacement is not None and verdict in ("accept", "edit", None):
        replacement = _as_written(session, item, replacement)
        if verdict is None and replacement in session.proposed(item, session.document(item)):
            return None
        verdict = "edit"
    if verdict is None:
        return None
    verdict, replaced, replacement = session.meant(item, verdict, replacement)
    version = session.version(item.finding.rule)
    who = answer.who or session.who
    made = session.store.event_about(item, verdict, who=who, version=version, reason=answer.reason)
    when = _stamp(answer.when)
    said = (answer.document, item.finding.fingerprint, verdict, replacement or "", who, when)
    return msgspec.structs.replace(
        made,
        uid=blake2b("\x1f".join(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
        when=min(when, made.when) if when else made.when,  # nothing was decided in the future
        replaced=replaced,
        replacement=replacement,
    )


def _as_written(session: Session, item: Item, words: str) -> str:
    """Return a person's words as they are meant: a text field of a page knows one line end, and trims.

    Words that differ from the proposal by no more than that are the proposal.
    """
    replaced, proposed = session.proposed(item, session.document(item))
    plain: Callable[[str], str] = lambda text: text.replace("\r\n", "\n").replace("\r", "\n").strip()  # noqa: E731
    for known in (proposed, replaced):
        if plain(words) == plain(known):
            return known
    if "\r\n" in replaced and "\r\n" not in words:
        return words.replace("\n", "\r\n")
    return words


def _stamp(when: str) -> str:
    """Return a time as events write it; "" for none, and for what is no time."""
    try:
        moment = datetime.fromisoformat(when)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return events.stamp(moment)
    except (ValueError, OverflowError):
        return ""
