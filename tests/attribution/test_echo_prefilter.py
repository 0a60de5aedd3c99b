"""What is asked before echoes are looked for: whether another paragraph holds enough of a speaker's words at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.checks.attribution.context import AttributionContext
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.offices import offices
from cleantext.checks.attribution.repetition import content_words, may_echo
from cleantext.document import Document

WORDS = [
    "harbour",
    "ferry",
    "Budget",
    "council",
    "tunnel",
    "winter",
    "ISLAND",
    "market",
    "bridges",
    "\u0130zmir",
    "Straße",
]

paragraphs = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=6
)


def scene_of(lines: list[str], place: int) -> AttributionContext:
    lines = list(lines)
    place %= len(lines)
    lines[place] = f"“{lines[place].capitalize()} again,” said Kasparek."
    return AttributionContext(Document(Article(text="\n\n".join(lines))), offices(()))


def looked_for_in_every_paragraph(scene: AttributionContext, site: SpeakerMention) -> bool:
    text, own = scene.text, scene.document.line_at(site.mention.start)
    mine = content_words(text[own.start + 1 : text.index("”", own.start)])
    least = max(5, 0.6 * len(mine))
    return any(
        len(mine & content_words(text[line.start : line.end])) >= least
        for line in scene.document.filled
        if line.start != own.start
    )


@given(paragraphs, st.integers(0, 5))
def test_the_look_before_finds_what_a_look_at_every_paragraph_finds(lines: list[str], place: int) -> None:
    scene = scene_of(lines, place)
    for site in scene.sites:
        if len(content_words(lines[place % len(lines)])) >= 2:
            assert may_echo(scene, site) == looked_for_in_every_paragraph(scene, site)


def test_words_that_stand_twice_in_their_own_paragraph_alone_are_no_echo() -> None:
    said = "Harbour ferry budget council tunnel winter, harbour ferry budget council tunnel winter"
    for other, echoes in (("Nothing of it comes again here.", False), (said, True)):
        scene = scene_of([said, other], 0)
        assert [may_echo(scene, site) for site in scene.sites] == [echoes]
