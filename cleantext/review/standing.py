"""Which decision belongs to a finding, also where the article changed on one side of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleantext.review.events import Event

LONG = 4
"""Words of a match that is known by itself, whatever stands around it."""
MANY = 40
"""Equal matches of one article beyond which only the whole fingerprint tells them apart."""

_MATCH, _BEFORE, _AFTER = slice(0, 8), slice(8, 12), slice(12, 16)


class Standing:
    """Decisions that hold, found by article and fingerprint, or by group."""

    def __init__(self, standing: Iterable[Event] = ()) -> None:
        """Index decisions."""
        self._single: dict[tuple[str, str], Event] = {}
        self._alike: dict[tuple[str, str], list[Event]] = {}
        self._groups: dict[str, Event] = {}
        for event in standing:
            if event.scope == "group":
                self._groups[event.group] = event
                continue
            self._single[event.document, event.key] = event
            self._alike.setdefault((event.document, event.key[_MATCH]), []).append(event)

    def __iter__(self) -> Iterator[Event]:
        """Yield every decision."""
        yield from self._single.values()
        yield from self._groups.values()

    def __len__(self) -> int:
        """Count them."""
        return len(self._single) + len(self._groups)

    def group(self, key: str) -> Event | None:
        """Return the decision on a group."""
        return self._groups.get(key)

    @property
    def has_groups(self) -> bool:
        """Say whether any group was decided."""
        return bool(self._groups)

    def single(self, document: str, fingerprint: str) -> Event | None:
        """Return the decision on a finding.

        Where no decision has its whole fingerprint: the one with the same match and
        the same words on one side, or with the same long match. A byline above, a
        fix beside, take one side away and seldom both. Two that answer differently
        cancel out: a decision rather lost than misplaced.
        """
        found = self._single.get((document, fingerprint))
        if found is not None:
            return found
        alike = self._alike.get((document, fingerprint[_MATCH]), ())
        if not alike or len(alike) > MANY:
            return None
        beside = [
            e for e in alike if e.key[_BEFORE] == fingerprint[_BEFORE] or e.key[_AFTER] == fingerprint[_AFTER]
        ] or [e for e in alike if len(e.match.split()) >= LONG]
        if len({(e.verdict, e.replacement) for e in beside}) != 1:
            return None
        return max(beside, key=lambda e: e.order)
