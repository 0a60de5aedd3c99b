"""What the original says and the translation does not: put to the model with both sides, and held to the original."""

from __future__ import annotations

from cleantext.checks.fidelity.residue import residue
from cleantext.checks.fidelity.sentences import AVALANCHE
from cleantext.document import Document
from cleantext.editor.answers import Request
from cleantext.editor.passages import LONGEST, Passage, Which
from cleantext.fidelity.gaps import BELIEVED
from cleantext.fidelity.pair import pair_of


def omissions(document: Document, which: Which) -> tuple[Request, ...]:
    """Return a request for each run of sentences that the translation lacks, with an empty passage where they belong.

    None where only garbled passages are asked about, where the text is not English, and where so many are
    missing that nobody has left them out by mistake.
    """
    if which == "garbled" or document.article.original is None or not document.is_in(("en",)):
        return ()
    pair = pair_of(document)
    if pair is None:
        return ()
    missing = [gap for gap, sure in pair.gaps if gap.side == "missing" and sure >= BELIEVED]
    if sum(gap.sentences for gap in missing) > AVALANCHE:
        return ()
    left_out = residue(pair.original) if missing else ()
    found = []
    for gap in missing:
        original = pair.original[gap.start : gap.end].strip()
        if len(original) > LONGEST or any(a < gap.end and gap.start < b for a, b in left_out):
            continue
        values = tuple(
            value
            for sentence in pair.alignment.source
            if gap.start <= sentence.start < gap.end
            for value in sentence.values
        )
        text, sentences = document.text, document.sentences
        before = next((s for s in reversed(sentences) if s.end <= gap.at), None)
        after = next((s for s in sentences if s.start >= gap.at), None)
        passage = Passage(
            gap.at,
            gap.at,
            "",
            text[before.start : before.end].strip() if before else "",
            text[after.start : after.end].strip() if after else "",
        )
        found.append(Request(passage, (), original, values, pair.original_lang))
    return tuple(found)
