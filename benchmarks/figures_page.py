"""The page of benchmarks as text, from the figures that :mod:`benchmarks.figures` keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """Return a table in Markdown, with an empty line after it."""
    head = list(head)
    out = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
    return [*out, *("| " + " | ".join(map(str, row)) + " |" for row in rows), ""]


def peers_table(peers: Mapping[str, Any], task: str) -> list[str]:
    """Return what people use today for a task, and on what sample it was measured."""
    of = peers[task]
    return [f"What people use, measured on {of['sample']}:", "", *table(["", of["metric"]], of["rows"])]


def compose(ours: Mapping[str, Any], peers: Mapping[str, Any]) -> str:
    """Return the whole page."""
    rows = [INTRODUCTION, *_seeds(ours["seeds"]), *_residue(ours, peers), *_phrasing(ours, peers)]
    rows += [*_quotes(ours, peers), *_wrong_speakers(ours["misattribution"]), *_encoding(ours["encoding"])]
    return "\n".join(
        [*rows, *_speed(ours["throughput"], ours["peers"], peers), *_batch(ours), *_review(ours)]
    )


INTRODUCTION = """# Benchmarks

Accuracy is measured by *scorers*: programs outside of this repository that know cleantext by its command line only and bring their own data, whose licences do not allow to ship it. They split it into a part to develop on and a part that is kept away. **Everything here is the development part**: rules and thresholds were chosen while looking at it, by rule and not by sentence, so expect somewhat less on text of your own. Where a model was trained on it, the figure by cross-validation is the one to trust.

Peers were measured on samples of the same sources where a table does not say otherwise. Their rows and ours do not share every article: read the order of magnitude.

