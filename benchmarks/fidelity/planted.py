"""Articles of which a sentence is deleted, and into which one of another article is put, in known places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.fidelity.data import pick, rows
from cleantext.fidelity.gaps import Gap

Span = tuple[int, int]


class Planted(NamedTuple):
    """A translation with its original; ``span`` is the sentence of the original that is deleted, or the one put in."""

    document: str
    lang: str
    original: str
    text: str
    side: str
    span: Span
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


def joined(paragraphs: list[list[str]]) -> tuple[str, tuple[Span, ...]]:
    """Return a text, a line to a paragraph, and the spans of its sentences."""
    text, spans = "", []
    for paragraph in paragraphs:
        for sentence in paragraph:
            spans.append((len(text), len(text) + len(sentence)))
            text += sentence + " "
        text = text[:-1] + "\n\n"
    return text.rstrip("\n"), tuple(spans)


def planted(folder: Path) -> Iterator[Planted]:
    """Yield each translation whole (``side`` is ``""``), and with a sentence deleted and one put in, within it and anywhere."""
    documents = list(rows(folder, "articles-with-systems"))
    for number, row in enumerate(documents):
        original, here = joined(row["source"])
        systems = {name: t for name, t in row["systems"].items() if pick(row["id"] + name, 4) == 0}
        for name, target in (row["references"] | systems).items():
            text, there = joined(target)
            if len(here) != len(there) or len(here) < 4:
                continue
            key = f"{row['id']}|{name}"
            common = (row["id"], row["lang"], original)
            yield Planted(*common, text, "", (0, 0), (here, there))
            within = 1 + pick(key + "at", len(here) - 2)
            for at in (within, pick(key + "anywhere", len(here))):
                (start, end), (low, high) = here[at], there[at]
                if end - start >= 30:
                    yield Planted(
                        *common, text[:low] + text[high:].lstrip(" "), "missing", here[at], (here, ())
                    )
                other = documents[(number + 1 + pick(key + "other", len(documents) - 1)) % len(documents)]
                strange = [
                    s
                    for p in next(iter(other["references"].values()))
                    for s in p
                    if 8 <= len(s.split()) <= 40
                ]
                if strange:
                    sentence = strange[pick(key + "strange", len(strange))]
                    put = text[:low] + sentence + " " + text[low:]
                    yield Planted(*common, put, "added", (low, low + len(sentence)), (here, ()))


def is_planted(gap: Gap, article: Planted) -> bool:
    """Whether a gap covers half of the sentence that was deleted or put in."""
    start, end = article.span
    return gap.side == article.side and min(gap.end, end) - max(gap.start, start) >= 0.5 * (end - start)
