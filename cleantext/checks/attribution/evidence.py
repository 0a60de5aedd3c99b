"""The signs for and against a speaker: one whom the article introduces, and one whom it does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from cleantext.checks.attribution.context import AttributionContext, PersonCandidate
from cleantext.checks.attribution.introductions import PLACE_BEFORE, follows_a_given_name
from cleantext.checks.attribution.mention_index import MentionIndex, gender_of
from cleantext.checks.attribution.mentions import THINGS, SpeakerMention
from cleantext.checks.attribution.personhood import person_score, person_step
from cleantext.checks.attribution.repetition import RepeatedWording
from cleantext.checks.attribution.shared_offices import HONORIFICS, Rivalry, is_famous, is_single, standing
from cleantext.document.names import Mention, Person
from cleantext.document.words import word_group, words

_PRONOUN_NEXT = re.compile(r"(?: that|:|,)? [\"“]?(he|she)\b")
_PRONOUN = re.compile(r"\b(he|she)\b", re.IGNORECASE)
_OPENS = re.compile(r"(?:\A|[.!?:;,\n\r\"“”'’—–-]\s*)\Z")
_NEAR = 70  # characters from the cue to where somebody's own name may still be what is said
_BEFORE_PERSONS = HONORIFICS | frozenset(["Dr", "Prof", "Professor"])


NO_PERSON = 0.2
"""A name with a lower score is no person's: of those that a reader told apart, two in a hundred below it are."""


class Himself(NamedTuple):
    """The speaker's own name in the speaker's own sentence: where, and how it stands to the cue.

    ``how``: "said" is within what is said, close to the cue; "joined" close before
    the name ("Mr A and Mr A said"); "quoted" between quotation marks; "far" anything else.
    """

    mention: Mention
    how: str


def may_be_wrong(uses: MentionIndex, site: SpeakerMention) -> bool:
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


def signs(scene: AttributionContext, site: SpeakerMention) -> list[str]:
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


def _against_the_introduction(
    uses: MentionIndex, site: SpeakerMention, persons: Sequence[Person]
) -> list[str]:
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


def _other_pronoun(uses: MentionIndex, site: SpeakerMention, persons: Sequence[Person]) -> str:
    """Return the gender of a pronoun after the cue which is none of those who bear the name, or ""."""
    if site.side != "after":
        return ""
    pronoun = _PRONOUN_NEXT.match(uses.text, site.cue.end, site.cue.end + 20)
    if pronoun is None:
        return ""
    wanted = "f" if pronoun.group(1) == "she" else "m"
    return wanted if {wanted, ""}.isdisjoint({person.gender for person in persons}) else ""


def _somebody_near(scene: AttributionContext, site: SpeakerMention, gender: str) -> bool:
    """Whether a pronoun may stand for somebody else: a person of that gender in the lines just before."""
    at = site.mention.start
    return any(
        any(at - 400 <= start < at for start in figure.mentions)
        for figure in scene.leading
        if figure.gender in (gender, "") and figure.key != site.mention.key
    )


def is_fragment(uses: MentionIndex, site: SpeakerMention) -> bool:
    """Whether the word stands elsewhere in longer names only, none of them a person's: "York said", "Mr Festival said"."""
    key = site.mention.key
    if site.mention.text.isupper() or site.side == "according":
        return False
    if key in uses.names.by_surname or key in uses.in_people or key in uses.full_names:
        return _is_no_person(uses, site)
    if is_titled(site):
        thing = key in uses.in_things or not THINGS.isdisjoint(uses.kinds(key))
        return thing and not _is_titled_again(uses, key)
    return (
        key in uses.in_things
        and uses.alone.get(key, 0) <= 1
        and _OPENS.search(uses.text[max(0, site.start - 6) : site.start]) is not None
        and not (
            site.mention.text in words("attribution-titles") and follows_a_given_name(uses, site.mention.text)
        )
    )


def _is_no_person(uses: MentionIndex, site: SpeakerMention) -> bool:
    """Whether what the name scan takes for a person whose surname the speaker bears is none: "Third World", "Million Dollar Baby"."""
    persons = uses.names.by_surname.get(site.mention.key, ())
    if not persons or not (is_titled(site) or _OPENS.search(uses.text[max(0, site.start - 6) : site.start])):
        return False
    others = [
        mention for mention in uses.by_key.get(site.mention.key, ()) if mention.start != site.mention.start
    ]
    return all(person_score(uses, others, person.name) < NO_PERSON for person in persons)


def _is_titled_again(uses: MentionIndex, key: str) -> bool:
    """Whether two mentions of a name have "Mr" or the like before them; the scan takes some of these for a part of the name."""
    titled = (
        mention
        for mention in uses.by_key.get(key, ())
        if mention.title or mention.text.partition(" ")[0].rstrip(".") in _BEFORE_PERSONS
    )
    next(titled, None)
    return next(titled, None) is not None


def is_titled(site: SpeakerMention) -> bool:
    """Whether "Mr" or the like stands before a speaker, which nothing but a person's name follows."""
    return site.last_title in _BEFORE_PERSONS


