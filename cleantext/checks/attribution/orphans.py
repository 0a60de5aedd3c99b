"""A speaker whom nobody introduces: who is one, and whether the name is only misspelt."""

from __future__ import annotations

import re

from cleantext.checks.attribution.introductions import is_introduced
from cleantext.checks.attribution.rivals import MANNERED
from cleantext.checks.attribution.sites import Site
from cleantext.checks.attribution.uses import NameUses
from cleantext.document.words import words

PEERS = frozenset(
    [
        "Lord",
        "Lady",
        "Sir",
        "Dame",
        "Baroness",
        "Baron",
        "Judge",
        "Justice",
        "Prince",
        "Princess",
        "King",
        "Queen",
        "Pope",
    ]
)
_GOES_ON = re.compile(r" (?:and|&) [A-Z]|, [A-Z][\w-]+ [A-Z]")
_ABBREVIATED = re.compile(r"\. [A-Z]")
_JOINED = re.compile(r"[A-Z][\w-]+ (?:and|&) \Z")
PLACE_BEFORE = re.compile(r"\b(?:in|of|at|from|near) [A-Z][\w-]+, \Z")


# "Dismal reports from the retail trade": the cue is a noun.
_NOUNS_TOO = frozenset(
    ["reports", "points", "comments", "claims", "notes", "remarks", "answers", "promises", "posts"]
)
_NO_NAMES = frozenset(
    ["Mine", "Yours", "Ours", "Theirs", "Correction", "Editor", "None", "Nobody", "Everybody"]
)


def is_orphan(uses: NameUses, site: Site) -> bool:
    """Whether a one-word speaker is nobody whom the article introduces, nor a part of anybody's name."""
    mention = site.mention
    key = mention.key
    title = uses.document.article.title
    return (
        site.one_word
        and (not site.thing or mention.title.rstrip(".") in MANNERED)
        and key not in uses.names.by_surname
        and key not in uses.in_people
        and key not in uses.full_names
        and not uses.is_called_thing(key)
        and mention.text not in _NO_NAMES
        and mention.title.rpartition(" ")[2].rstrip(".") not in PEERS
        and not (title and mention.text in title)
        and not _is_part(uses.text, site)
        and not (mention.text in words("attribution-titles") and follows_a_given_name(uses, mention.text))
        and not is_introduced(uses, site)
    )


def _is_part(text: str, site: Site) -> bool:
    """Whether a longer name, which the name scan cut, goes on beside the word."""
    after = text[site.end : site.end + 8]
    if after.startswith(("'s", "’s")) or _GOES_ON.match(after) is not None:
        return True
    if not site.mention.title and site.side == "after":
        if "-" in site.mention.text and site.mention.text.rpartition("-")[2][:1].islower():
            return True  # "Three-quarters said"
        if text[site.cue.start : site.cue.end] in _NOUNS_TOO:
            return True
    if site.side == "before" and len(site.mention.text) <= 4 and _ABBREVIATED.match(after) is not None:
        return True
    before = text[max(0, site.start - 40) : site.start]
    if _JOINED.search(before) is not None:
        return True
    return not site.mention.title and PLACE_BEFORE.search(before) is not None


def follows_a_given_name(uses: NameUses, name: str) -> bool:
    """Whether a surname that is a title too, passed over by the name scan, has a given name before it somewhere."""
    return any(
        given not in words("attribution-titles") and given not in ("The", "A")
        for given in uses.words_before(name)
    )
