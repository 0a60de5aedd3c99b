"""The shapes of answers that the command line does not print as well; see :mod:`cleantext.batch.shapes` for those."""

from __future__ import annotations

from typing import Literal

import msgspec

from cleantext.batch.inputs import Failure
from cleantext.batch.shapes import CleanedRecord, Count


class CleanedArticle(CleanedRecord):
    """A record with its text cleaned; every other field is as it was."""

    text: str


class Fixed(msgspec.Struct, forbid_unknown_fields=True):
    """Each record with its text cleaned and what was done."""

    articles: tuple[CleanedArticle, ...]
    errors: tuple[Failure, ...]


class Refusal(msgspec.Struct, forbid_unknown_fields=True):
    """Why a request was not answered, and what to do."""

    error: str


class Health(msgspec.Struct, forbid_unknown_fields=True):
    """How the service is; ``replaced`` counts the workers that were ended and started anew."""

    status: Literal["ok", "starting"]
    version: str
    workers: Count
    replaced: Count
