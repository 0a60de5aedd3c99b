"""Learn and cross-validate the weights of misattribution.

    python -m benchmarks.attribution.misattribution --data DIR [--write] [--seed N]

DIR holds ``misattribution.jsonl.gz``, ``attribution.jsonl.gz`` and
``phrasing_human.jsonl.gz``. Untouched articles are negative; positive are the
benchmark's swaps and our own (:mod:`misattribution_cases`). A confidence is a
probability under a stated supposition: of 1,000 attributions, RATES are wrong.
Every figure printed is for articles judged by weights learnt from other
articles, and so are how strongly these are held back and what their sums mean: both are
chosen in folds of the articles that are learnt from. ``--write`` fits on all and replaces ``rules/attribution/weights.toml``.
Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.attribution.misattribution_cases import Case, articles, clean_news, swaps
from cleantext.article import Article
from cleantext.checks.attribution.candidates import candidates
from cleantext.checks.attribution.context import AttributionContext, nearest_spelling
from cleantext.checks.attribution.evidence import known_features, may_be_wrong, orphan_features
from cleantext.checks.attribution.introductions import is_orphan, stands_aside
from cleantext.checks.attribution.mentions import find_sites
from cleantext.checks.attribution.offices import offices
from cleantext.checks.attribution.repetition import find_echoes
from cleantext.checks.attribution.shared_offices import is_excused, rivalries
from cleantext.checks.attribution.weighing import WITHOUT_OFFICE, Model
from cleantext.document import Document
from cleantext.logistic import probability
from cleantext.rulefiles import rules_dir

RATES = {"office": 1.0, "unrelated": 0.33, "same": 1.33}
"""Wrong ones of a thousand attributions, by kind: the stated rate of a confidence."""
FLAGGED = "pressure_flagged"
PIVOT = 0.6
"""The probability that scaling leaves as it is: from there on a finding counts as sure."""
SCALE = 20.0
"""How often a row counts against the penalty of large weights: few rows carry much, for wrong speakers are rare."""
KINDS = {
    "office_absent": "office",
    "office_present": "office",
    "unrelated": "unrelated",
    "same_article": "same",
}
FOLDS = 5
STRENGTHS = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Inverses of the penalty (C) that the weights of strangers are tried with."""
KEPT = 0.95
"""Of the swaps that any strength finds at PIVOT, the share that the chosen one must find in folds."""
KNOWN = 3.0
"""The strength of the others' weights: they order what stays below what is shown."""
SUGGESTED = 0.3
"""The strength of the weights by which people are ranked; ten times as much ranks no better in folds."""
LEAST = {"orphan": 3, "known": 4, "suggestion": 5}  # cases a feature must have to get a weight


class Row:
    """One speaker of one case with its features, and, where it is the wrong one, the people to choose from."""

    __slots__ = ("capped", "case", "features", "label", "model", "odds", "ranked", "score", "top", "where")

    def __init__(
        self, case: Case, model: str, features: list[str], label: bool, ranked: list, where: str
    ) -> None:
        self.case, self.model, self.features, self.label = case, model, features, label
        self.ranked, self.where = ranked, where
        self.score = self.odds = 0.0
        self.capped = "rival" not in features and not (model == "orphan" and "echo=3" in features)
        self.top = ""


def rows_of(case: Case) -> list[Row]:
    document = Document(Article(text=case.text, date=case.date))
    scene = AttributionContext(document, offices())
    found = []
    for site in scene.sites:
        if site.side == "apart":
            continue
        label = case.start >= 0 and site.mention.start < case.end and site.end > case.start
        if case.start >= 0 and not label:
            continue
        orphan = is_orphan(scene.uses, site)
        if (not orphan and not may_be_wrong(scene.uses, site)) or stands_aside(scene.uses, site):
            continue
        shared = rivalries(scene, site) if orphan else ()
        if orphan and (is_excused(scene, site, shared) or nearest_spelling(scene.people, site.mention.key)):
            continue
        echoes = find_echoes(scene, site)
        strengths = {key: echo.strength for key, echo in echoes.items()}
        if orphan:
            features = orphan_features(scene, site, shared)
            if strengths:
                features.append(f"echo={max(strengths.values())}")
        else:
            features = known_features(scene, site, echoes)
        ranked = candidates(scene, site, shared, strengths) if label else []
        context = case.text[max(0, site.start - 60) : site.end + 40].replace("\n", "/")
        found.append(Row(case, "orphan" if orphan else "known", features, label, ranked, context))
    return found


