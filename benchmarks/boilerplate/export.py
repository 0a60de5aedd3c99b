"""Boosted trees of LightGBM as the product walks them."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np

from cleantext.checks.boilerplate.trees import Trees

Array = np.ndarray[Any, Any]
_LIKELY = -1.5
"""Log odds from which on a line may matter."""
_MISSED = 0.004
"""Share of such lines that a stop may end too soon."""


def exported(model: lightgbm.LGBMClassifier, features: Array) -> Trees:
    """Flatten an ensemble, with stops under which almost no training line came out likely."""
    roots: list[int] = []
    columns: tuple[list[Any], ...] = ([], [], [], [], [])
    leaves: list[float] = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 5))
            return ~(len(leaves) - 1)
        feature, threshold, left, right, value = columns
        place = len(feature)
        feature.append(node["split_feature"])
        threshold.append(float(f"{node['threshold']:.7g}"))
        value.append(round(node["internal_value"], 5))
        left.append(0)
        right.append(0)
        left[place], right[place] = add(node["left_child"]), add(node["right_child"])
        return place

    for tree in model.booster_.dump_model()["tree_info"]:  # `add` fills the columns in order
        roots.append(add(tree["tree_structure"]))  # noqa: PERF401
    final = model.predict(features, raw_score=True)
    stops = []
    for share in (0.04, 0.1, 0.2, 0.4):
        count = round(len(roots) * share)
        early = model.predict(features, raw_score=True, num_iteration=count)
        least = round(float(np.quantile(early[final > _LIKELY], _MISSED)) - 0.02, 3)
        stops.append((count, least))
        print(f"{(early < least).mean():.0%} of all lines end after {count} trees")
    return Trees(tuple(roots), *(tuple(column) for column in columns), tuple(leaves), tuple(stops))  # type: ignore[arg-type]