```sh
python -m benchmarks.figures collect --shared DIR   # runs the scorers in DIR/score over DIR/data
python -m benchmarks.figures table                  # the README's table
make docs                                           # this page
```
"""


def _sample(figures: Mapping[str, Any]) -> str:
    limit = figures["limit"]
    again = f"`python -m benchmarks.figures collect --shared DIR --only {figures['scorer']}`"
    if limit:
        return f"*At most {limit} articles of each file* ({again[:-1]} --limit {limit}`)."
    return f"*All articles of the development part* ({again})."


def _seeds(figures: Mapping[str, Any]) -> list[str]:
    return [
        "## The two seed articles",
        "",
        f"Of {figures['must']} defects that must be found {figures['must_found']} are, {figures['must_right']} with a right first fix; "
        f"of {figures['should']} that should, {figures['should_found']} and {figures['should_right']}. "
        f"{figures['keep_violated']} passages that must stay were touched; {figures['outside_gold']} findings stand outside of what was marked. "
        "These two articles were always in sight, so this says that nothing broke, and no more. "
        "`python -m benchmarks.figures collect --shared DIR --only seeds`.",
        "",
    ]


def _residue(ours: Mapping[str, Any], peers: Mapping[str, Any]) -> list[str]:
    figures = ours["boilerplate"]
    rows = []
    for data, name in (("boilerplate", "extracted articles"), ("pagedump", "whole pages")):
        for part, label in (("all", name), ("aeb", f"{name}, news alone")):
            for tier, said in (("safe", "safe"), ("review", "safe and review from 0.5")):
                f = figures[data][part][tier]
                rows.append(
                    (
                        label,
                        f["docs"],
                        said,
                        f"{f['precision']:.3f}",
                        f"{f['recall']:.3f}",
                        f"{f['f1']:.3f}",
                        f"{f['words_lost_pct']:.3f} %",
                    )
                )
    out = [
        "## Residue around articles",
        "",
        f"{_sample(figures)} Lines removed, against labels. In-sample: the line model was trained on these articles.",
        "",
        *table(
            ["", "articles", "what is applied", "precision", "recall", "line F1", "article words lost"], rows
        ),
    ]
    cross = ours.get("boilerplate-cross-validated")
    if cross:
        out += [
            "The same by cross-validation over sites, and peers given the very same lines "
            "(`python -m benchmarks.boilerplate.compare --data DIR`), extracted articles; [other pages](peers.md) apart:",
            "",
            *table(["system", "precision", "recall", "line F1", "article words lost"], cross["rows"]),
        ]
    return [*out, *peers_table(peers, "residue")]


def _phrasing(ours: Mapping[str, Any], peers: Mapping[str, Any]) -> list[str]:
    figures = ours["phrasing"]
    rows = []
    for tier, said in (("safe", "safe"), ("review", "review from 0.5")):
        for family, f in figures[tier]["family"].items():
            share = "" if f["improved_share"] is None else f"{f['improved_share']:.3f}"
            rows.append(
                (
                    family,
                    said,
                    f["segments"],
                    f["improved"],
                    f["neutral"],
                    f["harmed"],
                    share,
                    f["flags_per_1k_words"],
                )
            )
    human = [
        (name, f["docs"], figures["safe"]["human"][name]["flags_per_1k_words"], f["flags_per_1k_words"])
        for name, f in figures["review"]["human"].items()
        if name != "human"
    ]
    return [
        "## Machine translation",
        "",
        f"{_sample(figures)} A changed segment is improved, neutral or harmed as its distance to the reference falls, stays or rises.",
        "",
        *table(
            ["system / reference", "applied", "segments", "improved", "neutral", "harmed", "improved share", "flags per 1,000 words"],
            rows,
        ),
        "On text by people, where nearly every flag is false:",
        "",
        *table(["", "articles", "safe flags per 1,000 words", "flags from 0.5"], human),
        *peers_table(peers, "phrasing"),
        "LanguageTool on all of it: [what it is worth](languagetool.md#what-it-is-worth). Rule by rule: [measured rules](rules-measured.md).",
        "",
    ]  # fmt: skip


def _quotes(ours: Mapping[str, Any], peers: Mapping[str, Any]) -> list[str]:
    figures = ours["attribution"]
    rows = [
        (kind, f["gold"], f"{f['quote_recall']:.3f}", f"{f['speaker_recall']:.3f}", f"{f['speaker_precision']:.3f}", f"{f['f1']:.3f}")
        for kind in ("direct+mixed", "indirect", "all")
        for f in [figures[kind]]
    ]  # fmt: skip
    return [
        "## Who said what",
        "",
        f"{_sample(figures)} US political news with annotated attributions.",
        "",
        *table(["quotations", "annotated", "found", "with the right speaker", "precision", "F1"], rows),
        *peers_table(peers, "quotes"),
    ]


def _wrong_speakers(figures: Mapping[str, Any]) -> list[str]:
    kinds = {
        "office_absent": "predecessor or successor, not named in the article",
        "office_present": "the same, and named",
        "unrelated": "a public figure from elsewhere",
        "same_article": "another person of the article",
    }
    rows = [
        (said, f["n"], level, f"{f['recall']:.3f}", f"{f['right']:.3f}", figures[level]["false_per_1000"])
        for kind, said in kinds.items()
        for level in (">=0.5", ">=0.6")
        for f in [figures[level]["kinds"][kind]]
    ]
    return [
        "## Words in the wrong mouth",
        "",
        f"{_sample(figures)} One surname was swapped in each article; false flags are counted in {figures['>=0.5']['untouched']} untouched ones. "
        "No other tool was found that looks for this inside one article.",
        "",
        *table(["who was put in", "cases", "confidence", "found", "right name offered", "false flags per 1,000 speakers"], rows),
    ]  # fmt: skip


def _encoding(figures: Mapping[str, Any]) -> list[str]:
    rows = [(name, f["n"], f["ok"]) for name, f in figures["safe"].items()]
    return [
        "## Encoding",
        "",
        f"{_sample(figures)} Cases of ftfy's own suite, and clean articles read in a wrong encoding. Repair is ftfy's; "
        "cleantext leaves more alone where it is unsure, and says each change as an edit.",
        "",
        *table(["", "cases", "as wanted"], rows),
    ]


def _speed(figures: Mapping[str, Any], timed: Mapping[str, Any], peers: Mapping[str, Any]) -> list[str]:
    others = [
        (
            name,
            f"{one['ratio']:.2f}",
            f"{one['cold']:.2f}",
            f"{one['first']:.2f} s",
            f"{one['memory']:.0f} MB",
        )
        for name, one in sorted(timed["tools"].items(), key=lambda item: -item[1]["ratio"])
    ]
    rows = []
    for label, kind in figures.items():
        if "ratios" not in kind:
            continue
        speed = kind["MB/s"]
        rows += [
            (label, name, f"{speed[name]:.2f}", f"{speed[name] / speed['ftfy.fix_text']:.2f}")
            for name in ("whole check", *(n for n in speed if n.startswith("only ")))
        ]
    return [
        "## Speed",
        "",
        "One process; both are timed in turns on the same articles, and the fast paths are held against their slow twins. "
        "A shared machine: read the ratios. `python -m benchmarks.throughput --data DIR --write FILE`.",
        "",
        *table(["articles", "", "MB/s", "against ftfy.fix_text"], rows),
        f"Each tool in an environment of its own, in turns with ftfy, on {timed['articles']} clean articles of the same file "
        "(`python -m benchmarks.throughput.peers --data DIR --write FILE --plot FILE`):",
        "",
        *table(
            ["", "against ftfy.fix_text", "the first time over", "CPU to the first answer", "peak memory"],
            others,
        ),
        "![Speed of each tool against ftfy.fix_text, on a logarithmic scale](pictures/speed.svg)",
        "",
        *peers_table(peers, "speed"),
    ]


def _batch(ours: Mapping[str, Any]) -> list[str]:
    out = ["## Runs over a corpus", ""]
    if memory := ours.get("memory"):
        rows = [
            (f"{size['articles']:,}", f"{size['peak_mb']:.0f} MB")
            for size in (memory["small"], memory["large"])
        ]
        out += [
            f"Peak memory of `cleantext {memory['command']}` with {memory['jobs']} worker, articles written for it and varied "
            "(`python benchmarks/batch/memory.py --small N --large N`):",
            "",
            *table(["articles", "peak memory"], rows),
        ]
    if workers := ours.get("workers"):
        out += [
            f"Two workers do {workers['ratio']:.2f} times the work of one, on {workers['cores']} cores of which other programs "
            f"kept {workers['load']:.1f} busy (`python benchmarks/batch/workers.py`).",
            "",
        ]
    return out if len(out) > 2 else []


def _review(ours: Mapping[str, Any]) -> list[str]:
    out = ["## Review", ""]
    if keys := ours.get("keys"):
        kinds = ("offset", "rule, count", "rule, match, count", "whole fingerprint", "ours")
        rows = []
        for change, found in keys["changes"].items():
            rows.append((change, *(f"{found[kind][0]:.1f} / {found[kind][1]:.2f}" for kind in kinds)))
        out += [
            f"How many of {keys['findings']:,} decisions stay on their finding when the article changes, and how many slip to "
            "another one, in per cent, by what a decision hangs on (`python -m benchmarks.review.keys --data DIR --limit "
            f"{keys['limit']}`):",
            "",
            *table(["kept / slipped", *kinds], rows),
        ]
    if queue := ours.get("queue"):
        said = {
            "queue": "the first page, the store just opened",
            "filtered": "a filtered page",
            "decide": "one decision, on the disk (by the clock)",
            "answer": "an answer and the page after it",
            "group": "a decision on a whole group",
        }
        out += [
            f"What a person waits for, with {queue['findings']:,} findings in the store, in CPU time "
            f"(`python -m benchmarks.review.speed --findings {queue['findings']}`):",
            "",
            *table(["", "ms"], [(what, f"{queue[name]:.1f}") for name, what in said.items()]),
        ]
    return out if len(out) > 2 else []
