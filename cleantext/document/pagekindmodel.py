"""The numbers by which :mod:`.pagekind` judges a text's form, read from ``rules/boilerplate/article-model.json``."""

from __future__ import annotations

from functools import cache

import msgspec

from cleantext.rulefiles import rules_dir

FEATURES = (
    "log_words", "prose_share", "log_prose", "prose_lines", "log_run", "labels", "digits", "digit_lines", "bullets",
    "repeated", "openings", "bars", "board", "shop", "prices", "questions", "addresses", "code", "speaker",
    "mean_prose",
)  # fmt: skip
"""Names of the features of form, in the order of `cleantext.document.pagekind.form`."""


class PageKindModel(msgspec.Struct, frozen=True):
    """What ``article-model.json`` holds.

    ``mean`` and ``scale`` make a feature comparable; ``linear`` is a weight a feature, ``products`` one for each two of
    them, a feature with itself among them, row by row of the upper triangle. ``prior`` is the log odds of an article
    among the texts that people clean; ``half`` the words at which half of the form's evidence counts.
    """

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    linear: tuple[float, ...]
    products: tuple[tuple[float, ...], ...]
    bias: float
    prior: float
    half: float


@cache
def shipped_model() -> PageKindModel:
    """Read the shipped weights; raises ValueError where they belong to other features."""
    path = rules_dir() / "boilerplate" / "article-model.json"
    found = msgspec.json.decode(path.read_bytes(), type=PageKindModel)
    if found.features != FEATURES:
        raise ValueError(
            f"{path.name} was trained on other features: run python -m benchmarks.boilerplate.train_pagekind"
        )
    return found
