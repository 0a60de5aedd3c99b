"""A speaker whom the article knows, in a place that does not fit: what speaks against it, as named features."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from cleantext.checks.attribution.orphans import MANNERED
from cleantext.checks.attribution.scene import Scene
from cleantext.checks.attribution.sites import Site
from cleantext.checks.attribution.wording import Echo
from cleantext.document.names import Mention

_HE = re.compile(r"\b(he|his|him|she|her)\b", re.IGNORECASE)
_WOMEN = frozenset(["Mrs", "Ms", "Miss", "Lady", "Dame", "Baroness"])
_MEN = frozenset(["Mr", "Sir", "Lord"])


def may_be_wrong(scene: Scene, site: Site) -> bool:
    """Whether a speaker of one word gives any reason to look closer; cheap."""
    if " " in site.mention.text:
        return False
    return bool(_signs(scene, site))


def _signs(scene: Scene, site: Site) -> list[str]:
    found = []
    key = site.mention.key
    if _is_fragment(scene, site):
        found.append("fragment")
    persons = scene.names.by_surname.get(key, ())
    title = site.mention.title.rpartition(" ")[2].rstrip(".")
    if site.thing:
        return found
    if persons:
        if persons[0].introduced > site.mention.start:
            found.append("before-introduced")
        genders = {person.gender for person in persons}
        if (title in _WOMEN and genders == {"m"}) or (title in _MEN and genders == {"f"}):
            found.append("title-gender")
    if names_himself(scene, site):
        found.append("names-himself")
    before, after = _neighbours(scene, site)
    if before and before == after != key and persons:
        found.append("between-one-speaker")
    _, high = scene.sentence(site.mention.start)
    beside = _HE.search(scene.text, site.cue.end, min(high, site.cue.end + 200))
    if beside is not None and persons:
        gender = "f" if beside.group(1).lower() in ("she", "her") else "m"
        if {gender, ""}.isdisjoint({person.gender for person in persons}):
            found.append("pronoun-gender")
    return found


def _neighbours(scene: Scene, site: Site) -> tuple[str, str]:
    return scene.speaker_before(site.mention.start), scene.speaker_after(site.mention.start)


def _is_fragment(scene: Scene, site: Site) -> bool:
    """Whether the word stands elsewhere in longer names only, none of them a person's: "York said"."""
    key = site.mention.key
    return (
        key in scene.in_things
        and key not in scene.in_people
        and scene.alone[key] <= 1
        and key not in scene.names.by_surname
    )


def names_himself(scene: Scene, site: Site) -> Mention | None:
    """Give the mention of the same name in the speaker's own sentence, where there is one."""
    low, high = scene.sentence(site.mention.start)
    first = bisect_left(scene.mention_starts, low)
    last = bisect_right(scene.mention_starts, high - 1)
    key = site.mention.key
    for mention in scene.names.mentions[first : min(last, first + 60)]:
        if mention.start != site.mention.start and mention.key.rpartition(" ")[2] == key:
            return mention
    return None


def known_features(scene: Scene, site: Site, echoes: dict[str, Echo]) -> list[str]:
    """Give what can be said of a speaker whom the article names elsewhere."""
    mention = site.mention
    at = mention.start
    key = mention.key
    found = [f"sign={sign}" for sign in _signs(scene, site)]
    found.append(f"side={site.side}")
    found.append(f"kind={mention.kind.value}")
    title = mention.title.rpartition(" ")[2].rstrip(".")
    found.append("title=mr" if title in MANNERED else "title=role" if title else "title=none")
    persons = scene.names.by_surname.get(key, ())
    figure = next((f for f in scene.figures if f.key == key), None)
    if site.thing or not persons:
        found.append("no-person")
        if mention.text.lower() in scene.lower:
            found.append("lower-case")
    if "sign=fragment" in found:
        found.append(f"fragment/{'mr' if title in MANNERED else 'titled' if title else 'bare'}")
    if "sign=names-himself" in found:
        himself = names_himself(scene, site)
        if himself is not None:
            inside = scene.document.in_quotation(himself.start, himself.end)
            earlier = himself.start < at
            found.append(f"himself={'quoted' if inside else 'before' if earlier else 'after'}")
            if himself.title:
                found.append("himself-titled")
    if figure is not None:
        found.append(f"mentions={min(len(figure.mentions), 6)}")
        found.append(f"speaks={min(len(figure.speaks), 3)}")
        others = [start for start in figure.mentions if start != at]
        nearest = min((abs(start - at) for start in others), default=9999)
        found.append("own-near" if nearest < 300 else "own-far" if nearest < 1500 else "own-remote")
        if "sign=before-introduced" in found:
            earlier_mentions = sum(1 for start in figure.mentions if start < at)
            found.append(f"before-introduced/{min(earlier_mentions, 2)}")
    before, after = _neighbours(scene, site)
    if before and before == after:
        found.append("same-neighbours" if before != key else "own-neighbours")
    if echoes:
        strength = max(echo.strength for echo in echoes.values())
        found.append(f"echo={strength}")
        if before in echoes or after in echoes:
            found.append("echo-beside")
    line = scene.document.line_at(at)
    if line.end - line.start < 90:
        found.append("headline")
    first, _ = scene.document.filled_around(at)
    if first < 2:
        found.append("top")
    return found
