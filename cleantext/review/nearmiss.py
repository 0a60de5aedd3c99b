"""Learning from a no: a rejected finding becomes a near-miss of its rule, with the exception that silences it.

Before anything is written the exception is tried on every earlier decision about the
rule: one that would silence what people accepted is seen as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import regex

from cleantext.document import Document
from cleantext.files import Draft, is_plain, read_plain, real
from cleantext.finding import Finding
from cleantext.fingerprint import context_words
from cleantext.matching import PatternEngine
from cleantext.review.database import Item
from cleantext.review.session import Session
from cleantext.review.tomltext import array_end, string
from cleantext.rulebook import Card, load_file
from cleantext.rulefiles import rules_dir

_WIDTHS = ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (0, 2), (2, 2), (3, 3))


class CannotLearnError(Exception):
    """A near-miss that cannot be added; the message says why and what to do."""


class Proposal(msgspec.Struct, frozen=True):
    """A near-miss for a rule.

    ``unless`` is the exception as a rule file writes it. ``silenced`` counts the
    rule's findings in the store that fall silent, by state.
    """

    card: Card
    text: str
    unless: str
    silenced: dict[str, int]

    def __str__(self) -> str:
        """The sentence that a person decides on."""
        total = sum(self.silenced.values())
        if not total:
            return "silences no finding"
        parts = [f"{n} {state}" for state, n in sorted(self.silenced.items(), key=lambda s: -s[1])]
        return f"silences {total} finding{'s' * (total != 1)}: {', '.join(parts)}"


def propose(session: Session, item: Item, *, unless: str | None = None) -> Proposal:
    """Find the exception that silences a rejected finding and the fewest accepted ones.

    Among those that harm none it takes the one that silences the fewest findings
    nobody has decided, then the most rejected ones. ``unless`` is the person's own,
    in the syntax of rule files. Raises CannotLearnError for a rule in code, and
    where no exception does it.
    """
    card = session.cleaner.cards.get(item.finding.rule)
    if card is None:
        raise CannotLearnError(f"rule {item.finding.rule} is not among the rules that run")
    if card.pattern is None:
        raise CannotLearnError(
            f"{card.id} is a check in code ({card.check}), so no pattern can except this. Write the text "
            f"into {card.origin} as a near-miss, see it fail in `cleantext rules test`, and mend the check."
        )
    document = session.document(item)
    found = list(_places(session, card))
    proposals = []
    for pattern in [unless] if unless is not None else candidates(document.text, item.finding):
        changed = _with(card, pattern)
        engine = _engine(changed)
        if _fires_at(engine, document, item.finding):
            continue
        counts = Counter(_silenced(engine, found))
        text = _near_miss(card, changed, document, item.finding)
        proposals.append(Proposal(card, text, pattern, dict(counts)))
    if not proposals:
        raise CannotLearnError("no exception of this kind silences the finding; give your own with --unless")
    return min(proposals, key=_cost)


def _cost(proposal: Proposal) -> tuple[int, int, int]:
    silenced = proposal.silenced
    harm = silenced.get("accepted", 0) + silenced.get("edited", 0)
    return harm, silenced.get("not decided", 0), -silenced.get("rejected", 0)


def candidates(text: str, finding: Finding) -> Iterator[str]:
    """Yield patterns for a finding: its words alone, then with ever more of the words around them."""
    before, after = context_words(text, finding.start, finding.end)
    for left, right in _WIDTHS:
        if left > len(before) or right > len(after):
            continue
        words = [*before[len(before) - left :], *finding.text.split(), *after[:right]]
        body = r"\W+".join(regex.escape(word) for word in words)
        edge = r"\b" if words and words[0][:1].isalnum() else ""
        close = r"\b" if words and words[-1][-1:].isalnum() else ""
        yield f"(?i){edge}{body}{close}".replace("{", "{{")


def _with(card: Card, pattern: str) -> Card:
    from cleantext.rulebook import lexicon

    return msgspec.structs.replace(card, unless=(*card.unless, lexicon.fill(pattern)))


def _engine(card: Card) -> PatternEngine:
    return PatternEngine([card], time_limit=2.0)


def _findings(engine: PatternEngine, document: Document) -> list[Finding]:
    return list(engine.findings(document, lambda _: 1.0, on_timeout=lambda _: None))


def _fires_at(engine: PatternEngine, document: Document, finding: Finding) -> bool:
    return any((f.start, f.end) == (finding.start, finding.end) for f in _findings(engine, document))


def _places(session: Session, card: Card) -> Iterator[tuple[Document, list[Item]]]:
    """Every article in which the rule found something, with its findings."""
    items: dict[int, list[Item]] = {}
    for item in session.store.items("f.rule = ?", (card.id,)):
        items.setdefault(item.document_id, []).append(item)
    for group in items.values():
        yield session.document(group[0]), group


def _silenced(engine: PatternEngine, found: Sequence[tuple[Document, list[Item]]]) -> Iterator[str]:
    for document, items in found:
        left = {(f.start, f.end) for f in _findings(engine, document)}
        for item in items:
            if (item.finding.start, item.finding.end) not in left:
                yield "not decided" if item.state in ("open", "stale") else item.state


def _near_miss(card: Card, changed: Card, document: Document, finding: Finding) -> str:
    """The shortest text around a finding on which the rule spoke and now is silent."""
    text = document.text
    line = document.line_at(finding.start)
    sentences = [m.span() for m in regex.finditer(r"[^.!?]+[.!?]*\W*", text[line.start : line.end])]
    inside = [
        (line.start + a, line.start + b)
        for a, b in sentences
        if line.start + a < finding.end and finding.start < line.start + b
    ]
    spans = [(inside[0][0], inside[-1][1])] if inside else []
    for start, end in [*spans, (line.start, line.end)]:
        part = text[start:end].strip()
        from cleantext.article import Article

        alone = Document(Article(text=part))
        if _findings(_engine(card), alone) and not _findings(_engine(changed), alone):
            return part
    return text[line.start : line.end].strip()


def file_of(card: Card) -> Path:
    """Return the file that a card stands in; raises CannotLearnError where it belongs to the installation."""
    shown, _ = card.origin.rsplit(":", 1)
    if not Path(shown).is_absolute() and shown.startswith("rules/"):
        inside = rules_dir() / shown.removeprefix("rules/")
        if is_plain(inside):
            if rules_dir().name == "_rules":
                raise CannotLearnError(
                    f"{card.id} comes with cleantext and is not to be changed in place. Demote it "
                    f'(demote = ["{card.id}"] in cleantext.toml), or propose the near-miss to the project.'
                )
            return inside
    return Path(shown)


def add(path: Path, proposal: Proposal, why: str = "") -> None:
    """Write a near-miss and its exception into a rule file, once the changed card has proved itself.

    Raises CannotLearnError, and leaves the file alone, where the card no longer
    finds its examples or does not fall silent.
    """
    source = read_plain(path).decode("utf-8")
    new = inserted(source, proposal.card.id, proposal.text, proposal.unless, why)
    draft = Draft(real(path))
    try:
        draft.file.write(new.encode("utf-8"))
        draft.file.flush()
        card = next(c for c in load_file(draft.path, shown=str(path)) if c.id == proposal.card.id)
        _prove(card)
        draft.finish()
    finally:
        draft.drop()


def _prove(card: Card) -> None:
    from cleantext.article import Article

    engine = _engine(card)
    for example in card.examples:
        article = Article(text=example.bad, title=example.title, date=example.date, source=example.source)
        if not _findings(engine, Document(article)):
            raise CannotLearnError(
                f"with this exception {card.id} is silent on its own example {example.bad!r}"
            )
    for miss in card.near_misses:
        article = Article(text=miss.text, title=miss.title, date=miss.date, source=miss.source)
        if _findings(engine, Document(article)):
            raise CannotLearnError(f"{card.id} still fires on {miss.text!r}")


def inserted(source: str, rule: str, text: str, unless: str, why: str = "") -> str:
    """Return a rule file with one more near-miss and exception; everything else stays as it is written."""
    lines = source.split("\n")
    heads = [i for i, row in enumerate(lines) if regex.match(r"\s*\[\[\s*rule\s*\]\]", row)]
    ends = [*heads[1:], len(lines)]
    identity = regex.compile(rf"""\s*id\s*=\s*["']{regex.escape(rule)}["']""")
    for begin, end in zip(heads, ends, strict=True):
        if not any(identity.match(row) for row in lines[begin:end]):
            continue
        inner = next(
            (i for i in range(begin + 1, end) if regex.match(r"\s*\[\[?\s*rule\s*\.", lines[i])), end
        )
        head = _with_unless("\n".join(lines[begin:inner]), unless)
        body = "\n".join(lines[inner:end])
        entry = f"[[rule.near-misses]]\ntext = {string(text)}" + (f"\nwhy = {string(why)}" if why else "")
        block = f"{head}\n{body}".rstrip("\n") + f"\n\n{entry}\n"
        return (
            "\n".join(lines[:begin])
            + ("\n" if begin else "")
            + block
            + ("\n" + "\n".join(lines[end:]) if end < len(lines) else "")
        )
    raise CannotLearnError(f"there is no rule {rule} in the file")


def _with_unless(head: str, pattern: str) -> str:
    found = regex.search(r"^\s*unless\s*=\s*\[", head, regex.MULTILINE)
    if not found:
        return f"{head.rstrip()}\nunless = [{string(pattern)}]\n"
    try:
        at = array_end(head, found.end())
    except ValueError as error:
        raise CannotLearnError(f"the rule's `unless` {error}") from None
    before = head[:at].rstrip()
    comma = "" if before.endswith(("[", ",")) else ","
    newline = "\n  " if "\n" in head[found.end() : at] else " "
    return f"{before}{comma}{newline}{string(pattern)}" + ("\n" if newline != " " else "") + head[at:]
