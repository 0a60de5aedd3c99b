"""The house is in order: imports lead down, nothing leads back to itself, the picture shows what is there."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def house() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", ROOT / "docs" / "house.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["house"] = module
    spec.loader.exec_module(module)
    return module


def test_no_module_leads_back_to_itself_even_for_the_type_checker(house: ModuleType) -> None:
    assert house.circles(house.imports()) == []


def test_no_room_leads_back_to_itself(house: ModuleType) -> None:
    assert house.circles(house.rooms(house.imports())) == []


def test_the_picture_shows_the_imports(house: ModuleType) -> None:
    drawn = house.PICTURE.read_text("utf-8")
    assert drawn == house.picture(house.rooms(house.imports())), "run: python docs/house.py"


def test_every_room_stands_in_the_architecture(house: ModuleType) -> None:
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    missing = [
        room
        for room in house.rooms(house.imports())
        if f"`{room}/`" not in page and f"`{room}.py`" not in page
    ]
    assert missing == ["version"]


def test_no_module_is_longer_than_500_lines() -> None:
    sources = [
        path for path in (ROOT / "cleantext").rglob("*") if path.suffix in (".py", ".pyx", ".pxd", ".pxi")
    ]
    sources += [*(ROOT / "benchmarks").rglob("*.py"), *(ROOT / "docs").glob("*.py"), ROOT / "hatch_build.py"]
    long = {str(path.relative_to(ROOT)): path.read_text("utf-8").count("\n") for path in sources}
    assert {name: lines for name, lines in long.items() if lines > 500} == {}


def test_a_circle_is_found(house: ModuleType) -> None:
    one = frozenset
    graph = {"a": one(["b"]), "b": one(["c"]), "c": one(["a", "d"]), "d": one(), "e": one(["a"])}
    assert house.circles(graph) == [["a", "b", "c"]]
    straight = {"a": one(["b", "c"]), "b": one(["c"]), "c": one()}
    assert house.circles(straight) == []
    assert house.needed(straight) == {"a": one(["b"]), "b": one(["c"]), "c": one()}
    assert house.floors(straight) == [["c"], ["b"], ["a"]]
