"""Texts that never were web pages: how they teach the line model, and that they stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleantext
from benchmarks.boilerplate import gather
from benchmarks.boilerplate.labels import labels_by_language, short_texts
from benchmarks.boilerplate.pages import FOLDS, Labelled
from benchmarks.boilerplate.rows import views_of
from benchmarks.boilerplate.texts import whole_texts

MANUAL_RU = """\
ПАРОМ(1)                       Команды гавани                       ПАРОМ(1)

ИМЯ
       паром - показать расписание паромов и свободные места

ОБЗОР
       паром [ключи] причал ...

ОПИСАНИЕ
       Команда паром читает расписание причала и печатает его строка за стро‐
       кой. Если причал не указан, читается стандартный ввод. Время приводится
       по местным часам, а не по часам того, кто спрашивает. Закрытые на зиму
       причалы пропускаются.

КЛЮЧИ
       -м, --места
              Показать, сколько мест осталось на каждом рейсе. Без этого ключа
              печатается только время отхода.

       -н, --ночь
              Не пропускать рейсы после полуночи.

СМОТРИ ТАКЖЕ
       прилив(1), маяк(5)
"""
KEYS_DE = """\
Tasten für den Leuchtturm

Die meisten Aufgaben lassen sich ohne Maus erledigen. Die Tabelle nennt die Tasten, die überall gelten.

Strg L

Schaltet das Licht für eine Minute ein. Drücken Sie die Tasten noch einmal, damit es länger brennt.

Druck

Legt ein Bild der Küste im Ordner des Wärters ab.

Umschalt F7

Öffnet das Fenster, in dem die Stärke des Windes steht, und lässt es bis zum Morgen offen.

Menü

Zeigt an, was sich mit dem ausgewählten Boot machen lässt.
"""
SPEECH_ES = """\
Vecinos,

Hoy termina el trabajo que empezamos hace nueve inviernos, cuando el mar se llevó el muelle viejo y nadie sabía si volveríamos a tener un barco en esta orilla.

No fue fácil. Hubo días en que faltaba la madera y días en que faltaban las manos, pero nunca faltó quien trajera el pan a los que estaban en el agua.

El muelle es de todos, y a todos nos toca cuidarlo.
"""


def lost(text: str) -> list[str]:
    """Return what would be taken from a text as residue."""
    found = cleantext.check(text).findings
    return [f.text for f in found if f.rule.startswith("BP") and f.fixes and f.confidence >= 0.5]


@pytest.mark.parametrize("text", [MANUAL_RU, KEYS_DE, SPEECH_ES], ids=["manual", "help", "speech"])
def test_a_text_that_is_no_web_page_stays(text: str) -> None:
    assert lost(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "1. Press the key of the harbour light",
        "# ferry add the red boat",
        "Boats:   the red and the blue one",
    ],
)
def test_a_step_a_command_and_a_row_are_no_headline_though_they_stand_twice(line: str) -> None:
    said = "The council voted on Monday to close the old bridge, which lorries have used since the motorway was flooded."
    assert lost(f"{line}\n\n{said}\n\n{line}\n\n{said.replace('Monday', 'Friday')}\n") == []


def test_every_line_is_article_and_a_kind_is_of_one_fold(tmp_path: Path) -> None:
    for name in ("help/de.0", "help/ru.0", "manual/de.0"):
        path = tmp_path / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("A lamp\n\n    and its keeper.\n", "utf-8")
    found = whole_texts(tmp_path)
    assert [(text.id, text.language, text.lines, text.keep) for text in found][:1] == [
        ("help/de.0", "de", ("A lamp", "and its keeper."), (True, True))
    ]
    assert [text.fold for text in found] == [0, 0, 1 % FOLDS]


def test_a_manual_is_cut_where_a_paragraph_ends() -> None:
    text = "\n\n".join(f"Paragraph {number} of the\nmanual." for number in range(200))
    part = gather.cut("help", "some/page", text)
    assert text.startswith(part)
    assert part.endswith("manual.")
    assert 25 <= part.count("\n") + 1 <= 2 * max(gather.LENGTHS)


@pytest.mark.parametrize("label", ["Share", "Share this article", "Follow us", "Sign up for our newsletter"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_label_by_itself_in_a_short_article_is_residue(label: str, place: int) -> None:
    lines = [
        "The ferry sails again on Monday, after a winter in the yard.",
        "The talks about the fare failed, the harbour master said.",
    ]
    assert lost("\n\n".join([*lines[:place], label, *lines[place:]]) + "\n") == [label]


def test_a_short_article_for_training_has_a_label_of_its_language_and_no_other_residue() -> None:
    prose = tuple(
        f"Boat {number} left the harbour of the old town with bread and letters." for number in range(9)
    )
    clean = [
        Labelled(
            "bbc",
            f"{number}",
            "article",
            language,
            "bbc",
            "",
            None,
            None,
            prose,
            (True,) * 9,
            (False,) * 9,
            "",
            3,
        )
        for number, language in enumerate(["en"] * 200 + ["xx"])
    ]
    found = list(short_texts(clean))
    assert found == list(short_texts(clean))
    assert [view.page for view in views_of([], clean, [])] == clean
    assert [view.page for view in views_of([], clean, clean[:1])] == [*clean, clean[0], *found]
    assert len(found) == 200
    labels = {label for entries in labels_by_language()["en"] for label in entries}
    for text in found:
        added = [line for line, keep in zip(text.lines, text.keep, strict=True) if not keep]
        assert 1 <= len(added) <= 2
        assert labels.issuperset(label.lower() for label in added)
        assert [line for line, keep in zip(text.lines, text.keep, strict=True) if keep] == list(
            prose[: len(text.lines) - len(added)]
        )
        assert text.fold == 3
    places = {text.keep.index(False) / len(text.keep) for text in found}
    assert 0 in places
    assert any(0 < place < 0.6 for place in places)


def test_a_guide_is_read_without_the_labels_of_its_pages(tmp_path: Path) -> None:
    said = "The keeper trims the lamp at dusk, and writes the hour and the state of the sea into the book by the door."
    page = tmp_path / "lamp.html"
    page.write_text(
        "<html><body><main><h1>The lamp</h1>"
        f"<p>{said}</p><ul><li>oil</li><li>wicks and glass</li></ul><p>{said.replace('dusk', 'dawn')}</p>"
        "<p>Back to top</p></main></body></html>",
        "utf-8",
    )
    text = gather.read("guide", page)
    assert said in text
    assert "wicks and glass" in text
    assert "Back to top" not in text
