"""The wheel runs alone: built, installed into an empty environment, used there."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from cleantext.rulebook import shipped

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def test_rules_and_types_are_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "cleantext/py.typed" in names
    rules = {
        path.relative_to(ROOT / "rules").as_posix() for path in (ROOT / "rules").rglob("*") if path.is_file()
    }
    assert {f"cleantext/_rules/{name}" for name in rules} <= set(names)


def test_no_file_has_a_name_that_a_rival_package_would_overwrite(wheel: Path) -> None:
    rivals = {
        "clean.py",
        "cleantext.py",
        "constants.py",
        "exceptions.py",
        "specials.py",
        "utils.py",
        "sklearn.py",
    }
    assert not rivals & {Path(name).name for name in zipfile.ZipFile(wheel).namelist()}


def test_it_checks_and_fixes_the_seeds_in_an_empty_environment(installed: Path, tmp_path: Path) -> None:
    seeds = shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    done = subprocess.run(
        [str(installed / "cleantext"), "check", "--format", "jsonl", "--exit-zero", "seeds"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("\n") >= 20
    subprocess.run(
        [str(installed / "cleantext"), "fix", "seeds"], cwd=tmp_path, check=True, capture_output=True
    )
    assert (seeds / "000_47d5de616a39cc57.txt").read_bytes() != (
        ROOT / "seeds/000_47d5de616a39cc57.txt"
    ).read_bytes()


def test_it_ships_every_rule(installed: Path) -> None:
    code = "from cleantext.rulebook import shipped; print(len(shipped()))"
    done = subprocess.run([str(installed / "python"), "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(shipped())


def test_a_text_is_cleaned_from_python(installed: Path) -> None:
    code = "import cleantext; print(cleantext.fix('The parlia\\u00admentâ€™s cafÃ©.'))"
    done = subprocess.run([str(installed / "python"), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "The parliament’s café.\n"
