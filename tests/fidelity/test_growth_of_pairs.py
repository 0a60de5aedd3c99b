"""What a pair of texts costs grows as its length does."""

from __future__ import annotations

import pytest
from timing import assert_growth, cpu_seconds

from cleantext.fidelity.align import align
from cleantext.fidelity.names import names, without_partner
from cleantext.fidelity.quotations import changes

WORDS = ["Hafen", "Brücke", "Markt", "Kirche", "Schule", "Straße", "Wasser", "Garten", "Fenster", "Turm"]


def texts(count: int) -> tuple[str, str]:
    """Return a German text and a translation that says more, so that every pair fits badly; a name and a quotation in each."""
    here, there = [], []
    for n in range(count):
        word = WORDS[n % len(WORDS)] + WORDS[n // 10 % len(WORDS)].lower()
        here.append(
            f"Am Abend sagte Herr Veltman{n % 40}: „Wir haben {n} Boote am {word} gesehen und gezählt.“"
        )
        there.append(
            f"In the evening Mr Veltman{n % 40} said: “We saw {n} boats at the harbour and counted them all.” "
            "Nobody else who was there that day had ever seen so many, and most of them went home before the night."
        )
    return "\n".join(here), "\n".join(there)


def compare(original: str, text: str, original_lang: str) -> None:
    alignment = align(original, original_lang, text, "en")
    here = names(original, alignment.source, original_lang)
    there = names(text, alignment.target, "en")
    list(without_partner(alignment, here, text, original_lang))
    list(changes(alignment, original, text, here, there))


@pytest.mark.parametrize("original_lang", ["de", "nl"])
def test_four_times_the_sentences_take_about_four_times_as_long(original_lang: str) -> None:
    def cost(count: int) -> float:
        original, text = texts(count)
        return cpu_seconds(lambda: compare(original, text, original_lang))

    cost(20)
    assert_growth(cost, 100, 400, times=4 * 2)