def fit(rows: list[tuple[list[str], int, float]], least: int, strength: float) -> Model:
    """Learn a model from features, label and weight of each row; features of fewer than ``least`` rows get no weight."""
    counts = Counter(feature for features, _, _ in rows for feature in set(features))
    kept = {feature for feature, count in counts.items() if count >= least}
    vectors = DictVectorizer()
    x = vectors.fit_transform([dict.fromkeys(kept.intersection(features), 1.0) for features, _, _ in rows])
    y = np.array([label for _, label, _ in rows])
    w = np.array([weight for _, _, weight in rows])
    model = LogisticRegression(C=strength, max_iter=5000).fit(x, y, sample_weight=w * SCALE)
    return Model(
        float(model.intercept_[0]), dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    )


def weighted(
    rows: list[Row], attributions: float, share: float, totals: Counter
) -> list[tuple[list[str], int, float]]:
    """Weigh every positive so that its kind is as frequent as RATES say; ``share``: all speakers to those drawn by chance."""
    found = []
    for row in rows:
        kind = KINDS.get(row.case.kind, row.case.kind)
        if row.label:
            found.append((row.features, 1, RATES[kind] * attributions / 1000 / totals[kind]))
        elif "rival" in row.features:
            found.append((row.features, 0, 1.0))
        elif not row.case.source.startswith(FLAGGED):
            # What was drawn because of a shared office says nothing of how often there is none.
            found.append((row.features, 0, share))
    return found


def hashed_fold(case: Case) -> int:
    return int(case.group[:8], 16) % FOLDS


def half_of(case: Case) -> int:
    """By source where that is clean news, one source against all others; by article elsewhere."""
    if case.source.startswith("pressure"):
        return int(case.source.endswith("/abp"))
    return int(case.group[:8], 16) % 2


class Balance(NamedTuple):
    """What the rows of some articles stand for: speakers in all, their ratio to those drawn by chance, swaps by kind."""

    attributions: float
    share: float
    totals: Counter


def balance(cases: list[Case]) -> Balance:
    attributions = sum(case.attributions for case in cases if case.start < 0)
    drawn = sum(c.attributions for c in cases if c.start < 0 and not c.source.startswith(FLAGGED))
    totals = Counter(KINDS.get(case.kind, case.kind) for case in cases if case.start >= 0)
    return Balance(attributions, attributions / drawn, totals)


def fit_speakers(cases: list[Case], rows: list[Row], name: str, strength: float) -> Model:
    mine = [row for row in rows if row.model == name]
    return fit(weighted(mine, *balance(cases)), LEAST[name], strength)


class Choice(NamedTuple):
    """A strength, and what sums of weights learnt with it mean in articles that they were not learnt from."""

    strength: float
    slope: float
    loss: float
    found: float

    @property
    def scales(self) -> dict[str, tuple[float, float]]:
        return {"orphan": (self.slope, logit(PIVOT) * (1 - self.slope)), "known": (1.0, 0.0)}


def choose(cases: list[Case], rows: list[Row]) -> Choice:
    """Choose how strongly the weights of strangers are held back, and their scale, in folds of these articles alone.

    The choice is the strength of the least loss of those that find nearly as many swaps of office at PIVOT as any.
    """
    mine = [row for row in rows if row.model == "orphan"]
    choices = []
    for strength in STRENGTHS:
        odds = {}
        for fold in range(FOLDS):
            model = fit_speakers(
                [c for c in cases if inner_fold(c) != fold],
                [row for row in mine if inner_fold(row.case) != fold],
                "orphan",
                strength,
            )
            for row in mine:
                if inner_fold(row.case) == fold:
                    odds[id(row)] = model.log_odds(row.features)
        choices.append(scaled(cases, [row for row in mine if not row.capped], odds, strength))
    best = max(choice.found for choice in choices)
    return min((c for c in choices if c.found >= KEPT * best), key=lambda choice: choice.loss)


