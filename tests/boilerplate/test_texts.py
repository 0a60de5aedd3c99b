"""Texts that never were web pages: how they teach the line model, and that they stay as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleantext
from benchmarks.boilerplate import gather
from benchmarks.boilerplate.pages import FOLDS
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
    return [f.text for f in found if f.family == "boilerplate" and f.fixes and f.confidence >= 0.5]


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