def own_name(uses: MentionIndex, site: SpeakerMention) -> Himself | None:
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


def _how(uses: MentionIndex, site: SpeakerMention, mention: Mention) -> str:
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


def _between(
    scene: AttributionContext, site: SpeakerMention, figure: PersonCandidate, nearest: int
) -> list[str]:
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


def known_features(
    scene: AttributionContext, site: SpeakerMention, echoes: dict[str, RepeatedWording]
) -> list[str]:
    """Return what can be said of a speaker whom the article names elsewhere."""
    mention = site.mention
    at = mention.start
    key = mention.key
    these = signs(scene, site)
    found = [f"sign={sign}" for sign in these]
    found.append(f"side={site.side}")
    found.append(_sort_of_title(site))
    if "fragment" in these:
        if is_titled(site):
            found.append("fragment-titled")
        if key in scene.names.by_surname:
            found.append("fragment-of-person")
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


def _sort_of_title(site: SpeakerMention) -> str:
    """Return the feature of the title before a speaker."""
    title = site.last_title
    return "title=mr" if title in HONORIFICS else "title=role" if title else "title=none"


_LAST_WORD = re.compile(r"([^\W\d_]+)[ \u00a0]\Z")
_APPOSITION = (", a ", ", an ", ", the ", ", who ", ", whose ", ", of ", " of ", " (", ", from ", " from ")


def orphan_features(
    scene: AttributionContext, site: SpeakerMention, shared: tuple[Rivalry, ...]
) -> list[str]:
    """Return what can be said of a speaker whom nobody introduces."""
    mention = site.mention
    text = scene.text
    uses = scene.uses
    key = mention.key
    found = [f"side={site.side}"]
    count = uses.count(mention.text)
    found.append(f"count={min(count, 4)}")
    found.append(_sort_of_title(site))
    if uses.alone.get(key, 0) > 1:
        thing = not THINGS.isdisjoint(uses.kinds(key))
        if site.last_title in HONORIFICS:
            often = uses.titled.get(key, 0) > 1
            found.append("titled-often" if often else "titled-once")
            if thing and not often:
                found.append("thing-elsewhere")
        elif thing:
            found.append("bare-thing-elsewhere")
    if not shared:
        # Whoever shares an office with somebody of the article bears a person's name, and may be put wrong anywhere.
        found.append(person_step(person_score(uses, uses.by_key.get(key, ()), mention.text)))
        found += _company(scene, site)
    found += _beside(text, site)
    found += _neighbours(scene, site.mention.start)
    found += _known(scene, key, shared)
    return found


def _beside(text: str, site: SpeakerMention) -> list[str]:
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
        elif word not in _TIMES:
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


_LINKS = word_group("beside-names")
# "Last month Smith said": no noun that belongs to the name.
_TIMES = frozenset(
    [
        "afternoon", "day", "evening", "month", "morning", "night", "season", "today", "tonight", "week", "weekend",
        "year", "yesterday",
    ]
)  # fmt: skip


def _company(scene: AttributionContext, site: SpeakerMention) -> list[str]:
    """Who else is there, and whether the speaker stands where articles begin."""
    people = [figure for figure in scene.leading if figure.introduced]
    speaking = sum(1 for figure in people if figure.speaks)
    found = [f"people={min(len(people), 4)}", f"speaking={min(speaking, 3)}"]
    strangers = len(scene.strangers) - (site.mention.key in scene.strangers)
    found.append(f"strangers={min(strangers, 3)}")
    line = scene.document.line_at(site.mention.start)
    if line.end - line.start < 90 and not scene.text[line.start : line.end].rstrip().endswith(
        (".", '"', "”")
    ):
        found.append("headline")
    first, _ = scene.document.filled_around(site.mention.start)
    if first < 2:
        found.append("top")
    return found


def _neighbours(scene: AttributionContext, at: int) -> list[str]:
    """Who speaks before and after a code point, and how far off the next person is."""
    before, after = scene.speaker_before(at), scene.speaker_after(at)
    between = "between-one-speaker" if before == after else "beside-a-speaker"
    starts = scene.introduced_starts
    number = bisect_left(starts, at)
    near = min((abs(start - at) for start in starts[max(0, number - 1) : number + 1]), default=9999)
    return [
        between if before or after else "no-speaker",
        "near" if near < 250 else "far" if near < 1000 else "remote",
    ]


def _known(scene: AttributionContext, key: str, shared: tuple[Rivalry, ...]) -> list[str]:
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
        if term.country in scene.countries or is_famous(term) or standing(term, day, unknown="in") != "in"
    ]
    if not terms:
        return ["unlisted", "listed-abroad"]
    found = ["listed"]
    if day is not None:
        given = "given" if day.given else "inferred"
        states = {standing(term, day, unknown="in") for term in terms}
        if "in" in states:
            found.append(f"listed-in/{given}")
            if any(standing(term, day, unknown="in") == "in" and is_famous(term) for term in terms):
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