def scaled(cases: list[Case], rows: list[Row], odds: dict[int, float], strength: float) -> Choice:
    """Learn what a sum of weights means in articles that these were not learnt from: Platt's scaling about one point.

    The probability PIVOT stays where it is, so that what is shown from there on stays the same; the slope, at most 1,
    is that of the greatest likelihood. Weights learnt on few cases are too sure of themselves the further they go.
    """
    known = balance(cases)
    every = [(odds[id(row)], label, w) for row in rows for _, label, w in weighted([row], *known)]
    x, y, w = (np.array(column) for column in zip(*every, strict=True))
    x = x - logit(PIVOT)

    def loss(slope: float) -> float:
        z = slope * x + logit(PIVOT)
        return float((w * (np.logaddexp(0, z) - y * z)).sum())

    slope = float(min(np.arange(0.1, 1.01, 0.02), key=loss))
    return Choice(strength, slope, loss(slope), float((w * y * (x >= 0)).sum() / (w * y).sum()))


def inner_fold(case: Case) -> int:
    return int(case.group[8:16], 16) % FOLDS


def train(cases: list[Case], rows: list[Row], strength: float) -> dict[str, Model]:
    models = {
        "orphan": fit_speakers(cases, rows, "orphan", strength),
        "known": fit_speakers(cases, rows, "known", KNOWN),
    }
    pairs = []
    for row in rows:
        if row.label and any(figure.surname == row.case.right for figure, _ in row.ranked):
            for figure, features in row.ranked:
                right = int(figure.surname == row.case.right)
                pairs.append((features, right, 1.0 / len(row.ranked)))
    models["suggestion"] = fit(pairs, LEAST["suggestion"], SUGGESTED)
    return models


def judge(models: dict[str, Model], rows: list[Row]) -> None:
    for row in rows:
        row.odds = models[row.model].log_odds(row.features)
        if row.ranked:
            best = max(row.ranked, key=lambda pair: models["suggestion"].log_odds(pair[1]))
            row.top = best[0].surname


def logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def rate(rows: list[Row], scales: dict[str, tuple[float, float]]) -> None:
    for row in rows:
        slope, offset = scales[row.model]
        row.score = probability(slope * row.odds + offset) * (WITHOUT_OFFICE if row.capped else 1)


def show(cases: list[Case], rows: list[Row], attributions: Counter) -> None:
    by_case = defaultdict(list)
    for row in rows:
        by_case[id(row.case)].append(row)
    for level in (0.5, 0.6, 0.8):
        false = Counter()
        for row in rows:
            if not row.label and row.score >= level:
                false[row.case.source] += 1
        for own in (False, True):
            hits, right, totals = Counter(), Counter(), Counter()
            by_office = defaultdict(lambda: [0, 0, 0])
            for case in cases:
                if case.start < 0 or case.own is not own:
                    continue
                totals[case.kind] += 1
                flagged = [row for row in by_case[id(case)] if row.score >= level]
                hits[case.kind] += bool(flagged)
                good = any(row.top == case.right for row in flagged)
                right[case.kind] += good
                if case.kind in ("office", "office_absent"):
                    counts = by_office[case.office]
                    counts[0] += 1
                    counts[1] += bool(flagged)
                    counts[2] += good
            line = "  ".join(
                f"{kind} {hits[kind] / n:.3f}/{right[kind] / n:.3f} ({n})"
                for kind, n in sorted(totals.items())
            )
            macro = [sum(c[i] / c[0] for c in by_office.values()) / max(1, len(by_office)) for i in (1, 2)]
            print(f">={level} {'own ' if own else 'gold'} {line}  macro {macro[0]:.3f}/{macro[1]:.3f}")
            if level == 0.6:
                common = sorted(by_office.items(), key=lambda item: -item[1][0])[:14]
                print("     " + ", ".join(f"{o} {c[1]}/{c[2]}/{c[0]}" for o, c in common))
        total = sum(false.values())
        print(
            f"     false {total} = {1000 * total / sum(attributions.values()):.2f} per 1,000; "
            + ", ".join(f"{s} {false[s]}/{n:.0f}" for s, n in sorted(attributions.items()))
        )


