"""What is compiled is used only while it is what the sources say; where it is not, one line says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from cleantext import Cleaner, SlowWarning, native

ROOT = Path(__file__).resolve().parents[2]
BUILT = EXTENSION_SUFFIXES[0]


def test_the_modules_in_c_are_those_of_the_tree() -> None:
    sources = sorted((ROOT / "cleantext").rglob("*.pyx"))
    assert list(native.MODULES) == [
        ".".join(path.relative_to(ROOT / "cleantext").with_suffix("").parts) for path in sources
    ]


def test_nothing_that_is_built_here_is_out_of_date() -> None:
    assert not native.stale(), native.AGAIN


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package of one Cython module with its declarations and a part of it, and one module in Python."""
    for name in (
        "a/_words.pyx",
        "a/_words.pxd",
        "a/_words_cut.pxi",
        "a/plain.py",
        f"a/_words{BUILT}",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, ns=(0, 2_000 if name.endswith(BUILT) else 1_000))
    native.stale.cache_clear()
    return tmp_path


def test_what_was_built_after_its_source_is_used(package: Path) -> None:
    assert native.stale(package) == ()


@pytest.mark.parametrize("name", ["a/_words.pyx", "a/_words.pxd", "a/_words_cut.pxi"])
def test_a_source_that_changed_since_is_named(package: Path, name: str) -> None:
    os.utime(package / name, ns=(0, 3_000))
    assert native.stale(package) == (name,)


def test_a_module_that_nothing_was_compiled_from_may_change(package: Path) -> None:
    os.utime(package / "a/plain.py", ns=(0, 3_000))
    assert native.stale(package) == ()


def test_in_a_wheel_nobody_looks(package: Path) -> None:
    os.utime(package / "a/_words.pyx", ns=(0, 3_000))
    (package / "_rules").mkdir()
    assert native.stale(package) == ()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose compiled modules are of no use: built from another tree, and older than a source."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(
        ROOT / "cleantext", root / "cleantext", ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__")
    )
    (root / "rules").symlink_to(ROOT / "rules", target_is_directory=True)
    for name in ("document/_runs", "checks/boilerplate/_page"):
        (root / "cleantext" / f"{name}{BUILT}").write_bytes(b"no library")
        os.utime(root / "cleantext" / f"{name}{BUILT}", ns=(0, 0))
    return root


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
    )


def test_stale_modules_are_left_out_and_one_line_says_to_build_again(checkout: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Share this\nThe mayor said on Monday that that the bridge stays open.\n")
    done = run(checkout, "-m", "cleantext", "check", str(article))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("cleantext: the compiled modules are older than checks/boilerplate/")
    assert done.stderr.endswith("build again: make env, or python hatch_build.py\n")


def test_doctor_says_it_and_that_something_is_wrong(checkout: Path) -> None:
    done = run(checkout, "-m", "cleantext", "doctor")
    assert done.returncode == 1
    assert "C modules  NOT USED: the compiled modules are older than" in done.stdout
    assert done.stderr == ""


def test_it_can_be_asked_for(checkout: Path) -> None:
    done = run(
        checkout, "-W", "error", "-c", "import cleantext; cleantext.check('A text.')", CLEANTEXT_PURE="1"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_build_without_c_modules_says_so_at_first_use(checkout: Path) -> None:
    code = "from cleantext import native; native.stale = lambda: (); import cleantext; cleantext.check('A text.')"
    done = run(checkout, "-c", code)
    assert "SlowWarning: the modules in C were not built" in done.stderr


def test_it_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "trouble", lambda modules: "it is slow")
    native.warn.cache_clear()
    with pytest.warns(SlowWarning) as told:
        Cleaner(select=["encoding"])
        Cleaner(select=["encoding"])
    assert len(told) == 1
    native.warn.cache_clear()
