"""A speaker whom the article knows, in a place that does not fit: what speaks against it, as named features."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from cleantext.checks.attribution.figures import Figure
from cleantext.checks.attribution.orphans import follows_a_given_name
from cleantext.checks.attribution.rivals import MANNERED
from cleantext.checks.attribution.scene import Scene
from cleantext.checks.attribution.sites import Site
from cleantext.checks.attribution.uses import NameUses, gender_of
from cleantext.checks.attribution.wording import Echo
from cleantext.document.names import Mention, Person
from cleantext.document.words import words

_PRONOUN_NEXT = re.compile(r"(?: that|:|,)? [\"“]?(he|she)\b")
_PRONOUN = re.compile(r"\b(he|she)\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:\A|[.!?:;,\n\r\"“”'’—–-]\s*)\Z")
_NEAR = 70  # characters from the cue to where somebody's own name may still be what is said


class Himself(NamedTuple):
    """The speaker's own name in the speaker's own sentence: where, and how it stands to the cue.

    ``how``: "said" is within what is said, close to the cue; "joined" close before
    the name ("Mr A and Mr A said"); "quoted" between quotation marks; "far" anything else.
    """

    mention: Mention
    how: str


def may_be_wrong(uses: NameUses, site: Site) -> bool:
    """Whether a speaker of one word gives any reason to look closer; cheap.

    A turn between two of another is how interviews run, and a sentence may come back to its subject: the signs
    "between-one-speaker" and "himself=far" count only beside another one.
    """
    if is_fragment(uses, site):
        return True
    persons = uses.names.by_surname.get(site.mention.key, ())
    if site.thing or not persons:
        return False
    if _against_the_introduction(uses, site, persons) or _other_pronoun(uses, site, persons):
        return True
    himself = own_name(uses, site)
    return himself is not None and himself.how != "far"


def signs(scene: Scene, site: Site) -> list[str]:
    """Return the reasons to look closer."""
    key = site.mention.key
    uses = scene.uses
    if is_fragment(uses, site):
        return ["fragment"]
    persons = uses.names.by_surname.get(key, ())
    if site.thing or not persons:
        return []
    found = _against_the_introduction(uses, site, persons)
    himself = own_name(uses, site)
    if himself is not None:
        found.append(f"himself={himself.how}")
    before, after = scene.speaker_before(site.mention.start), scene.speaker_after(site.mention.start)
    if before and before == after != key:
        found.append("between-one-speaker")
    wanted = _other_pronoun(uses, site, persons)
    if wanted:
        found.append("pronoun" if _somebody_near(scene, site, wanted) else "pronoun-alone")
    return found


def _against_the_introduction(uses: NameUses, site: Site, persons: Sequence[Person]) -> list[str]:
    """How place and title of a speaker speak against who is introduced under the name."""
    found = []
    if persons[0].introduced > site.mention.start and len(persons) == 1:
        found.append("before-introduced")
    gender = gender_of(site.mention.title)
    if gender:
        known = {person.gender for person in persons}
        if known == {"m" if gender == "f" else "f"}:
            found.append("title-gender")
        if len(persons) == 1 and len(uses.genders.get(site.mention.key, ())) > 1:
            found.append("two-titles")
    return found


def _other_pronoun(uses: NameUses, site: Site, persons: Sequence[Person]) -> str:
    """Return the gender of a pronoun after the cue which is none of those who bear the name, or ""."""
    if site.side != "after":
        return ""
    pronoun = _PRONOUN_NEXT.match(uses.text, site.cue.end, site.cue.end + 20)
    if pronoun is None:
        return ""
    wanted = "f" if pronoun.group(1) == "she" else "m"
    return wanted if {wanted, ""}.isdisjoint({person.gender for person in persons}) else ""


def _somebody_near(scene: Scene, site: Site, gender: str) -> bool:
    """Whether a pronoun may stand for somebody else: a person of that gender in the lines just before."""
    at = site.mention.start
    return any(
        any(at - 400 <= start < at for start in figure.mentions)
        for figure in scene.leading
        if figure.gender in (gender, "") and figure.key != site.mention.key
    )


def is_fragment(uses: NameUses, site: Site) -> bool:
    """Whether the word stands elsewhere in longer names only, none of them a person's: "York said"."""
    key = site.mention.key
    return (
        key not in uses.names.by_surname
        and key in uses.in_things
        and key not in uses.in_people
        and uses.alone.get(key, 0) <= 1
        and key not in uses.full_names
        and not site.mention.text.isupper()
        and site.side != "according"
        and _OPENS.search(uses.text[max(0, site.start - 6) : site.start]) is not None
        and not (
            site.mention.text in words("attribution-titles") and follows_a_given_name(uses, site.mention.text)
        )
    )


