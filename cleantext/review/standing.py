"""Which decision belongs to a finding, also where the article changed on one side of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleantext.finding import Finding
from cleantext.review.events import Event, Word, settle
from cleantext.review.lasting import Lasting

LONG = 4
"""Words of a match that is known by itself, whatever stands around it."""
MANY = 40
"""Equal matches of one article beyond which only the whole fingerprint tells them apart."""

_MATCH, _BEFORE, _AFTER = slice(0, 8), slice(8, 12), slice(12, 16)
_BESIDE, _BEHIND = slice(0, 4), slice(4, 8)


def match_of(fingerprint: str) -> str:
    """Return the part of a fingerprint that findings of one rule and one text share."""
    return fingerprint[_MATCH]


def context_of(fingerprint: str) -> str:
    """Return the part that says what stands around a finding."""
    return fingerprint[_BEFORE.start : _AFTER.stop]


class Layer:
    """What one voice says, found by article and fingerprint."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self.single: dict[tuple[str, str], Event] = {}
        self._alike: dict[tuple[str, str], list[Event]] = {}

    def add(self, event: Event) -> None:
        """Index a decision."""
        self.single[event.target] = event
        self._alike.setdefault((event.document, event.key[_MATCH]), []).append(event)

    def find(self, document: str, fingerprint: str) -> Event | None:
        """Return the decision on a finding.

        Where no decision has its whole fingerprint: the one with the same match and
        the same words on one side, or with the same long match. A byline above, a
        fix beside, take one side away and seldom both. Two that answer differently
        cancel out, and one that could as well be about another finding of its
        article is left: a decision rather lost than misplaced.
        """
        found = self.single.get((document, fingerprint))
        if found is not None:
            return found
        alike = self._alike.get((document, fingerprint[_MATCH]), ())
        if not alike or len(alike) > MANY:
            return None
        before, after = fingerprint[_BEFORE], fingerprint[_AFTER]
        beside = [
            e
            for e in alike
            if (e.key[_BEFORE] == before or e.key[_AFTER] == after)
            and len(e.others) <= MANY
            and not any(other[_BESIDE] == before or other[_BEHIND] == after for other in e.others)
        ] or [e for e in alike if len(e.match.split()) >= LONG and not e.others]
        if len({e.answer for e in beside}) != 1:
            return None
        return max(beside, key=lambda e: e.order)


class Standing:
    """What people said, found by article and fingerprint, or by group; and what of it holds.

    Each voice is looked up by itself, then :func:`cleantext.review.events.settle` weighs them.
    """

    def __init__(self, said: Iterable[Event] = ()) -> None:
        """Index decisions, as :func:`cleantext.review.events.latest` yields them."""
        self._layers: dict[tuple[bool, str], Layer] = {}
        self._groups: dict[str, Event] = {}
        self._lasting: Lasting | None = None
        for event in said:
            if event.scope == "group":
                self._groups[event.group] = event
            else:
                self._layers.setdefault(event.voice, Layer()).add(event)

    def __iter__(self) -> Iterator[Event]:
        """Yield every decision that holds."""
        for target in self._targets():
            if (held := settle(self._said(target)).event) is not None:
                yield held
        yield from self._groups.values()

    def __len__(self) -> int:
        """Count what was said."""
        return sum(len(layer.single) for layer in self._layers.values()) + len(self._groups)

    def _targets(self) -> Iterable[tuple[str, str]]:
        """Return the articles and fingerprints of which something was said, each once, in order."""
        return dict.fromkeys(target for layer in self._layers.values() for target in layer.single)

    def _said(self, target: tuple[str, str]) -> list[Event]:
        """Return what each voice said last of a target itself."""
        return [layer.single[target] for layer in self._layers.values() if target in layer.single]

    def group(self, key: str) -> Event | None:
        """Return the decision on a group."""
        return self._groups.get(key)

    @property
    def has_groups(self) -> bool:
        """Say whether any group was decided."""
        return bool(self._groups)

    def single(self, document: str, fingerprint: str) -> Event | None:
        """Return the decision on a finding that holds, if one does."""
        return self.word(document, fingerprint).event

    def word(self, document: str, fingerprint: str) -> Word:
        """Return what the voices about a finding come to."""
        return settle(self.voices(document, fingerprint))

    def is_doubted(self, document: str, fingerprint: str) -> bool:
        """Say whether somebody who was asked with others did not take a finding's fix as it is."""
        return any(event.verdict != "accept" for event in self.opinions(document, fingerprint).values())

    def is_left_alone(self, document: str, finding: Finding) -> bool:
        """Say whether a finding that no decision was found for may be what somebody refused or wrote themselves."""
        if self._lasting is None:
            lasts = (self._lasts(target) for target in self._targets())
            self._lasting = Lasting(event for event in lasts if event is not None)
        return self._lasting.holds(document, finding, context_of(finding.fingerprint))

    def _lasts(self, target: tuple[str, str]) -> Event | None:
        """Return the event of somebody who did not want a fix as it is; of several who were asked apart one is enough."""
        said = self._said(target)
        held = settle(said).event
        if held is not None:
            return None if held.verdict == "accept" else held
        return next((event for event in said if event.voice[1] and event.verdict != "accept"), None)

    def voices(self, document: str, fingerprint: str) -> list[Event]:
        """Return what each voice said last of a finding, in order."""
        found = (layer.find(document, fingerprint) for layer in self._layers.values())
        return sorted((event for event in found if event is not None), key=lambda event: event.order)

    def opinions(self, document: str, fingerprint: str) -> dict[str, Event]:
        """Return what people who were asked apart said of a finding, by name."""
        return {event.who: event for event in self.voices(document, fingerprint) if event.voice[1]}
