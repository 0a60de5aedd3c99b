"""A speaker whom nobody introduces: what speaks for a wrong name, as named features.

Every feature is a short string; the weights of ``rules/attribution/weights.toml``
say what each is worth. Nothing here decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from cleantext.checks.attribution.offices import surname_key
from cleantext.checks.attribution.rivals import MANNERED, Rivalry, is_famous, is_single, standing
from cleantext.checks.attribution.scene import Figure, Scene
from cleantext.checks.attribution.sites import Site
from cleantext.document.names import Kind
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
_PLACE_BEFORE = re.compile(r"\b(?:in|of|at|from|near) [A-Z][\w-]+, \Z")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \u00a0]\Z")
_APPOSITION = (", a ", ", an ", ", the ", ", who ", ", whose ", ", of ", " of ", " (", ", from ", " from ")


# "Dismal reports from the retail trade": the cue is a noun.
_NOUNS_TOO = frozenset(
    ["reports", "points", "comments", "claims", "notes", "remarks", "answers", "promises", "posts"]
)
_NO_NAMES = frozenset(
    ["Mine", "Yours", "Ours", "Theirs", "Correction", "Editor", "None", "Nobody", "Everybody"]
)


def is_orphan(scene: Scene, site: Site) -> bool:
    """Whether a one-word speaker is nobody whom the article introduces, nor a part of anybody's name."""
    mention = site.mention
    key = mention.key
    title = scene.document.article.title
    return (
        site.one_word
        and (not site.thing or mention.title.rstrip(".") in MANNERED)
        and key not in scene.names.by_surname
        and key not in scene.in_people
        and key not in scene.full_names
        and not scene.is_called_thing(key)
        and mention.text not in _NO_NAMES
        and mention.title.rpartition(" ")[2].rstrip(".") not in PEERS
        and not (title and mention.text in title)
        and not _is_part(scene.text, site)
        and not (mention.text in words("attribution-titles") and follows_a_given_name(scene, mention.text))
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
    return any(pattern.search(before) is not None for pattern in (_JOINED, _PLACE_BEFORE))


def follows_a_given_name(scene: Scene, name: str) -> bool:
    """Whether a surname that is a title too, passed over by the name scan, has a given name before it somewhere."""
    return any(
        given not in words("attribution-titles") and given not in ("The", "A")
        for given in scene.words_before(name)
    )


def nearest_spelling(scene: Scene, key: str) -> Figure | None:
    """Give the introduced person whose surname is spelt almost like a name: a letter lost, added, changed or turned."""
    if len(key) < 4:
        return None
    folded = surname_key(key)
    best: tuple[int, Figure] | None = None
    for figure in scene.leading:
        other = surname_key(figure.key)
        # "The Ebelings said": a family, or several of a kind.
        if not figure.introduced or len(other) < 4 or folded == other + "s":
            continue
        edits = _edits(folded, other)
        if edits <= (1 if len(folded) < 6 else 2) and (best is None or edits < best[0]):
            best = (edits, figure)
    return best[1] if best else None


def _edits(one: str, other: str) -> int:
    """Count the letters to lose, add, change or turn round; 3 where the two share too little to be looked at."""
    if abs(len(one) - len(other)) > 2 or one[0] != other[0] or len(one) > 40:
        return 3
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, facing in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]


def orphan_features(scene: Scene, site: Site, shared: tuple[Rivalry, ...]) -> list[str]:
    """Give what can be said of a speaker whom nobody introduces."""
    mention = site.mention
    text = scene.text
    key = mention.key
    found = [f"side={site.side}"]
    count = scene.count(mention.text)
    found.append(f"count={min(count, 4)}")
    title = mention.title.rpartition(" ")[2].rstrip(".")
    if title in MANNERED:
        found.append("title=mr")
        if is_thing(mention.text):
            found.append("mr-thing")
    elif title:
        found.append("title=role")
    else:
        found.append("title=none")
    if scene.is_lower(mention.text.lower()):
        found.append("lower-case")
    if scene.alone[key] > 1:
        kinds = scene.kinds[key]
        thing = bool(kinds & {Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE})
        if title in MANNERED:
            often = scene.titled[key] > 1
            found.append("titled-often" if often else "titled-once")
            if thing and not often:
                found.append("thing-elsewhere")
        elif thing:
            found.append("bare-thing-elsewhere")
    if key in scene.in_things:
        found.append("in-thing")
    if mention.text in words("attribution-men") or mention.text in words("attribution-women"):
        found.append("given-name")
    if not title:
        found += _shape(mention.text)
    found += _beside(text, site)
    found += _company(scene, site)
    found += _known(scene, key, shared)
    return found


def is_thing(name: str) -> bool:
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
    if _PLACE_BEFORE.search(before):
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
    """What the office table says of the name."""
    terms = scene.offices.bearers(key)
    if not terms:
        return ["unlisted"]
    day = scene.day
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
        if len({r.term.office for r in shared if r.figure is best.figure}) > 1:
            found.append("rival-twice")
    return found


def is_person_like(site: Site) -> bool:
    """Whether a mention may be a person's at all."""
    return site.mention.kind in (Kind.SURNAME, Kind.UNKNOWN)
