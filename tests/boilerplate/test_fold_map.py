"""What figures rest on: no site, and no article, stands on both sides; thresholds come from other folds."""

from __future__ import annotations

import numpy as np

from benchmarks.boilerplate.judge import (
    UNLISTED,
    Verdicts,
    among_english,
    calibration_error,
    figures,
    harmed,
    nested_probabilities,
    nested_safe,
    safe_thresholds,
    site_bound,
)
from benchmarks.boilerplate.pages import FOLDS, Labelled, kept, with_folds

LONG = (
    "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded by "
    "the river in the spring of that year.",
    "A ferry will carry cars and people until the engineers have found out what a new bridge would cost, the mayor "
    "said, and he would not say how long that may be.",
)


def page(host: str, *lines: str, name: str = "one") -> Labelled:
    keep = (True,) * len(lines)
    return Labelled(
        "set", name, "article", "en", "", host, None, None, lines, keep, (False,) * len(lines), "", 0
    )


def test_one_host_is_of_one_fold() -> None:
    pages = with_folds([page("www.post.example", "a"), page("https://post.example/news", "b")])
    assert len({found.group for found in pages}) == 1


def test_one_article_under_two_hosts_is_of_one_fold() -> None:
    one, two, other = with_folds(
        [page("post.example", *LONG), page("copy.example", *LONG), page("other.example", LONG[0])]
    )
    assert one.group == two.group != other.group
    assert one.fold == two.fold


def test_pages_without_a_host_stand_alone() -> None:
    pages = with_folds([page("", f"line {n}", name=str(n)) for n in range(200)])
    assert len({found.group for found in pages}) == 200
    assert {found.fold for found in pages} == set(range(FOLDS))


def test_lines_are_labelled_by_the_main_text() -> None:
    gold = "The council closed the old bridge. A ferry runs."
    lines = [
        "Bridge closed",
        "The council closed the old bridge.",
        "Share",
        "Read more about all our ferries",
        "—",
    ]
    assert list(kept(lines, gold, "Bridge closed")) == [None, True, False, False, None]


def verdicts(label: list[int], odds: list[float], site: list[int]) -> Verdicts:
    count = len(label)
    return Verdicts(
        np.array(label),
        np.ones(count),
        np.array(site),
        np.array(site),
        np.array(site) % FOLDS,
        np.array(odds),
        np.zeros(count, int),
        np.zeros(count, bool),
        np.zeros(count, int),
        np.ones(count, bool),
        np.ones(count, bool),
        np.ones(count),
    )


def test_other_languages_are_calibrated_by_themselves_and_safe_by_the_odds_of_english() -> None:
    # At odds of 0 English lines are article, those of other languages residue.
    site = [n % 50 for n in range(1_000)]
    other = np.arange(1_000) % 2
    odds = [0.0 if n % 4 < 2 else -6.0 for n in range(1_000)]
    label = [int(n % 4 == 1) for n in range(1_000)]
    lines = verdicts(label, odds, site)._replace(bin=other, readable=other == 0)
    probability = nested_probabilities(lines)
    likely = probability[(lines.odds == 0) & (other == 1)]
    assert likely.min() > 0.9 and probability[(lines.odds == 0) & (other == 0)].max() < 0.1
    unlisted = lines._replace(kind=np.full(1_000, UNLISTED))
    assert among_english(unlisted, probability).max() < 0.1
    assert (among_english(lines, probability) == probability).all()  # a list knows them


def test_a_bound_knows_that_lines_of_one_site_go_together() -> None:
    right = np.array([1] * 90 + [0] * 10)
    scattered = site_bound(right, np.arange(100))
    together = site_bound(right, np.arange(100) // 10)
    assert together < scattered < 0.9


def test_a_fold_is_judged_by_what_the_others_teach() -> None:
    # Of fold 0 alone high odds are wrong: its own lines would teach so, and the others do not.
    site = [n % 50 for n in range(1_000)]
    label = [int(n % 2 == 0) if s % FOLDS else int(n % 2) for n, s in enumerate(site)]
    odds = [4.0 if n % 2 == 0 else -4.0 for n in range(1_000)]
    lines = verdicts(label, odds, site)
    probability = nested_probabilities(lines)
    assert probability[(lines.fold == 0) & (lines.odds > 0)].min() > 0.7
    safe = nested_safe(lines, probability, 0.9, 100.0)
    found = figures(lines, safe)
    assert found.taken == 0 or found.precision < 0.9


def test_thresholds_leave_no_more_words_lost_than_asked() -> None:
    label = [1] * 400 + [0] * 400
    odds = [3.0] * 400 + [3.0] * 4 + [-3.0] * 396
    lines = verdicts(label, odds, [n % 80 for n in range(800)])
    probability = 1 / (1 + np.exp(-lines.odds))
    taken = probability >= np.array(safe_thresholds(lines, probability, 0.95, 2.0))[lines.kind]
    assert figures(lines, taken).recall == 1.0
    assert safe_thresholds(lines, probability, 0.95, 0.1) == (1.01,)
    assert harmed(lines, taken) == (4, 80)


def test_the_calibration_error_of_sure_lines_that_are_wrong_is_large() -> None:
    lines = verdicts([1, 0, 1, 0], [0.0] * 4, [0, 1, 2, 3])
    assert calibration_error(lines, np.full(4, 0.5)) == 0.0
    assert calibration_error(lines, np.full(4, 0.99)) > 0.4
