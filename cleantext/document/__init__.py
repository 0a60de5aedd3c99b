"""The read-only view of an article that rules see, each part worked out once, when first asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple, Protocol

from cleantext.article import Article
from cleantext.document.attribution import Quotation
from cleantext.document.frenchtitles import french_titled
from cleantext.document.garble import Garble, garble
from cleantext.document.ignored import Ignored, ignored, misspelled
from cleantext.document.language import ENGLISH, Language, detect, from_tag, is_foreign
from cleantext.document.lines import Line, contents, filled_lines, split_lines
from cleantext.document.markdown import Regions, regions
from cleantext.document.names import Names, find_names
from cleantext.document.older import reads_older
from cleantext.document.once import once
from cleantext.document.pagekind import PageKind, page_kind
from cleantext.document.places import Places
from cleantext.document.quotations import QuotationMarks, find_quotations
from cleantext.document.repeats import site_of
from cleantext.document.runs import Runs, capital_runs
from cleantext.document.sentences import split_sentences
from cleantext.document.spans import Span
from cleantext.document.speakers import attribute
from cleantext.finding import Edit

__all__ = ["NAME_CLASSES", "Corpus", "Document", "Elsewhere", "Line"]


class Elsewhere(NamedTuple):
    """The same words, quoted in another article of the corpus.

    ``speaker`` is the fullest name that the other article gives; ``article`` what
    it is known by there (its id, url or a hash), ``path`` and ``line`` where it
    was read. ``overlap`` is the share, 0 to 1, of the shorter quotation's
    five-word shingles that stand in the other one too.
    """

    speaker: str
    quotation: str
    article: str
    date: str | None
    source: str | None
    title: str | None
    path: str
    line: int | None
    overlap: float


class Corpus(Protocol):
    """What only many articles can tell; :mod:`cleantext.corpus` keeps it."""

    def site_lines(self, source: str) -> Mapping[str, int]:
        """Return the normalised lines that repeat over a site's articles, and in how many distinct ones each stands.

        ``source`` is :attr:`Document.site`; a line is looked up by
        :func:`cleantext.document.repeats.normal_line`, a paragraph or a sentence by
        the keys of :func:`cleantext.document.voice.units`. Near-duplicate articles
        count as one; every line given stands in two or more.
        """

    def site_articles(self, source: str) -> int:
        """Return the number of distinct articles of a site, near-duplicates counted as one."""

    def same_quotations(self, quotation: str, *, article: Article) -> tuple[Elsewhere, ...]:
        """Return where other articles quote the same words, whoever speaks them there.

        ``article`` is the one that is asked about: it is left out itself, its
        near-duplicates are not (a copy with another name in it is what one looks
        for). Most overlap first, then by article.
        """


NAME_CLASSES = frozenset(["french-titled", "person"])
"""Classes found in the article itself, to which a rule may hold a group of its pattern."""
HUMAN, GARBLED = 0.2, 0.8
"""Garble probabilities up to which an article reads human, and from which it reads garbled."""

SHORT = 900
"""Code points, some 150 words, below which a text is too short to be told for garbled."""


class Document:
    """An article and what can be read off it. Immutable; views are computed on demand."""

    def __init__(self, article: Article, corpus: Corpus | None = None) -> None:
        """Wrap an article; nothing is computed yet."""
        self.article = article
        # A subclass, such as a parser's own strings, is no text to what is built in C.
        self.text = article.text if type(article.text) is str else str.__str__(article.text)
        self.corpus = corpus
        self.notes: dict[object, Any] = {}
        """What checks worked out of the text and ask for again, by who worked it out."""

    @once
    def lines(self) -> tuple[Line, ...]:
        """The lines, in order, line ends left out."""
        return split_lines(self.text)

    @once
    def markup(self) -> Regions | None:
        """What a Markdown article holds beside its prose; None where the article is plain text."""
        return regions(self.text, self.lines) if self.article.markup == "markdown" else None

    @once
    def ignored(self) -> tuple[Ignored, ...]:
        """What comments in a Markdown article switch off."""
        return () if self.markup is None else ignored(self.text, self.lines, self.markup)

    @once
    def misspelled(self) -> tuple[Span, ...]:
        """Comments in a Markdown article that would switch something off, were they written as such a comment is."""
        return () if self.markup is None else misspelled(self.text, self.lines, self.markup)

    @once
    def places(self) -> Places:
        """Which lines are no running text: code, front matter, tables, verse, dialogue."""
        return Places(self.text, self.lines)

    @once
    def filled(self) -> tuple[Line, ...]:
        """The lines that are not blank, without the blank space around them kept in or out: spans as in `lines`."""
        return filled_lines(self.text, self.lines)

    @once
    def contents(self) -> list[str]:
        """What stands in each of the `filled` lines, without the blank space around it."""
        return contents(self.text, self.filled)

    @once
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @once
    def _filled_starts(self) -> list[int]:
        return [line.start for line in self.filled]

    @once
    def site(self) -> str:
        """The site whose lines the corpus index counts: source, else host, else ``""``."""
        return site_of(self.article)

    def line_at(self, offset: int) -> Line:
        """Return the line that holds a code point (its line end belongs to it)."""
        if not self.lines:
            return Line(0, 0, 0)
        return self.lines[max(0, bisect_right(self._line_starts, offset) - 1)]

    def is_foreign_at(self, offset: int) -> bool:
        """Say whether the line that holds a code point is plainly not in English; asked once a line."""
        line = self.line_at(offset)
        known: dict[int, bool] = self.notes.setdefault(is_foreign, {})
        if line.start not in known:
            known[line.start] = is_foreign(self.text[line.start : line.end])
        return known[line.start]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of a code point, both counted from 1."""
        if not self.lines:
            return 1, 1
        number = max(1, bisect_right(self._line_starts, offset))
        line = self.lines[number - 1]
        if offset >= line.next > line.end:  # the point after the last line end
            return number + 1, offset - line.next + 1
        return number, offset - line.start + 1

    def filled_around(self, offset: int) -> tuple[int, int]:
        """Count the lines that are not blank before and after the one that holds a code point."""
        at = bisect_right(self._filled_starts, offset) - 1
        return max(0, at), len(self.filled) - 1 - at

    @once
    def _pivot(self) -> int:
        """Number, among `filled`, of the longest line."""
        lengths = [end - start for start, end, _ in self.filled]
        return lengths.index(max(lengths))

    def line_deletion(self, offset: int) -> Edit:
        """Return the edit that deletes the line that holds a code point, together with one gap to a neighbour.

        Lines above the article's longest line take the line end and blank lines
        after them, lines below it those before them, and the longest line none: so
        neighbouring lines may all be deleted without edits that overlap, no
        blank line is left over, and the end of the file stays as it was.
        """
        at = bisect_right(self._filled_starts, offset) - 1
        if at < 0:
            line = self.line_at(offset)
            return Edit(line.start, line.next, "")
        line = self.filled[at]
        if at < self._pivot:
            return Edit(line.start, self.filled[at + 1].start, "")
        if at > self._pivot:
            return Edit(self.filled[at - 1].end, line.end, "")
        return Edit(line.start, line.end, "")

    @once
    def band(self) -> Literal["human", "unsure", "garbled"]:
        """How the article reads, as the records of rules are kept apart by it.

        A short text is never garbled: a few foreign words, or one clumsy sentence, make up most of it.
        """
        probability = self.garble.probability
        if len(self.text) < SHORT:
            return "human" if probability <= HUMAN else "unsure"
        return "garbled" if probability >= GARBLED else "human" if probability <= HUMAN else "unsure"

    @once
    def garble(self) -> Garble:
        """How surely this is raw machine translation, and from which language."""
        return garble(self.text)

    @once
    def reads_older(self) -> bool:
        """Whether this is older prose, which keeps what today's usage counts as a fault."""
        return reads_older(self.text)

    @once
    def read_as(self) -> Language:
        """The language, and whether nothing speaks against English."""
        tag = self.article.lang
        known = None if tag is None else from_tag(tag)
        return detect(self.text) if known is None else ENGLISH if known == "en" else Language(known, False)

    @property
    def language(self) -> str | None:
        """The language (ISO 639-1): what the article says of itself, else what its words say; None where they say none."""
        return self.read_as.code

    def is_in(self, languages: Collection[str]) -> bool:
        """Say whether the article is in one of these languages (ISO 639-1; ``*`` is any).

        A text too short to tell counts as English.
        """
        return self.read_as.is_one_of(languages)

    @once
    def page_kind(self) -> PageKind:
        """How surely this is an article at all, and no list, forum, error message or robot check."""
        return page_kind(self.contents)

    @once
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, in order."""
        return split_sentences(self.text, self.lines)

    @once
    def quotations(self) -> tuple[QuotationMarks, ...]:
        """The stretches between quotation marks, in order, never overlapping."""
        return find_quotations(self.text, self.lines)

    @once
    def names(self) -> Names:
        """The names, and the people whom the article introduces."""
        return find_names(self.text, self.capital_runs)

    @once
    def capital_runs(self) -> Runs:
        """The runs of capitalised words, among which the names are."""
        return capital_runs(self.text)

    @once
    def attributions(self) -> tuple[Quotation, ...]:
        """Who said what, in order of start; nothing where the text is not English, whose cues are the only ones known."""
        if not self.is_in(("en",)):
            return ()
        return attribute(
            self.text,
            lines=self.lines,
            sentences=self.sentences,
            quotations=self.quotations,
            names=self.names,
        )

    @once
    def _quotation_starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]

    def in_quotation(self, start: int, end: int) -> bool:
        """Say whether a span touches what stands between quotation marks."""
        at = bisect_right(self._quotation_starts, end) - 1
        return at >= 0 and self.quotations[at].end > start

    def quotations_touching(self, start: int, end: int) -> tuple[QuotationMarks, ...]:
        """Return the quotations that share a code point with a span, or hold an insertion."""
        at = bisect_right(self._quotation_starts, max(start, end - 1))
        low = at
        while low and self.quotations[low - 1].end > start:
            low -= 1
        return self.quotations[low:at]

    def knows(self, kind: str, name: str) -> bool:
        """Say whether a name belongs to a class found in the article itself.

        Raises KeyError for a class that is none of `NAME_CLASSES`.
        """
        return {"person": self._is_person, "french-titled": self._is_french_titled}[kind](name)

    def _is_person(self, name: str) -> bool:
        return name.split()[-1].strip("'’.,") in self._surnames if name.split() else False

    def _is_french_titled(self, name: str) -> bool:
        return name in self._french_titled

    @once
    def _french_titled(self) -> frozenset[str]:
        return french_titled(self.text, self.names.people)

    @once
    def _surnames(self) -> frozenset[str]:
        return frozenset(person.surname for person in self.names.people)
