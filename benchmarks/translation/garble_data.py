"""The articles that the garble programs learn and measure on, read from the evaluation data's directory."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleantext.document.lines import split_lines
from cleantext.document.sentences import split_sentences

HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Text:
    """One article, translated by one system or written by people.

    ``document`` names the source article: every translation and the reference of
    one article share it, so that a split by document lets no article stand on
    both sides. ``vendor`` groups all systems of one maker over years and
    language pairs; it is ``human`` for references and bodies. ``family`` is the
    kind of system, or where a human text comes from.
    """

    document: str
    vendor: str
    family: str
    language: str
    segments: tuple[str, ...]
    references: tuple[str | None, ...] = ()

    @property
    def text(self) -> str:
        """The article, a segment a line."""
        return "\n".join(self.segments)

    @property
    def words(self) -> int:
        """Space-separated words of the article."""
        return sum(len(segment.split()) for segment in self.segments)


def vendor_of(system: str) -> str:
    """Return the maker of a system, whatever its year, run and spelling.

    >>> vendor_of("rbmt4.0"), vendor_of("rbmt-4"), vendor_of("PROMT-Hybrid.3084"), vendor_of("onlineC.0")
    ('rbmt-4', 'rbmt-4', 'promt', 'online-c')
    """
    name = system.lower()
    numbered = re.match(r"(rbmt|online|commercial)[-_]?([0-9a-z])", name)
    if numbered:
        return f"{numbered[1]}-{numbered[2]}"
    return re.match(r"[a-z]+", name)[0]  # type: ignore[index]


def read(path: Path) -> list[dict[str, Any]]:
    """Read a ``.jsonl.gz`` file whole."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def document_of(article_id: str) -> str:
    """Return the source article of a translation or reference: its id without data set, pair and system."""
    parts = article_id.split("/")
    year = re.sub(r"\D", "", parts[0])
    skip = 2 if parts[0].startswith("ref") else 3
    return "/".join([year, *parts[skip:]])


def translated(data: Path) -> list[Text]:
    """Read every machine translation that stands as an article (one-sentence records are left out)."""
    texts = []
    for record in read(data / "phrasing_mt.jsonl.gz"):
        if record["family"] == "nmt":
            continue
        texts.append(
            Text(
                document=document_of(record["id"]) if record["ref"] == "independent" else record["id"],
                vendor=vendor_of(record["system"]),
                family=record["family"] if record["ref"] == "independent" else "smt-moses",
                language=record["lp"].split("-")[0],
                segments=tuple(segment["text"] for segment in record["segments"]),
                references=tuple(segment["reference"] for segment in record["segments"]),
            )
        )
    return texts


def human(data: Path, translations: list[Text]) -> list[Text]:
    """Read human articles: the references of the translated ones, and bodies of news and blogs."""
    texts = []
    seen = set()
    for record in read(data / "phrasing_human.jsonl.gz"):
        newstest = record["source"] == "newstest"
        document = document_of(record["id"]) if newstest else record["id"]
        seen.add(document)
        segments = tuple(record["text"].split("\n"))
        texts.append(Text(document, HUMAN, record["source"], "en", segments))
    for text in translations:
        if text.family == "smt-moses" or text.document in seen or None in text.references:
            continue
        seen.add(text.document)
        texts.append(Text(text.document, HUMAN, "newstest", "en", tuple(map(str, text.references))))
    return texts


def other_human(data: Path) -> list[Text]:
    """Read human news from the attribution files, where they are: original English, no translations.

    Left out: articles with a swapped speaker, machine translations, and bodies that stand among ``human`` already.
    """
    texts = []
    seen: set[str] = set()
    for name in ("attribution", "misattribution"):
        path = data / f"{name}.jsonl.gz"
        for record in read(path) if path.exists() else ():
            if record.get("swaps") or record.get("src") in ("wmtmt", "sh") or record["text"] in seen:
                continue
            seen.add(record["text"])
            texts.append(Text(record["id"], HUMAN, "other", "en", tuple(record["text"].split("\n"))))
    return texts


def other_prose(folder: Path) -> list[Text]:
    """Read prose that is no news: addresses, essays, novels, dictionaries, manuals, handbooks.

    The folder holds ``*.jsonl`` files with a text a line, ``{"package": …, "text": …}``. The package stands for the
    document, so that a model which must not have seen a text has seen no other of its package.
    """
    texts = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            text = record["text"]
            sentences = split_sentences(text, split_lines(text))
            segments = tuple(" ".join(text[start:end].split()) for start, end in sentences)
            texts.append(Text(record["package"], HUMAN, "prose", "en", segments))
    return texts
