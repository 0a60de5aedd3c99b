"""Boosted trees of LightGBM as the product walks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np

from cleantext.checks.boilerplate.trees import Trees

Array = np.ndarray[Any, Any]
_LIKELY = -1.5
"""Log odds from which on a line may matter."""
_MISSED = 0.006
"""Share of such lines that a stop may end too soon."""
SHARES = (0.015, 0.03, 0.05, 0.08, 0.12, 0.18, 0.26, 0.36, 0.5, 0.65)
"""Shares of the trees after which there is a stop."""


def exported(models: Sequence[lightgbm.LGBMClassifier], features: Array) -> Trees:
    """Flatten ensembles into one whose sum is their mean, with stops under which almost no training line came out likely.

    Their trees take turns, so that those of a beginning are the mean of beginnings.
    """
    roots: list[int] = []
    columns: tuple[list[Any], ...] = ([], [], [], [], [])
    leaves: list[float] = []
    share_of_each = 1 / len(models)

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"] * share_of_each, 5))
            return ~(len(leaves) - 1)
        feature, threshold, left, right, value = columns
        place = len(feature)
        feature.append(node["split_feature"])
        threshold.append(float(f"{node['threshold']:.7g}"))
        value.append(round(node["internal_value"] * share_of_each, 5))
        left.append(0)
        right.append(0)
        left[place], right[place] = add(node["left_child"]), add(node["right_child"])
        return place

    dumped = [model.booster_.dump_model()["tree_info"] for model in models]
    for trees in zip(*dumped, strict=True):  # `add` fills the columns in order
        for tree in trees:
            roots.append(add(tree["tree_structure"]))  # noqa: PERF401

    def odds(count: int | None) -> Array:
        found: Array = np.mean(
            [model.predict(features, raw_score=True, num_iteration=count) for model in models], axis=0
        )
        return found

    final = odds(None)
    stops = []
    for share in SHARES:
        count = round(len(dumped[0]) * share)
        early = odds(count)
        least = round(float(np.quantile(early[final > _LIKELY], _MISSED)) - 0.02, 3)
        stops.append((count * len(models), least))
        print(f"{(early < least).mean():.0%} of all lines end after {count * len(models)} trees")
    return Trees(tuple(roots), *(tuple(column) for column in columns), tuple(leaves), tuple(stops))  # type: ignore[arg-type]
