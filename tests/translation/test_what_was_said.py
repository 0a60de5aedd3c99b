"""What stands between quotation marks is left as it was said; a short text is no garbled one."""

from __future__ import annotations

import cleantext
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration
from cleantext.document import SHORT, Document

QUOTED = '"We wait since ten years," the old man said. He has waited for a road since 1990.'
BARE = "The village waits since ten years for a road, and nobody has come to build it."


def test_broken_english_in_a_quotation_is_the_speakers():
    assert not [f for f in cleantext.check(QUOTED).findings if f.category == "translation"]
    assert [f.rule for f in cleantext.check(BARE).findings if f.category == "translation"] == ["MT143"]


def test_a_figure_in_a_quotation_is_never_changed_unasked():
    promoted = Cleaner(Configuration(promote=("MT110",)), min_confidence=0.0)
    quoted = promoted.check('"It will cost 3,5 percent of sales," the minister said.')
    bare = promoted.check("It will cost 3,5 percent of sales, the minister said.")
    assert [f.applicability.value for f in quoted.findings if f.rule == "MT110"] == ["review"]
    assert [f.rule for f in bare.findings] == ["MT110"]


def test_a_short_text_never_reads_garbled():
    text = "According with the Madrid, the he has declared l' agreement since two years of the the week."
    assert len(text) < SHORT
    assert Document(Article(text=text)).band != "garbled"


def test_a_card_that_only_shows_offers_no_fix_though_its_check_has_one():
    (finding,) = (
        f
        for f in cleantext.check("Mr Обрадов spoke first, and Mr Lang after him.").findings
        if f.rule == "MT171"
    )
    assert (finding.applicability.value, finding.fixes) == ("display", ())
