"""Short articles with a known label: what the line model must still find where nothing else is residue.

Texts that were never web pages teach it that a short line by itself is a heading, an option or a key. A widget's label
above three paragraphs of news is none, and labelled pages, which hold a dozen lines of residue each, show few of that kind.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

import regex

from benchmarks.boilerplate.pages import Labelled
from cleantext.checks.boilerplate.facts import tokens_of, words_in
from cleantext.rulefiles import rules_dir

LABELS = "labels"
WIDGETS = ("share", "follow", "comments", "consent", "newsletter", "advertising")
"""Lists of labels that are residue at any length; of ``OTHERS``, which hold headings, those of two words and more."""
OTHERS = ("related", "navigation")
PARAGRAPHS = (2, 6)
SENTENCES = (1, 4)
"""Fewest and most of what a text has of its article; of every third it has single sentences."""
FEWEST = 12
"""Words of the shortest text."""
_HEADS = regex.compile(r"# (\w\w)")
_SENTENCE = regex.compile(r".{15,200}?[.!?](?=\s|$)")
_WRITTEN = (str.capitalize, str.capitalize, str.title, str.upper, str)


def labels_by_language() -> Mapping[str, Sequence[Sequence[str]]]:
    """Return what the lists have word for word, one sequence a list, by the language that it stands under."""
    found: dict[str, list[list[str]]] = {}
    for name in (*WIDGETS, *OTHERS):
        path = rules_dir() / "boilerplate" / "lines" / f"{name}.txt"
        by_language: dict[str, list[str]] = {}
        language = ""
        for entry in path.read_text("utf-8").split("\n"):
            if head := _HEADS.fullmatch(entry):
                language = head[1]
            elif language and entry and entry[0] not in "#~" and "0" not in entry:
                by_language.setdefault(language, []).append(entry)
        for language, entries in by_language.items():
            found.setdefault(language, []).append(
                entries if name in WIDGETS else [entry for entry in entries if " " in entry]
            )
    return found


def short_texts(clean: Iterable[Labelled]) -> Iterator[Labelled]:
    """Yield the beginning of each clean article in a language that the lists know, with a label or two in it.

    Which labels, how they are written, how much of the article and where they stand is dealt out by its name; the text
    is of its article's fold.
    """
    labels = labels_by_language()
    for article in clean:
        dealt = Random(zlib.crc32(f"{article.source} {article.id}".encode()))
        if dealt.random() < 1 / 3:
            sentences = (found[0] for line in article.lines if (found := _SENTENCE.match(line)))
            prose = list(sentences)[: dealt.randint(*SENTENCES)]
        else:
            prose = list(article.lines[: dealt.randint(*PARAGRAPHS)])
        if article.language not in labels or sum(words_in(tokens_of(line)) for line in prose) < FEWEST:
            continue
        known = dealt.choice(labels[article.language])
        first, written = dealt.randrange(len(known)), dealt.choice(_WRITTEN)
        added = [written(label) for label in known[first : first + dealt.choice((1, 1, 1, 2))]]
        at = dealt.choice((0, 0, len(prose), len(prose), len(prose) // 2))
        lines = (*prose[:at], *added, *prose[at:])
        keep = tuple(not at <= number < at + len(added) for number in range(len(lines)))
        yield article._replace(data=LABELS, lines=lines, keep=keep, read=(False,) * len(lines))
