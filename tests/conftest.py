"""What all tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from cleantext.native import compiled

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"

settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "torture", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck)
)
settings.register_profile("mutation", deadline=None, max_examples=25, derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


# No test reads what its developer configured for himself.
os.environ["XDG_CONFIG_HOME"] = str(ROOT / "tests" / "nobodys-configuration")


def skip_or_fail(reason: str) -> None:
    """Skip a test whose component is missing; on CI, where all of them belong, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"missing on CI: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def in_c() -> Callable[[str], Any]:
    """Return a module that is built in C, by its name; skip the test where it was not built."""

    def give(name: str) -> Any:
        module = compiled(name)
        if module is None:
            skip_or_fail(f"{name} is not built: python hatch_build.py")
        return module

    return give


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Return a copy of the two seed articles."""
    # What a reader of the tutorial decided stays out.
    ignored = shutil.ignore_patterns(".cleantext")
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds", ignore=ignored))


@pytest.fixture
def cleantext() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return the command line as a function of its arguments."""

    def call(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "COLUMNS": "100", **options.pop("env", {})}  # type: ignore[dict-item]
        return subprocess.run(
            [sys.executable, "-m", "cleantext", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
            **options,  # type: ignore[arg-type]
        )

    return call


def pytest_sessionfinish(session: pytest.Session) -> None:
    """On CI, where every component belongs, a test skipped for a missing one is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None:
        return
    missing = [r for r in reporter.stats.get("skipped", []) if "could not import" in str(r.longrepr)]
    for report in missing:
        reporter.write_line(f"missing on CI: {report.nodeid}: {report.longrepr}", red=True)
    if missing and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
