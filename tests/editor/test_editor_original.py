"""With the original beside it, a number that it contradicts may become the one that it holds, and no other."""

from __future__ import annotations

from typing import Any

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration, Editor
from cleantext.editor.replay import Recorded, Replay

ORIGINAL = (
    "El puente cuesta 340 millones de euros. Los vecinos esperan desde hace 12 años. "
    "El alcalde Tomás Ferrer abrirá la obra en otoño."
)
LINES = [
    "The bridge cost 430 million euros.",
    "The neighbours have been waiting for 12 years.",
    "The mayor Tomás Ferrer will open the works in autumn.",
]
TEXT = " ".join(LINES) + "\n"


class Listening(Replay):
    def __init__(self, replies: dict[str, Recorded]) -> None:
        super().__init__(replies)
        self.asked: list[Any] = []

    def answers(self, requests: Any) -> Any:
        self.asked.extend(requests)
        return super().answers(requests)


def checked(sentence: str, reply: str, original: str | None = ORIGINAL) -> tuple[list[str], str, Listening]:
    replies = Listening({sentence: Recorded(sentence, reply)})
    config = Configuration(select=("editor",), editor=Editor(which="all", unit="sentence"))
    cleaner = Cleaner(config, answers=replies)
    article = Article(text=TEXT, lang="en", original=original, original_lang="es" if original else None)
    report = cleaner.check(article)
    return [f.rule for f in report.findings], cleaner.fix(article, apply="review").text, replies


def test_a_number_that_the_original_contradicts_may_become_the_originals() -> None:
    rules, fixed, _ = checked(LINES[0], "The bridge costs 340 million euros.")
    assert "ED101" not in rules
    assert fixed.startswith("The bridge costs 340 million euros.")


def test_it_becomes_no_other_number() -> None:
    rules, fixed, _ = checked(LINES[0], "The bridge costs 350 million euros.")
    assert "ED101" in rules
    assert "430 million euros" in fixed


def test_without_the_original_it_stays() -> None:
    rules, fixed, _ = checked(LINES[0], "The bridge costs 340 million euros.", original=None)
    assert "ED101" in rules
    assert "430 million euros" in fixed


def test_a_number_that_agrees_with_the_original_stays() -> None:
    rules, fixed, _ = checked(LINES[1], "The neighbours have been waiting for 340 years.")
    assert "ED101" in rules
    assert fixed == TEXT


def test_the_model_is_told_the_original_and_not_to_keep_what_it_contradicts() -> None:
    _, _, replies = checked(LINES[0], LINES[0])
    first, second, third = replies.asked[:3]
    assert first.original == "El puente cuesta 340 millones de euros."
    assert first.keep == ()
    assert second.original == "Los vecinos esperan desde hace 12 años."
    assert second.keep == ("12 years",) or second.keep == ("12",)
    assert "Tomás Ferrer" in third.keep
