"""What a run counted."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cleantext.finding import Finding


class Tally(msgspec.Struct):
    """Counts that add up over chunks.

    ``articles`` were read, ``flagged`` have findings, ``changed`` were changed;
    ``errors`` counts failures. ``rules`` maps ``"ID name applicability"`` to how
    often, ``applied`` how many of those were applied, ``held`` why fixes wait for review that are safe elsewhere to how many. ``last`` is the path of the last flagged article. ``touched`` are the files and
    directories that the user named and in which files were rewritten.
    """

    articles: int = 0
    flagged: int = 0
    changed: int = 0
    errors: int = 0
    rules: dict[str, int] = {}
    applied: dict[str, int] = {}
    held: dict[str, int] = {}
    last: str | None = None
    touched: list[str] = []
    editor: dict[str, int] = {}
    """What the model editor did: passages ``asked``, edits ``proposed``, edits and replies ``refused``."""

    def count(
        self, path: str, left: Iterable[Finding], applied: Iterable[Finding] = (), *, changed: bool = False
    ) -> None:
        """Count an article, what was applied in it and what was left."""
        self.articles += 1
        self.changed += changed
        found = False
        for findings, counts in ((applied, (self.rules, self.applied)), (left, (self.rules,))):
            for finding in findings:
                found = True
                key = f"{finding.rule} {finding.name} {finding.applicability}"
                for counted in counts:
                    counted[key] = counted.get(key, 0) + 1
                if finding.held:
                    self.held[finding.held] = self.held.get(finding.held, 0) + 1
        if found:
            self.flagged += 1
            self.last = path

    def count_editing(self, asked: int, proposed: int, refused: int) -> None:
        """Count what the model editor did in an article."""
        for name, n in (("asked", asked), ("proposed", proposed), ("refused", refused)):
            self.editor[name] = self.editor.get(name, 0) + n

    def add(self, other: Tally) -> None:
        """Add the counts of a chunk."""
        self.articles += other.articles
        self.flagged += other.flagged
        self.changed += other.changed
        self.errors += other.errors
        for mine, theirs in (
            (self.rules, other.rules),
            (self.applied, other.applied),
            (self.held, other.held),
            (self.editor, other.editor),
        ):
            for key, n in theirs.items():
                mine[key] = mine.get(key, 0) + n
        self.last = other.last or self.last

    def held_back(self) -> str:
        """Say in one line what waits for review that is safe elsewhere, and why; empty where nothing does."""
        if not self.held:
            return ""
        reasons = sorted(self.held.items(), key=lambda item: (-item[1], item[0]))
        return "Held back for review: " + "; ".join(f"{n} ({reason})" for reason, n in reasons) + "."

    @property
    def findings(self) -> int:
        """How many findings there are."""
        return sum(self.rules.values())
