"""A model is read by the names of its features: what is newer than it counts for nothing, what it needs must be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.checks.boilerplate.features import NAMES
from cleantext.checks.boilerplate.line_model import for_features, model
from cleantext.checks.boilerplate.patterns import DATE, is_dated


def test_a_new_feature_moves_the_others_and_changes_no_verdict() -> None:
    wider = (*NAMES[:7], "new", *NAMES[7:])
    moved = for_features(model(), wider)
    row = [float(n % 5) / 3 for n in range(len(NAMES))]
    wide = [*row[:7], 99.0, *row[7:]]
    for old, new in ((model().residue, moved.residue), (model().dump, moved.dump)):
        assert new.trees.log_odds(wide) == old.trees.log_odds(row)
        shares = old.trees.contributions(row)
        assert new.trees.contributions(wide) == {n + (n >= 7): share for n, share in shares.items()}


def test_a_feature_that_is_gone_is_named() -> None:
    with pytest.raises(ValueError, match=rf"gone \({NAMES[3]}\): run python -m benchmarks.boilerplate.train"):
        for_features(model(), (*NAMES[:3], *NAMES[4:]))


@given(
    st.lists(
        st.sampled_from(
            ["May", "sept.", "12", "3", "2021", "st", ",", " ", "/", "-", ":", "30", "pm", "GMT", "days", "min", "ago", "x", "é", "月", "日", "’"]
        ),
        max_size=8,
    ).map("".join)
)  # fmt: skip
def test_a_date_is_found_as_by_its_expression(text: str) -> None:
    assert is_dated(text) == (DATE.search(text) is not None)
