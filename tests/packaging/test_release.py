"""What a release is made of: wheels for old Linux, the hooks' mirror, the action, the container, the workflow."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleantext.version import __version__

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ARTICLE = "The talks failed on Monday, Reuters he reported from the border.\n\nShare\n"


def load(name: str) -> dict[Any, Any]:
    """Read a YAML file of the repository."""
    found = yaml.safe_load((ROOT / name).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def git(folder: Path, *words: str) -> str:
    """Run git as somebody, whatever the machine's settings."""
    named = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *named, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """The mirror's repository with a tag, as a release makes it."""
    folder = tmp_path / "mirror"
    command = [sys.executable, str(ROOT / "tools/hook-mirror/make.py"), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Take a release")
    git(folder, "tag", f"v{__version__}")
    return folder


def test_the_mirror_names_one_release_and_the_hooks_of_the_tree(mirror: Path) -> None:
    project = tomllib.loads((mirror / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dependencies"] == [f"cleantext-rules=={__version__}"]
    assert (mirror / ".pre-commit-hooks.yaml").read_bytes() == (ROOT / ".pre-commit-hooks.yaml").read_bytes()
    assert f"rev: v{__version__}" in (mirror / "README.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_a_hook_from_the_mirror_checks_a_commit(
    runner: str, wheel: Path, mirror: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    git(corpus, "init", "-q")
    (corpus / "a.txt").write_text(ARTICLE, "utf-8")
    hooks = [{"repo": str(mirror), "rev": f"v{__version__}", "hooks": [{"id": "cleantext"}]}]
    (corpus / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": hooks}), "utf-8")
    git(corpus, "add", "-A")
    environment = os.environ | {
        "PIP_FIND_LINKS": str(wheel.parent),
        "UV_FIND_LINKS": str(wheel.parent),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "PREK_HOME": str(tmp_path / "prek"),
        # A wheel or nothing: a source that compiles is what the mirror is there to spare.
        "PIP_ONLY_BINARY": "cleantext-rules",
        "UV_NO_BUILD_PACKAGE": "cleantext-rules",
    }
    done = subprocess.run(
        [str(BIN / runner), "run", "--all-files"], cwd=corpus, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "MT021" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="auditwheel reads Linux wheels")
def test_the_wheel_runs_on_linux_of_2018_and_later(
    wheel: Path, install: Callable[[Path], Path], tmp_path: Path
) -> None:
    """Manylinux 2_28 (glibc of 2018) is what the dependencies ask for, too."""
    if not any(name.endswith(".so") for name in zipfile.ZipFile(wheel).namelist()):
        pytest.skip("no compiler here: the wheel is pure Python and runs anywhere")
    command = [str(BIN / "auditwheel"), "repair", "--plat", "auto", "--wheel-dir", str(tmp_path), str(wheel)]
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    repaired = next(tmp_path.glob("*.whl"))
    lowest = min(tuple(map(int, found)) for found in re.findall(r"manylinux_(\d+)_(\d+)", repaired.name))
    assert lowest <= (2, 28)
    checked = subprocess.run(
        [
            str(install(repaired) / "cleantext"),
            "check",
            "--format",
            "jsonl",
            "--exit-zero",
            str(ROOT / "seeds"),
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert checked.stdout.count("\n") >= 20


class TestAction:
    """`action.yml`, its one script run as the runner would."""

    ACTION = load("action.yml")

    def run(self, corpus: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
        output = corpus.parent / "output"
        output.write_text("")
        environment = os.environ | {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(corpus.parent),
            "GITHUB_OUTPUT": str(output),
            **inputs,
        }
        script = ROOT / "tools/action/check.sh"
        done = subprocess.run([str(script)], cwd=corpus, env=environment, capture_output=True, text=True)
        return done, dict(line.split("=", 1) for line in output.read_text().splitlines())

    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir()
        (folder / "a.txt").write_text(ARTICLE, "utf-8")
        return folder

    def test_findings_are_annotations_and_sarif(self, corpus: Path) -> None:
        done, said = self.run(corpus)
        assert done.returncode == 0
        assert "::warning" in done.stdout or "::error" in done.stdout or "::notice" in done.stdout
        assert said["exit-code"] == "1"
        found = json.loads(Path(said["sarif-file"]).read_text("utf-8"))["runs"][0]["results"]
        assert "MT021" in {result["ruleId"] for result in found}

    def test_options_are_words_and_not_commands(self, corpus: Path) -> None:
        done, said = self.run(corpus, CLEANTEXT_ARGS="--select attribution", CLEANTEXT_PATHS="a.txt")
        assert (done.returncode, said["exit-code"]) == (0, "0")
        self.run(corpus, CLEANTEXT_PATHS="a.txt; touch planted $(touch planted)")
        assert not (corpus / "planted").exists()

    def test_what_cannot_be_read_is_told(self, corpus: Path) -> None:
        _, said = self.run(corpus, CLEANTEXT_PATHS="missing.txt")
        assert said["exit-code"] == "2"

    def test_no_input_is_pasted_into_a_command(self) -> None:
        for step in self.ACTION["runs"]["steps"]:
            assert "${{" not in step.get("run", "")

    @pytest.mark.parametrize(
        ("code", "fail", "outcome"),
        [("0", "true", 0), ("1", "true", 1), ("1", "false", 0), ("2", "false", 2)],
    )
    def test_the_outcome(self, code: str, fail: str, outcome: int) -> None:
        step = self.ACTION["runs"]["steps"][-1]
        environment = os.environ | {"CODE": code, "FAIL": fail}
        assert subprocess.run(["bash", "-c", step["run"]], env=environment).returncode == outcome

    def test_every_input_is_used_and_every_output_is_written(self) -> None:
        text = (ROOT / "action.yml").read_text("utf-8")
        assert all(f"inputs.{name}" in text for name in self.ACTION["inputs"])
        script = (ROOT / "tools/action/check.sh").read_text("utf-8")
        assert all(f"{name}=" in script for name in self.ACTION["outputs"])


class TestContainer:
    """The Dockerfile, as far as it can be read without a daemon."""

    LINES = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()

    def test_what_is_copied_is_there_and_not_ignored(self) -> None:
        kept = {
            line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line[:1] == "!"
        }
        for line in self.LINES:
            words = shlex.split(line, comments=True)
            if words[:1] == ["COPY"] and not words[1].startswith("--"):
                for name in words[1:-1]:
                    assert (ROOT / name).exists(), name
                    assert name in kept, name

    def test_what_the_build_asks_for_is_copied(self) -> None:
        copied = {word for line in self.LINES if line.startswith("COPY") for word in shlex.split(line)[1:]}
        asked = {
            PROJECT["project"]["readme"],
            *PROJECT["project"]["license-files"],
            "hatch_build.py",
            "rules",
        }
        assert asked <= copied

    def test_its_extras_and_its_command_exist(self) -> None:
        extras = re.search(r"\.whl\)\[([\w,]+)\]", "\n".join(self.LINES))
        assert extras is not None
        assert set(extras[1].split(",")) <= set(PROJECT["project"]["optional-dependencies"])
        entry = next(line for line in self.LINES if line.startswith("ENTRYPOINT"))
        assert json.loads(entry.removeprefix("ENTRYPOINT"))[0] in PROJECT["project"]["scripts"]

    def test_nobody_is_root_in_it(self) -> None:
        assert [line for line in self.LINES if line.startswith("USER")] == ["USER cleantext"]


class TestWorkflow:
    """The release workflow and what it builds."""

    JOBS = load(".github/workflows/release.yml")["jobs"]

    def test_wheels_are_built_for_every_system(self) -> None:
        systems = " ".join(self.JOBS["wheels"]["strategy"]["matrix"]["os"])
        assert all(name in systems for name in ("ubuntu-24.04 ", "ubuntu-24.04-arm", "macos", "windows"))

    def test_only_publishing_may_ask_for_an_identity(self) -> None:
        asking = [name for name, job in self.JOBS.items() if "id-token" in job.get("permissions", {})]
        assert asking == ["publish"]
        assert "password" not in (ROOT / ".github/workflows/release.yml").read_text("utf-8")

    @pytest.mark.skipif(
        shutil.which("cibuildwheel", path=str(BIN)) is None, reason="cibuildwheel is not installed"
    )
    @pytest.mark.parametrize(
        ("platform", "least"),
        [
            ("linux", "cp311-manylinux_x86_64"),
            ("macos", "cp313-macosx_arm64"),
            ("windows", "cp312-win_amd64"),
        ],
    )
    def test_cibuildwheel_reads_its_settings(self, platform: str, least: str) -> None:
        command = [
            str(BIN / "cibuildwheel"),
            "--print-build-identifiers",
            "--platform",
            platform,
            "--archs",
            "all",
        ]
        done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        built = done.stdout.split()
        assert least in built
        assert not any("musllinux" in name or name.startswith("pp") for name in built)


def test_the_sdist_holds_what_a_wheel_is_built_from() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"hatch_build.py", "cleantext", "rules", "README.md", "LICENSE"} <= set(included)
