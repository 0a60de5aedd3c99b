"""What speaks for a wrong name where nobody introduces a speaker, as named features.

Every feature is a short string; the weights of ``rules/attribution/weights.toml``
say what each is worth. Nothing here decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from cleantext.checks.attribution.orphans import PLACE_BEFORE
from cleantext.checks.attribution.rivals import MANNERED, Rivalry, is_famous, is_single, standing
from cleantext.checks.attribution.scene import Scene
from cleantext.checks.attribution.sites import Site
from cleantext.document.names import Kind
from cleantext.document.words import words

_LAST_WORD = re.compile(r"([^\W\d_]+)[ \u00a0]\Z")
_APPOSITION = (", a ", ", an ", ", the ", ", who ", ", whose ", ", of ", " of ", " (", ", from ", " from ")


def orphan_features(scene: Scene, site: Site, shared: tuple[Rivalry, ...]) -> list[str]:
    """Return what can be said of a speaker whom nobody introduces."""
    mention = site.mention
    text = scene.text
    uses = scene.uses
    key = mention.key
    found = [f"side={site.side}"]
    count = uses.count(mention.text)
    found.append(f"count={min(count, 4)}")
    title = mention.title.rpartition(" ")[2].rstrip(".")
    if title in MANNERED:
        found.append("title=mr")
        if _is_thing(mention.text):
            found.append("mr-thing")
    elif title:
        found.append("title=role")
    else:
        found.append("title=none")
    if uses.is_lower(mention.text.lower()):
        found.append("lower-case")
    if uses.alone.get(key, 0) > 1:
        kinds = uses.kinds(key)
        thing = bool(kinds & {Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE})
        if title in MANNERED:
            often = uses.titled.get(key, 0) > 1
            found.append("titled-often" if often else "titled-once")
            if thing and not often:
                found.append("thing-elsewhere")
        elif thing:
            found.append("bare-thing-elsewhere")
    if key in uses.in_things:
        found.append("in-thing")
    if mention.text in words("attribution-men") or mention.text in words("attribution-women"):
        found.append("given-name")
    if not title:
        found += _shape(mention.text)
    found += _beside(text, site)
    found += _company(scene, site)
    found += _known(scene, key, shared)
    return found


def _is_thing(name: str) -> bool:
    """Whether a word is one of places, peoples or organisations, and so no usual surname."""
    return (
        name in words("attribution-organisations")
        or name in words("attribution-demonyms")
        or name in words("attribution-places")
    )


def _shape(name: str) -> list[str]:
    found = []
    if any(mark.isupper() for mark in name[1:]):
        found.append("inner-capital")
    if name.endswith("s") and not name.endswith("ss"):
        found.append("ends-s")
    if name.endswith("ing"):
        found.append("ends-ing")
    if len(name) <= 3:
        found.append("short")
    if not name.isascii():
        found.append("accents")
    return found


def _beside(text: str, site: Site) -> list[str]:
    """What stands before and after the name."""
    found = []
    before = text[max(0, site.start - 30) : site.start]
    match = _LAST_WORD.search(before)
    if match is not None and site.side == "after":
        word = match.group(1)
        if word.lower() in ("the", "a", "an"):
            found.append("article-before")
        elif word[0].isupper():
            found.append("capital-before")
        else:
            found.append("small-word-before" if word in _LINKS or len(word) < 4 else "noun-before")
    if PLACE_BEFORE.search(before):
        found.append("place-before")
    after = text[site.end : site.end + 12]
    if site.side == "after":
        if after.startswith(_APPOSITION):
            found.append("apposition")
    else:
        if after.startswith((" of ", ", a ", ", an ", ", the ", ", who", " (", ", from ")):
            found.append("apposition")
        elif after[:1] == " " and after[1:2].islower():
            following = after[1:].partition(" ")[0].rstrip(".,;:")
            found.append("word-after" if following not in _LINKS else "link-after")
        elif after[:1] == " " and after[1:2].isupper():
            found.append("capital-after")
    cue = text[site.cue.start : site.cue.end]
    found.append(f"cue={cue}")
    if cue not in ("said", "says", "told", "added"):
        found.append("cue-rare" if site.mention.title else "cue-rare/bare")
    said = text[site.cue.end : site.cue.end + 8].lstrip(" ,")
    if said.startswith(("it ", "its ", "they ", "their ")) and site.side == "after":
        found.append("it-follows")
    return found


_LINKS = frozenset(
    [
        "in",
        "on",
        "at",
        "to",
        "as",
        "after",
        "before",
        "during",
        "when",
        "while",
        "if",
        "but",
        "and",
        "that",
        "this",
        "with",
        "last",
        "earlier",
        "recently",
        "of",
        "for",
        "by",
    ]
)


def _company(scene: Scene, site: Site) -> list[str]:
    """Who else is there, and where the speaker stands among them."""
    at = site.mention.start
    people = [figure for figure in scene.leading if figure.introduced]
    speaking = sum(1 for figure in people if figure.speaks)
    found = [f"people={min(len(people), 4)}", f"speaking={min(speaking, 3)}"]
    strangers = len(scene.strangers) - (site.mention.key in scene.strangers)
    found.append(f"strangers={min(strangers, 3)}")
    before, after = scene.speaker_before(at), scene.speaker_after(at)
    if before and before == after:
        found.append("between-one-speaker")
    elif before or after:
        found.append("beside-a-speaker")
    else:
        found.append("no-speaker")
    starts = scene.introduced_starts
    number = bisect_left(starts, at)
    near = min((abs(start - at) for start in starts[max(0, number - 1) : number + 1]), default=9999)
    found.append("near" if near < 250 else "far" if near < 1000 else "remote")
    line = scene.document.line_at(at)
    if line.end - line.start < 90 and not scene.text[line.start : line.end].rstrip().endswith(
        (".", '"', "”")
    ):
        found.append("headline")
    first, _ = scene.document.filled_around(at)
    if first < 2:
        found.append("top")
    return found


def _known(scene: Scene, key: str, shared: tuple[Rivalry, ...]) -> list[str]:
    """What the office table says of the name: of those who are in office on the day, whoever may be meant here.

    With the offices of the whole world most surnames are somebody's in office somewhere.
    """
    every = scene.offices.bearers(key)
    if not every:
        return ["unlisted"]
    day = scene.day
    terms = [
        term
        for term in every
        if term.country in scene.countries or is_famous(term) or standing(term, day) != "in"
    ]
    if not terms:
        return ["unlisted", "listed-abroad"]
    found = ["listed"]
    if day is not None:
        given = "given" if day.given else "inferred"
        states = {standing(term, day) for term in terms}
        if "in" in states:
            found.append(f"listed-in/{given}")
            if any(standing(term, day) == "in" and is_famous(term) for term in terms):
                found.append(f"famous/{given}")
        elif day.given and all(term.died and term.died < day.first for term in terms):
            found.append("dead")
        else:
            found.append(f"listed-out/{given}")
    if shared:
        best = shared[0]
        found.append("rival")
        found.append("rival=introduced" if best.figure.introduced else "rival=surname")
        found.append("rival=called" if best.attested >= 0 else "rival=uncalled")
        found.append(f"rival-stands={best.theirs}/{best.mine}")
        found += [f"rival/{state}" for state in found[1:2]]
        if any(r.mine == "in" and r.theirs == "in" for r in shared):
            found.append("colleague")
        elif any(r.mine == "in" for r in shared):
            found.append("holder")
        if any(is_single(r) for r in shared):
            found.append("rival-single")
    return found
