"""Not again: a rule switched off, for a site or altogether, or a name that is no person, from a finding.

There is no second list of what is ignored: what a person says here is written into the configuration file that the
review was started with, where `check`, `fix` and the hook read it, and can be taken back.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from cleantext import files
from cleantext.article import Article
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration, PerFile
from cleantext.document.names import name_key
from cleantext.files import is_link, is_there, read_plain
from cleantext.provenance import led_away
from cleantext.review import tomltext
from cleantext.review.database import Item
from cleantext.review.store import Store

Kind = Literal["rule", "site", "person"]


class CannotSwitchError(Exception):
    """The configuration file cannot be changed; the message says why, and what to write by hand."""


class Wish(msgspec.Struct, frozen=True):
    """What is not to be found again: a ``rule``, the rule on a ``site``, or anything about a name that is no ``person``.

    ``value`` is the site or the name; empty for a rule.
    """

    kind: Kind
    rule: str
    value: str = ""

    def __str__(self) -> str:
        """Say what is so from now on."""
        match self.kind:
            case "rule":
                return f"{self.rule} is switched off"
            case "site":
                return f"{self.rule} is switched off on {self.value}"
        return f"“{self.value}” is no person"


class Switched(msgspec.Struct, frozen=True):
    """A wish that was written: how many findings are gone with it, and what brings everything back."""

    wish: Wish
    gone: int
    before: bytes | None
    after: bytes
    cleaner: Cleaner
    rows: tuple[tuple[Any, ...], ...]
    details: tuple[tuple[Any, ...], ...]


class Sitting(Protocol):
    """What is asked of a session: its rules, its store, and the article of a finding."""

    cleaner: Cleaner

    @property
    def store(self) -> Store:
        """Where its findings are."""

    def article(self, item: Item) -> Article:
        """Return the article of a finding, as it was when it was read."""


class OffSwitch:
    """The configuration file of a review, and what was switched off in this sitting, the latest last."""

    def __init__(self, file: Path) -> None:
        """``file`` need not be there yet."""
        self.file = file
        self.switched: list[Switched] = []

    def wishes(self, session: Sitting, item: Item) -> list[Wish]:
        """Return what may be wished of a finding."""
        finding = item.finding
        if finding.rule not in session.cleaner.cards:
            return []
        found = [Wish("rule", finding.rule)]
        site = session.article(item).source
        if site:
            found.append(Wish("site", finding.rule, site))
        if finding.category == "attribution" and finding.text.strip():
            found.append(Wish("person", finding.rule, finding.text.strip()))
        return found

    def switch(self, session: Sitting, wish: Wish) -> Switched:
        """Write a wish into the file, and take what it speaks of out of the queue. Raises CannotSwitchError."""
        before = self._bytes()
        after = self._changed(before or b"", wish)
        old = session.cleaner
        cleaner = Cleaner(_configured(old.configuration, wish), corpus=old.corpus)
        self._write(after)
        rows, details = _lift(session, wish)
        session.cleaner = cleaner
        done = Switched(wish, len(rows), before, after, old, rows, details)
        self.switched.append(done)
        return done

    def back(self, session: Sitting) -> Wish | None:
        """Take the latest wish back; None where there is none. Raises CannotSwitchError where the file was changed since."""
        if not self.switched:
            return None
        last = self.switched[-1]
        if self._bytes() != last.after:
            raise CannotSwitchError(
                f"{self.file} was changed since. Take it back there, and start the review again."
            )
        self._write(last.before or b"")
        with session.store.transaction():
            _put_back(session, last)
            session.store.resolve()
        session.cleaner = last.cleaner
        self.switched.pop()
        return last.wish

    def _bytes(self) -> bytes | None:
        if not is_there(self.file):
            return None
        try:
            return read_plain(self.file)
        except OSError as error:
            raise CannotSwitchError(f"{self.file}: cannot be read: {error.strerror or error}.") from None

    def _changed(self, before: bytes, wish: Wish) -> bytes:
        """Return the file with a wish in it, once what it then says is what was wanted, and nothing else."""
        project = self.file.name == "pyproject.toml"
        try:
            source = before.decode("utf-8")
            old = tomllib.loads(source)
            new = _written(source.replace("\r\n", "\n"), wish, project=project)
            said = tomllib.loads(new)
        except ValueError:  # also what is no UTF-8, and what is no TOML any more
            said, old, new = None, {}, ""
        if said is None or said != _wanted(old, wish, project=project):
            raise CannotSwitchError(
                f"{self.file} is written in a way that is not changed from here. Write there:  {_by_hand(wish)}"
            )
        return (new.replace("\n", "\r\n") if b"\r\n" in before else new).encode()

    def _write(self, data: bytes) -> None:
        trouble = f"{self.file} is a link." if is_link(self.file) else led_away(self.file)
        if trouble:
            raise CannotSwitchError(trouble)
        try:
            files.write(self.file, data)
        except OSError as error:
            raise CannotSwitchError(f"{self.file}: cannot be written: {error.strerror or error}.") from None


def _written(source: str, wish: Wish, *, project: bool) -> str:
    top = "tool.cleantext" if project else ""
    below = f"{top}." if project else ""
    match wish.kind:
        case "rule":
            return tomltext.with_item(source, top, "ignore", wish.rule)
        case "person":
            return tomltext.with_item(source, f"{below}attribution", "no-persons", wish.value)
    values = {"source": tomltext.string(wish.value), "ignore": f"[{tomltext.string(wish.rule)}]"}
    return tomltext.with_table(source, f"{below}per-file", values)


def _wanted(old: dict[str, Any], wish: Wish, *, project: bool) -> dict[str, Any] | None:
    """Return what a file must say with a wish in it; None where it cannot."""
    tool = old.get("tool", {}).get("cleantext", {}) if project else old
    match wish.kind:
        case "rule":
            own = {**tool, "ignore": [wish.rule, *tool.get("ignore", [])]}
        case "person":
            table = tool.get("attribution", {})
            own = {**tool, "attribution": {**table, "no-persons": [wish.value, *table.get("no-persons", [])]}}
        case _:
            one = {"source": wish.value, "ignore": [wish.rule]}
            own = {**tool, "per-file": [*tool.get("per-file", []), one]}
    return {**old, "tool": {**old["tool"], "cleantext": own}} if project else own


def _by_hand(wish: Wish) -> str:
    match wish.kind:
        case "rule":
            return f'ignore = ["{wish.rule}"]'
        case "person":
            return f"[attribution] no-persons = [{tomltext.string(wish.value)}]"
    return f'[[per-file]] source = {tomltext.string(wish.value)}, ignore = ["{wish.rule}"]'


def _configured(configuration: Configuration, wish: Wish) -> Configuration:
    replace = msgspec.structs.replace
    match wish.kind:
        case "rule":
            return replace(configuration, ignore=(*configuration.ignore, wish.rule))
        case "person":
            own = configuration.attribution
            return replace(configuration, attribution=replace(own, no_persons=(*own.no_persons, wish.value)))
    one = PerFile(ignore=(wish.rule,), source=wish.value)
    return replace(configuration, per_file=(*configuration.per_file, one))


def accepted(session: Sitting, wish: Wish) -> list[Item]:
    """Return the findings that are accepted, as proposed or in somebody's own words, and would go with a wish."""
    return [one for one in _spoken_of(session, wish) if one.state in ("accepted", "edited")]


