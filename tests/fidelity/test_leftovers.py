"""Words of the original that are no fault where they stand."""

from __future__ import annotations

import cleantext

CLEANER = cleantext.Cleaner(select=["fidelity"])


def rules(text: str, original: str, lang: str) -> list[str]:
    report = CLEANER.check(text, original=original, original_lang=lang)
    return [f.rule for f in report.findings if f.confidence >= 0.5]


def test_an_address_in_another_script_is_left_alone() -> None:
    russian = "Гавань Торвика получила новый причал. Сайт: https://торвик.рф/."
    assert rules("The port of Torvik got a new pier. Website: https://торвик.рф/.", russian, "ru") == []
    assert rules("The port of Torvik got a new причал. Website: torvik.example.", russian, "ru") == ["FD020"]


def test_a_heading_said_again_by_its_sentence_is_no_loop() -> None:
    russian = "Переговоры в порту Торвика Порту Торвика нужны переговоры, сказал мэр."
    english = "Talks begin in the port of Torvik The port of Torvik needs talks, the mayor said."
    assert "FD022" not in rules(english, russian, "ru")
