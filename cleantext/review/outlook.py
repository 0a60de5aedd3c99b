"""What a corpus would gain from trust: what a rule would do to it unasked, and which findings are worth a look next."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from cleantext import safe
from cleantext.article import Article
from cleantext.cleaner import Cleaner
from cleantext.configuration import Trust
from cleantext.finding import Applicability, Finding
from cleantext.review import intervals
from cleantext.review.agreement import Agreement
from cleantext.review.database import Item
from cleantext.review.session import RuleRecord, Session, waits
from cleantext.review.trust import Record

NEVER = "it is never applied unasked, whatever was decided"
NO_FIX = "it offers no fix"


class Automatic(msgspec.Struct, frozen=True):
    """What applying a rule unasked would do to the articles of a store.

    ``findings`` of the rule that wait now would be applied, in ``articles``; ``held`` are those that would wait all the
    same, by reason. ``wrong`` is the most that would be wrong of those that are applied, 95 % sure, where those that were decided are
    like the others; all of them where nobody decided anything. ``never`` says why there is nothing to switch.
    ``tried`` of the ``among`` articles with such a finding were looked at; the numbers speak of those.
    """

    findings: int = 0
    articles: int = 0
    held: dict[str, int] = {}
    wrong: int = 0
    never: str = ""
    tried: int = 0
    among: int = 0


class Next(msgspec.Struct, frozen=True):
    """A finding that is worth a look, and why."""

    item: Item
    why: str


class Trial(msgspec.Struct, frozen=True):
    """A rule as if it were safe, and the articles to try it on, each with the findings of it that wait."""

    rule: str
    trying: Cleaner
    articles: tuple[tuple[int, Article, frozenset[str]], ...]
    among: int


class Tried(NamedTuple):
    """A finding as it would be with its rule safe, in the article of a number."""

    document: int
    finding: Finding

    @property
    def goes(self) -> bool:
        """Whether it would be applied unasked."""
        return self.finding.applicability is Applicability.SAFE


def automatic(session: Session, rule: str, record: Record) -> Automatic:
    """Try a rule as if it were safe on every article that holds a finding of it which waits; nothing is changed."""
    prepared = trial(session, rule)
    return prepared if isinstance(prepared, Automatic) else outcome(prepared, tried(prepared), record)


def trial(session: Session, rule: str, most: int | None = None) -> Trial | Automatic:
    """Read what :func:`outcome` needs, of at most so many articles, drawn by chance; or say why there is nothing to try."""
    card = session.cleaner.cards.get(rule)
    if card is None:
        return Automatic(never="it is not among the rules that run")
    if card.category in safe.NEVER:
        return Automatic(never=NEVER)
    waiting = session.store.items(waits(session.store), (rule, session.scan))
    if waiting and not any(item.finding.fixes for item in waiting):
        return Automatic(never=NO_FIX)
    there = session.cleaner.configuration
    trying = Cleaner(
        msgspec.structs.replace(there, promote=(*there.promote, rule)), corpus=session.cleaner.corpus
    )
    wanted: dict[int, set[str]] = {}
    for item in waiting:
        wanted.setdefault(item.document_id, set()).add(item.finding.fingerprint)
    chosen = list(wanted)
    if most is not None and len(chosen) > most:
        chosen = random.Random(f"{session.store.secret()}/{rule}").sample(chosen, most)
    articles = ((document, session.store.article(document), wanted[document]) for document in chosen)
    return Trial(
        rule,
        trying,
        tuple(
            (document, article, frozenset(keys))
            for document, article, keys in articles
            if article is not None
        ),
        len(wanted),
    )


def waiting_in(session: Session, rule: str) -> int:
    """Return in how many articles findings of a rule wait: of so many :func:`trial` draws."""
    source = session.store.findings()
    row = session.store.db.execute(
        f"select count(distinct f.document) from {source} join documents d on d.id = f.document where {waits(session.store)}",
        (rule, session.scan),
    ).fetchone()
    return int(row[0])


def tried(prepared: Trial) -> list[Tried]:
    """Check the articles of a trial; the store is not asked."""
    return [
        Tried(document, finding)
        for document, article, keys in prepared.articles
        for finding in prepared.trying.check(article).findings
        if finding.rule == prepared.rule and finding.fingerprint in keys
    ]


def outcome(prepared: Trial, found: Sequence[Tried], record: Record) -> Automatic:
    """Count what a trial found: what would go unasked, and what would wait all the same."""
    going = [one for one in found if one.goes]
    held = Counter(one.finding.held or "its place" for one in found if not one.goes)
    wrong = math.ceil((1 - record.lower) * len(going) - 1e-9) if record.total else len(going)
    return Automatic(
        len(going),
        len({one.document for one in going}),
        dict(held.most_common()),
        wrong,
        tried=len(prepared.articles),
        among=prepared.among,
    )


def missing(record: Record, trust: Trust) -> int:
    """Return how many more decisions, none of them against it, would bring a rule's bound to where trust begins."""
    wrong = record.total - record.accepted
    return max(
        0, intervals.needed(trust.lower_bound, wrong) - record.total, trust.min_decisions - record.total
    )


def next_best(
    session: Session, records: Sequence[RuleRecord], agreed: Agreement, trust: Trust, count: int = 100
) -> list[Next]:
    """Return the findings whose decision is worth most.

    First those about which reviewers differ. Then, from rule to rule, what it takes to trust one, the rule first that
    frees most findings for a decision; drawn at random from the rule's, so that its record stays unbiased. What is left goes
    to the findings it is least sure of: confidence nearest to one half.
    """
    chosen: list[Next] = []
    seen: set[int] = set()

    def take(items: Iterable[Item], why: str) -> None:
        for item in items:
            if len(chosen) < count and item.id not in seen:
                seen.add(item.id)
                chosen.append(Next(item, why))

    for one in agreed.disputed:
        # Reviewers who are asked apart hear that others differ once they have answered.
        said = session.store.items(
            "d.name = ? and f.key = ? and f.state not in ('open', 'stale')", (one.document, one.key)
        )
        take(said, "reviewers differ")
    worth: list[tuple[float, str, int]] = []
    for record in records:
        needed = missing(record.record, trust)
        card = record.card
        free = card is not None and card.category not in safe.NEVER and record.left > needed > 0
        if free:
            worth.append((-record.left / needed, record.rule, needed))
    for gain, rule, needed in sorted(worth):
        waiting = _waiting(session, rule)
        random.Random(f"{session.store.secret()}/{rule}").shuffle(waiting)
        take(waiting[:needed], f"{needed} decisions would settle {round(-gain * needed)} findings of {rule}")
    rest = sorted(_waiting(session), key=lambda item: (abs(item.finding.confidence - 0.5), item.rank))
    take(rest, "among those it is least sure of")
    return chosen


def _waiting(session: Session, rule: str = "") -> list[Item]:
    where = "f.state in ('open', 'stale') and f.applicability = 'review' and d.scan >= ?"
    if rule:
        return session.store.items(f"{where} and f.rule = ?", (session.scan, rule))
    return session.store.items(where, (session.scan,))
