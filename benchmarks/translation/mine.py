"""List word groups that are frequent in machine translation and absent from human text, with examples.

A mine for people who write rules: each group comes with its counts, the languages and systems it stands in,
and sentences beside their reference translation. A group counts once per source article, so that the
topic of one article, translated by ten systems, does not pass for a habit of translation engines.

    python benchmarks/translation/mine.py --data DIR --least 8 --most 800 > mined.txt
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import log
from pathlib import Path

from garble_data import Text, human, translated

TOKEN = re.compile(r"\d[\d.,]*|\w+(?:['’]\w+)*['’]?|[^\w\s]")
QUOTES = str.maketrans("’‘“”„«»–—", '\'\'"""""--')
KEPT = 400


def tokens(segment: str) -> list[str]:
    """Return a segment's lower-cased words and marks; numbers are one class, quotation marks are straight."""
    found = TOKEN.findall(segment.translate(QUOTES))
    return ["<n>" if token[0].isdigit() else token.lower() for token in found]


def shapes(segment: str, kept: set[str]) -> list[str]:
    """Return the same tokens, each word outside ``kept`` as ``X`` (capital) or ``x`` plus its ending."""
    out = []
    for token in TOKEN.findall(segment.translate(QUOTES)):
        low = token.lower()
        if token[0].isdigit():
            out.append("<n>")
        elif low in kept or not token[0].isalpha():
            out.append(low)
        else:
            ending = next((e for e in ("ing", "ed", "ly", "s") if low.endswith(e) and len(low) > 4), "")
            out.append(("X" if token[0].isupper() else "x") + ending)
    return ["^", *out, "$"]


def groups(row: list[str], least: int, longest: int) -> Iterator[tuple[str, ...]]:
    """Yield the n-grams of a row of tokens."""
    for length in range(least, longest + 1):
        for start in range(len(row) - length + 1):
            yield tuple(row[start : start + length])


def mine(
    rows: Iterable[tuple[Text, int, list[str]]],
    people: Iterable[list[str]],
    *,
    least: int,
    longest: int,
    share: float,
) -> list[tuple[float, tuple[str, ...], list[tuple[Text, int]], int]]:
    """Return (score, group, places, human count) of groups in ``least`` source articles or more.

    ``share`` is the most that human text may have per translated place, by words on both sides.
    The score is a share of a log-likelihood ratio: how many articles one translation engine would use the
    group in (a place counts one over the number of translations of its article), against human text.
    """
    rows = list(rows)
    people = list(people)
    translations: dict[str, set[int]] = defaultdict(set)
    for text, _, _ in rows:
        translations[text.document].add(id(text))
    ratio = sum(map(len, (row for _, _, row in rows))) / max(1, sum(map(len, people)))
    kept: list[tuple[float, tuple[str, ...], list[tuple[Text, int]], int]] = []
    alive: set[tuple[str, ...]] | None = None
    for length in range(1, longest + 1):
        documents: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for text, _, row in rows:
            for group in groups(row, length, length):
                if alive is None or (group[:-1] in alive and group[1:] in alive):
                    documents[group].add(text.document)
        frequent = {group for group, where in documents.items() if len(where) >= least}
        alive = frequent
        theirs = Counter(
            group for row in people for group in groups(row, length, length) if group in frequent
        )
        places: dict[tuple[str, ...], list[tuple[Text, int]]] = defaultdict(list)
        for text, number, row in rows:
            for group in groups(row, length, length):
                if group in frequent:
                    places[group].append((text, number))
        for group, where in places.items():
            if theirs[group] * ratio <= share * len(where):
                articles = {id(text): text.document for text, _ in where}.values()
                expected = sum(1 / len(translations[document]) for document in articles)
                score = expected * log((expected + 0.5) / (theirs[group] + 0.5))
                kept.append((score, group, where, theirs[group]))
    kept.sort(key=lambda item: -item[0])
    return kept


def show(
    found: list[tuple[float, tuple[str, ...], list[tuple[Text, int]], int]], most: int, examples: int
) -> None:
    """Print each group on a line, then examples from different source articles."""
    printed: list[tuple[tuple[str, ...], int]] = []
    for _, group, places, theirs in found:
        if len(printed) == most:
            return
        # A longer group that a printed shorter one explains adds nothing.
        if any(
            seen == group[i : i + len(seen)] and count < 1.6 * len(places)
            for seen, count in printed
            for i in range(len(group) - len(seen) + 1)
        ):
            continue
        printed.append((group, len(places)))
        languages = Counter(text.language for text, _ in places)
        vendors = {text.vendor for text, _ in places}
        documents = {text.document for text, _ in places}
        by_language = " ".join(f"{name} {count}" for name, count in languages.most_common())
        print(
            f"{' '.join(group)}\t{len(places)} in {len(documents)} articles, human {theirs}; "
            f"{by_language}; {len(vendors)} systems: {' '.join(sorted(vendors)[:5])}"
        )
        shown: set[str] = set()
        for text, number in places[:: max(1, len(places) // 40)]:
            if text.document in shown or len(shown) == examples:
                continue
            shown.add(text.document)
            reference = text.references[number] if text.references else None
            print(f"    {text.language} {text.vendor}: {text.segments[number][:260]}")
            if reference:
                print(f"        ref: {reference[:260]}")


def main() -> None:
    """Read the articles and print two lists: word groups, then groups of function words and shapes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    parser.add_argument("--least", type=int, default=8, help="source articles a group must stand in")
    parser.add_argument("--most", type=int, default=500, help="groups to print of each list")
    parser.add_argument("--longest", type=int, default=4, help="words of the longest group")
    parser.add_argument(
        "--share", type=float, default=0.03, help="human rate allowed, of the translated rate"
    )
    parser.add_argument("--examples", type=int, default=2)
    parser.add_argument("--language", help="only translations from this language")
    arguments = parser.parse_args()
    machine = translated(arguments.data)
    people = human(arguments.data, machine)
    # Only articles whose human translation is at hand, so that topics cancel out.
    machine = [
        text for text in machine if arguments.language in (None, text.language) and all(text.references)
    ]
    counts = Counter(token for text in people for segment in text.segments for token in tokens(segment))
    common = {token for token, _ in counts.most_common(KEPT) if token[0].isalpha()}
    for title, longest in (("word groups", arguments.longest), ("function words and shapes", 5)):
        shaped = longest == 5
        print(f"\n=== {title} ===")
        found = mine(
            (
                (text, number, shapes(segment, common) if shaped else tokens(segment))
                for text in machine
                for number, segment in enumerate(text.segments)
            ),
            (
                shapes(segment, common) if shaped else tokens(segment)
                for text in people
                for segment in text.segments
            ),
            least=arguments.least if not shaped else 2 * arguments.least,
            longest=longest,
            share=arguments.share,
        )
        show(found, arguments.most, arguments.examples)


if __name__ == "__main__":
    main()