def show_at_rate(cases: list[Case], rows: list[Row], attributions: Counter, rate: float) -> None:
    """Print recall at the threshold above which clean news has so many false flags of a thousand speakers."""
    drawn = [source for source in attributions if source.startswith("pressure/")]
    scores = sorted((row.score for row in rows if not row.label and row.case.source in drawn), reverse=True)
    allowed = int(rate * sum(attributions[source] for source in drawn) / 1000)
    level = scores[allowed] if allowed < len(scores) else 0.0
    hits: Counter = Counter()
    for key in {
        (row.case.kind, id(row.case)) for row in rows if row.label and row.score > level and not row.case.own
    }:
        hits[key[0]] += 1
    totals = Counter(case.kind for case in cases if case.start >= 0 and not case.own)
    print(f"above {level:.4f}: " + ", ".join(f"{k} {hits[k] / n:.3f}" for k, n in sorted(totals.items())))


def show_reliability(cases: list[Case], rows: list[Row], attributions: Counter) -> None:
    """Print what share of the flags at each stated probability is right, one speaker of a thousand being a swap of office.

    Each wrong speaker stands for as many as make that rate; candidates of primaries, who hold no office, are left out.
    The interval holds nineteen of twenty draws of as many articles, with replacement.
    """
    swapped = [
        case
        for case in cases
        if KINDS.get(case.kind, case.kind) == "office" and not case.office.endswith("-candidate")
    ]
    each = RATES["office"] * sum(attributions.values()) / 1000 / max(1, len(swapped))
    known = {id(case) for case in swapped}
    groups = {group: number for number, group in enumerate(sorted({case.group for case in cases}))}
    draws = np.random.default_rng(1).poisson(1, (1000, len(groups)))
    for low, high in (*pairwise((0.2, 0.4, 0.6, 0.8, 0.9, 0.99, 1.01)), (0.6, 1.01)):
        right, wrong, said = np.zeros(len(groups)), np.zeros(len(groups)), 0.0
        for row in rows:
            if low <= row.score < high:
                worth = each * (id(row.case) in known) if row.label else 1.0
                (right if row.label else wrong)[groups[row.case.group]] += worth
                said += worth * row.score
        total = right.sum() + wrong.sum()
        if not total:
            continue
        drawn, missed = draws @ right, draws @ wrong
        shares = drawn[drawn + missed > 0] / (drawn + missed)[drawn + missed > 0]
        print(
            f"said {low:.2f} to {high:.2f} (mean {said / total:.2f}): {right.sum() / total:.2f} right of {total:.1f}, "
            f"{wrong.sum():.0f} of them false; {np.quantile(shares, 0.025):.2f} to {np.quantile(shares, 0.975):.2f}"
        )


def show_signs(rows: list[Row]) -> None:
    """Print how often each sign against a known speaker stands in wrong and in right places."""
    wrong, right, flagged = Counter(), Counter(), Counter()
    for row in rows:
        if row.model == "known":
            for feature in row.features:
                if feature.startswith("sign="):
                    (wrong if row.label else right)[feature] += 1
                    flagged[feature, row.label] += row.score >= 0.5
    for sign, count in wrong.most_common():
        print(f"  {sign}: wrong {flagged[sign, True]}/{count}, right {flagged[sign, False]}/{right[sign]}")


def as_toml(name: str, model: Model, scale: Sequence[float] = ()) -> list[str]:
    """Return a model as lines of TOML, as :mod:`cleantext.checks.attribution.weighing` reads it; weights near 0 are left out.

    ``scale`` is slope and offset, where the model has them.
    """
    return [
        "",
        f"[{name}]",
        f"bias = {model.bias:.3f}",
        *(f"{key} = {value:.3f}" for key, value in zip(("slope", "offset"), scale, strict=False)),
        "",
        f"[{name}.weights]",
        *(
            f'"{feature}" = {weight:.3f}'
            for feature, weight in sorted(model.weights.items())
            if abs(weight) >= 0.005
        ),
    ]


