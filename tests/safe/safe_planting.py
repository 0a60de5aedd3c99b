"""Good text planted into articles with residue around it: a strategy, and one plain frame."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

GOOD = {
    path.stem: path.read_text("utf-8").rstrip("\n")
    for path in sorted((Path(__file__).parent.parent / "good_text").glob("*.txt"))
}
"""Name -> a piece written for this project that no safe edit may touch."""

PROSE = (
    "The council voted on Monday to rebuild the eastern pier before the winter storms, after two years in which the boats "
    "had landed their catch across the bay.",
    "Marta Lindqvist, the county engineer, told the meeting that the piles were sound and the deck was not. “We can keep "
    "the one and must replace the other,” she said.",
    "Fishermen had asked for an earlier date, because the ice house stands on the pier and the lorries cannot reach it "
    "while the road is shut.",
    "The work will cost about two million, half of it paid by the harbour fund, and should be done by the end of November "
    "if the weather allows.",
)
RESIDUE = (
    "Share this article",
    "Advertisement",
    "Read more:",
    "Sign up for our newsletter",
    "Follow us on Twitter",
)
DAMAGE = (
    "The mayorâ€™s cafÃ© was closed for the day.",
    "Profits at Marks &amp; Spencer rose again last year.",
    "The parlia\u00adment met in Stras\u200bbourg on Tuesday.",
    "The vote\u0007 was close, as everybody had expected.",
)


def framed(piece: str) -> str:
    """Set a piece between paragraphs of an ordinary article."""
    return "\n\n".join([*PROSE[:2], piece, *PROSE[2:]])


@st.composite
def planted(draw: st.DrawFn) -> tuple[str, str]:
    """Return a piece of good text, and an article that holds it among prose, residue and damage."""
    piece = GOOD[draw(st.sampled_from(sorted(GOOD)))]
    before = draw(st.lists(st.sampled_from(PROSE), min_size=1, max_size=4))
    after = draw(st.lists(st.sampled_from(PROSE), min_size=1, max_size=4))
    noise = st.lists(st.sampled_from(RESIDUE + DAMAGE), max_size=3)
    parts = [*draw(noise), *before, *draw(noise), piece, *draw(noise), *after, *draw(noise)]
    return piece, draw(st.sampled_from(["\n\n", "\n"])).join(parts)
