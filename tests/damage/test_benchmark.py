"""The benchmark of damage: it breaks what it says, and what comes back stays above its floors."""

import random

import pytest

from benchmarks.damage.damages import FAMILIES
from benchmarks.damage.measure import cleaner, measure, untouched
from benchmarks.damage.texts import OWN

ENGINE = cleaner()


@pytest.mark.parametrize("name", FAMILIES)
def test_the_places_say_what_stood_there(name):
    damage = FAMILIES[name].damage
    broken = 0
    for number, text in enumerate(OWN):
        damaged = damage(text, random.Random(number))
        at, pieces = 0, []
        for place in damaged.places:
            pieces += [damaged.text[at : place.start], place.before]
            at = place.end
        assert "".join([*pieces, damaged.text[at:]]).split() == text.split()
        broken += len(damaged.places)
    assert broken


@pytest.mark.parametrize("name", FAMILIES)
def test_what_was_broken_comes_back(name):
    family = FAMILIES[name]
    result, _ = measure(ENGINE, OWN, family.damage, range(3))
    assert result.share >= family.restored
    assert result.precision >= family.precision


def test_undamaged_articles_stay():
    assert list(untouched(ENGINE, OWN)) == []
