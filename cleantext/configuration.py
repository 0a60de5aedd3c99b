"""What a user may choose, as one frozen value; nothing here reads a file."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

DEFAULT_MIN_CONFIDENCE = 0.5
"""Probability below which a finding is hidden where nobody says otherwise."""


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A house style; a rule that rests on it is silent where the choice is None."""

    quotes: Literal["curly", "straight"] | None = None
    dash: Literal["en", "em", "hyphen"] | None = None
    percent: Literal["sign", "percent", "per cent"] | None = None
    punctuation: Literal["american", "british"] | None = None


class Trust(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """When a rule's own record in the review store makes it ``safe``."""

    lower_bound: float = 0.98
    min_decisions: int = 149


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Where decisions are kept and how far they are trusted."""

    store: str | None = None
    trust: Trust | None = None


class Attribution(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Further office-holder tables, as paths beside the configuration file, and how often a speaker is wrong.

    ``prior`` is the share of attributions that are supposed to have a wrong speaker, between 0 and 1.
    ``no_persons`` are names that no person bears: nobody of that name is a misattributed speaker, or the right one.
    """

    offices: tuple[str, ...] = ()
    no_persons: tuple[str, ...] = ()
    prior: Annotated[float, msgspec.Meta(gt=0, lt=1)] = 0.001


class LanguageTool(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Whether LanguageTool is asked too, and where it listens (a local one is started where None).

    ``download``: whether one may be fetched where there is none.
    """

    enabled: bool = False
    server: str | None = None
    timeout: float = 30.0
    cache: str | None = None
    download: bool = True


class Editor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Whether a language model is asked for corrections, which one, about what, and how much of it.

    ``server`` is the address of an OpenAI-compatible service and ``key_env`` the
    name of the environment variable that holds its key. ``limit`` is the number
    of passages, ``token_limit`` of tokens and ``cost_limit`` the money that one run may ask for;
    ``price_in`` and ``price_out`` are what a million tokens cost, in the currency of ``cost_limit``.
    ``ask_again`` asks about what an earlier run asked and was killed before it heard.
    ``only_cached`` asks nobody: what the cache does not hold stays unasked.
    ``timeout`` counts seconds for one reply, ``concurrency`` requests at once. ``replay`` and ``record`` are files
    of replies.
    """

    enabled: bool = False
    server: str | None = None
    model: str | None = None
    key_env: str | None = None
    which: Literal["garbled", "flagged", "all"] = "garbled"
    unit: Literal["line", "sentence"] = "sentence"
    limit: int | None = None
    token_limit: int | None = None
    cost_limit: float | None = None
    price_in: float | None = None
    price_out: float | None = None
    ask_again: bool = False
    only_cached: bool = False
    timeout: float = 60.0
    concurrency: int = 4
    cache: str | None = None
    record: str | None = None
    replay: str | None = None


class FieldNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Names of the fields of a record that hold an article's parts, where they are others than the part's own."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    original: str | None = None
    original_lang: str | None = None


class PerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What is narrower in files whose paths match, or in articles of one ``source``; in both where both are given.

    ``select`` leaves these rules alone on, ``ignore`` takes some away, ``min_confidence`` hides what is less sure. None
    of them brings back what the rest of the configuration leaves out.
    """

    ignore: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    source: str | None = None
    select: tuple[str, ...] = ()
    min_confidence: float | None = None


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Everything that can stand in ``cleantext.toml`` or ``[tool.cleantext]``.

    ``select`` and ``ignore`` take a category, a rule id or an id prefix; an empty
    ``select`` is every rule but those of ``style``, which run only where they are
    named. ``extend_select`` names what runs beside those. ``promote`` makes rules ``safe``, ``demote`` makes
    them ``review``, ``display`` takes their fixes away. ``rules`` are further rule
    files. ``fields`` names those of a record; ``text_field``, ``id_field`` and ``original_field`` are older
    words for three of them. ``encoding`` is that of files without a byte-order mark, UTF-8 where None. ``exclude`` are glob patterns of paths that are passed over. Files of
    other users are believed in ``safe_directories`` alone. Who may make which
    setting is declared in :mod:`cleantext.provenance`.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    promote: tuple[str, ...] = ()
    demote: tuple[str, ...] = ()
    display: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_confidence: float | None = None
    jobs: int | None = None
    index: str | None = None
    text_field: str | None = None
    id_field: str | None = None
    original_field: str | None = None
    fields: FieldNames = FieldNames()
    encoding: str | None = None
    per_file: tuple[PerFile, ...] = ()
    rule_time_limit: float = 2.0
    safe_directories: tuple[str, ...] = ()
    style: Style = Style()
    review: Review = Review()
    attribution: Attribution = Attribution()
    languagetool: LanguageTool = LanguageTool()
    editor: Editor = Editor()

    @property
    def shown_from(self) -> float:
        """Least confidence of a finding that is shown."""
        return DEFAULT_MIN_CONFIDENCE if self.min_confidence is None else self.min_confidence
