"""A rule file of the tests' own, so that they do not depend on what the shipped rules find."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import command

RULES = """
category = "typography"

[[rule]]
id = "ZZ001"
name = "reuters-he"
summary = "A pronoun stands after the agency"
why = "made for tests"
pattern = 'Reuters he reported'
fix = 'Reuters reported'
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = 'It rains, Reuters he reported.'
good = 'It rains, Reuters reported.'
[[rule.near-misses]]
text = 'Reuters reported that he left.'

[[rule]]
id = "ZZ002"
name = "doubled-town"
summary = "The town stands twice"
why = "made for tests"
pattern = 'the town the town'
fix = 'the town'
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = 'They left the town the town.'
good = 'They left the town.'
[[rule.near-misses]]
text = 'the town, the town hall'
"""

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The rule file."""
    path = tmp_path / "zz.toml"
    path.write_text(RULES, "utf-8")
    return path


@pytest.fixture
def cleantext(tmp_path: Path, rules: Path) -> Run:
    """Run the command line in the test's folder with the tests' rules alone."""

    def run(name: str, *arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
        chosen: list[object] = []
        if name in ("check", "fix"):
            chosen = ["--isolated", "--rules", rules, "--select", "ZZ"]
        return subprocess.run(
            command(name, *arguments, *chosen),
            cwd=tmp_path,
            capture_output=True,
            timeout=600,
            check=False,
            env={**os.environ, "NO_COLOR": "1"},
            **more,  # type: ignore[call-overload]
        )

    return run