def write(models: dict[str, Model], scales: dict[str, tuple[float, float]], path: Path) -> None:
    lines = [
        "# Weights of the evidence against a speaker, in log-odds; written by benchmarks/attribution/misattribution.py.",
        "# Who speaks in news that nobody tampered with is negative. A confidence supposes that of 1,000 attributions so many are wrong: "
        + ", ".join(f"{rate:g} {kind}" for kind, rate in RATES.items())
        + ".",
    ]
    for name, model in models.items():
        lines += as_toml(name, model, scales.get(name, ()))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show-signs", action="store_true")
    parser.add_argument("--halves", action="store_true", help="two folds, clean news by its source")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show-false", type=int, default=0, metavar="N")
    parser.add_argument("--show-missed", default="", metavar="KIND")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    cases = list(articles(options.data))
    table = offices()
    strangers = people_of(cases, table, rng)
    made = [
        copy
        for case in cases
        if case.start < 0 and case.source != "wcxb"
        for copy in swaps(case, table, strangers, rng)
    ]
    cases += made
    cases += clean_news(options.data)
    cases = [
        case._replace(attributions=count(case)) if case.start < 0 and case.attributions < 0 else case
        for case in cases
    ]
    rows = [row for case in cases for row in rows_of(case)]
    attributions: Counter = Counter()
    for case in cases:
        if case.start < 0:
            attributions[case.source] += case.attributions
    total = sum(attributions.values())
    print(f"{len(cases)} cases, {len(rows)} rows, {total:.0f} attributions in untouched articles")
    fold_of = half_of if options.halves else hashed_fold
    for fold in range(2 if options.halves else FOLDS):
        learnt_from = [case for case in cases if fold_of(case) != fold]
        inside = [row for row in rows if fold_of(row.case) != fold]
        choice = choose(learnt_from, inside)
        print("fold", fold, choice)
        outside = [row for row in rows if fold_of(row.case) == fold]
        judge(train(learnt_from, inside, choice.strength), outside)
        rate(outside, choice.scales)
    show(cases, rows, attributions)
    show_at_rate(cases, rows, attributions, 3.0)
    show_reliability(cases, rows, attributions)
    if options.show_signs:
        show_signs(rows)
    worst = sorted((row for row in rows if not row.label), key=lambda row: -row.score)
    for row in worst[: options.show_false]:
        print(f"  {row.score:.2f} {row.model} {row.case.source} | {row.where} | {' '.join(row.features)}")
    if options.show_missed:
        missed = [
            row
            for row in rows
            if row.label
            and row.case.kind == options.show_missed
            and (row.score < 0.6 or row.top != row.case.right)
        ]
        for row in missed[:60]:
            print(
                f"  {row.score:.2f} {row.case.wrong} <- {row.case.right} (said {row.top}) {row.case.office} | {row.where} | {' '.join(row.features)}"
            )
    if options.write:
        choice = choose(cases, rows)
        print("all", choice)
        models = train(cases, rows, choice.strength)
        write(models, choice.scales, rules_dir() / "attribution" / "weights.toml")


def count(case: Case) -> int:
    """Count the one-word speakers whom the article introduces: the denominator of false flags."""
    document = Document(Article(text=case.text))
    return sum(
        1
        for site in find_sites(document)
        if site.side != "apart" and site.one_word and site.mention.key in document.names.by_surname
    )


def people_of(cases: list[Case], table, rng: random.Random) -> list[str]:
    """Return surnames for strangers: of people of all articles, and as many of the table."""
    found = set()
    for case in cases:
        if case.start < 0:
            for person in Document(Article(text=case.text)).names.people:
                if person.gender:
                    found.add(person.surname)
    holders = sorted({term.family for term in table})
    return sorted(found) + rng.sample(holders, min(len(holders), len(found)))


if __name__ == "__main__":
    main()