def _spoken_of(session: Sitting, wish: Wish) -> list[Item]:
    """Return the findings of the store that a wish speaks of."""
    store = session.store
    if wish.kind == "person":
        name = name_key(wish.value)
        return [
            one
            for one in store.items("f.category = 'attribution'")
            if name_key(one.finding.text.strip()) == name
        ]
    found = store.items("f.rule = ?", (wish.rule,))
    if wish.kind == "site":
        sites: dict[int, str | None] = {}
        for one in found:
            if one.document_id not in sites:
                sites[one.document_id] = session.article(one).source
        found = [one for one in found if sites[one.document_id] == wish.value]
    return found


def _lift(session: Sitting, wish: Wish) -> tuple[tuple[tuple[Any, ...], ...], tuple[tuple[Any, ...], ...]]:
    """Take the findings that a wish speaks of out of the store; return their rows."""
    store = session.store
    numbers = [one.id for one in _spoken_of(session, wish)]
    rows, details = [], []
    with store.transaction():
        for number in numbers:
            rows += store.db.execute("select * from findings where id = ?", (number,)).fetchall()
            details += store.db.execute("select * from details where finding = ?", (number,)).fetchall()
            store.db.execute("delete from details where finding = ?", (number,))
            store.db.execute("delete from findings where id = ?", (number,))
    return tuple(rows), tuple(details)


def _put_back(session: Sitting, switched: Switched) -> None:
    db = session.store.db
    for row in switched.rows:
        db.execute(f"insert or ignore into findings values ({','.join('?' * len(row))})", row)
    for row in switched.details:
        db.execute(f"insert or ignore into details values ({','.join('?' * len(row))})", row)