def own_name(uses: NameUses, site: Site) -> Himself | None:
    """Return the speaker's own name in the speaker's own sentence, where it stands there a second time."""
    near = uses.near(site)
    if not near:
        return None
    low, high = uses.sentence(site.mention.start)
    best: Himself | None = None
    for mention in near:
        if not low <= mention.start < high:
            continue
        how = _how(uses, site, mention)
        if how != "far":
            return Himself(mention, how)
        best = best or Himself(mention, how)
    return best


def _how(uses: NameUses, site: Site, mention: Mention) -> str:
    text = uses.text
    if uses.document.in_quotation(mention.start, mention.end):
        return "quoted" if mention.start > site.start else "quoted-before"
    if mention.start > site.end and site.side == "after":
        between = text[site.cue.end : mention.start]
        if len(between) <= _NEAR and not any(mark in between for mark in ",;—–:"):
            return "said"
    elif mention.end <= site.start and site.side == "after":
        between = text[mention.end : site.start]
        if between.strip() in ("and", ",", "") or (len(between) <= 40 and between.endswith(", ")):
            return "joined"
    return "far"


def _between(scene: Scene, site: Site, figure: Figure, nearest: int) -> list[str]:
    """How a speaker stands between two turns of another one."""
    at = site.mention.start
    starts, _ = scene.spoken
    number = bisect_left(starts, at)
    before = at - starts[number - 1] if number else 9999
    after = next((start - at for start in starts[number : number + 2] if start > at), 9999)
    tight = "tight" if max(before, after) < 500 else "loose" if max(before, after) < 1200 else "wide"
    only = "only" if len(figure.speaks) == 1 else "also"
    where = "near" if nearest < 300 else "far"
    return [f"between={tight}", f"between={only}/{where}", f"between={tight}/{only}/{where}"]


def known_features(scene: Scene, site: Site, echoes: dict[str, Echo]) -> list[str]:
    """Return what can be said of a speaker whom the article names elsewhere."""
    mention = site.mention
    at = mention.start
    key = mention.key
    these = signs(scene, site)
    found = [f"sign={sign}" for sign in these]
    found.append(f"side={site.side}")
    title = mention.title.rpartition(" ")[2].rstrip(".")
    found.append("title=mr" if title in MANNERED else "title=role" if title else "title=none")
    if "fragment" in these:
        found.append("lower-case" if scene.uses.is_lower(mention.text.lower()) else "no-lower-case")
        if _PRONOUN.search(scene.text, site.cue.end, min(len(scene.text), site.cue.end + 120)):
            found.append("pronoun-follows")
    if any(sign.startswith("himself") for sign in these):
        himself = own_name(scene.uses, site)
        if himself is not None:
            found.append(f"himself-{'titled' if himself.mention.title else 'bare'}")
            if " " in himself.mention.text:
                found.append("himself-in-full")
    figure = scene.figure_of.get(key)
    if figure is not None:
        found.append(f"mentions={min(len(figure.mentions), 6)}")
        found.append(f"speaks={min(len(figure.speaks), 3)}")
        nearest = min((abs(start - at) for start in figure.mentions if start != at), default=9999)
        found.append("own-near" if nearest < 300 else "own-far" if nearest < 1500 else "own-remote")
        if "between-one-speaker" in these:
            found += _between(scene, site, figure, nearest)
        if "before-introduced" in these:
            earlier = sum(1 for start in figure.mentions if start < at)
            found.append(f"before-introduced/{min(earlier, 2)}")
    if echoes:
        strength = max(echo.strength for echo in echoes.values())
        found.append(f"echo={strength}")
        if scene.speaker_before(at) in echoes or scene.speaker_after(at) in echoes:
            found.append("echo-beside")
    line = scene.document.line_at(at)
    if line.end - line.start < 90:
        found.append("headline")
    first, _ = scene.document.filled_around(at)
    if first < 2:
        found.append("top")
    return found
