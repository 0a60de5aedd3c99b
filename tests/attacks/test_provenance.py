"""Whose configuration is believed: what a repository's own file may say, and what only the user may."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import msgspec
import pytest

from cleantext import provenance, settings
from cleantext.configuration import Configuration

Run = Callable[..., CompletedProcess[str]]

RULES = """
category = "typography"

[[rule]]
id = "ZZ001"
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


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own configuration file, not made yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "cleantext").mkdir(parents=True)
    return tmp_path / "config" / "cleantext" / "cleantext.toml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "articles").mkdir()
    (folder / "a.txt").write_text("They left the town the town on Monday.\n", "utf-8")
    return folder


def choose(repository: Path, **more: Any) -> tuple[Configuration, list[str]]:
    told: list[str] = []
    return settings.choose(repository / "a.txt", tell=told.append, **more).configuration, told


def leaves(kind: type[msgspec.Struct], table: str = "") -> set[str]:
    found = set()
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            found |= leaves(field.type, f"{table}{field.encode_name}.")
        else:
            found.add(f"{table}{field.encode_name}")
    return found


def test_every_setting_is_declared() -> None:
    assert set(provenance.KINDS) == leaves(Configuration)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('[languagetool]\nserver = "http://192.0.2.1:8081"\n', "languagetool.server"),
        ('[languagetool]\ncache = "cache.sqlite"\n', "languagetool.cache"),
        ('[languagetool]\ncache = "/tmp/cache.sqlite"\n', "languagetool.cache"),
        ("[languagetool]\ndownload = true\n", "languagetool.download"),
        ('rules = ["../elsewhere.toml"]\n', "rules"),
        ('rules = ["/etc/hostname"]\n', "rules"),
        ('rules = ["link.toml"]\n', "rules"),
        ('index = "/etc/hostname"\n', "index"),
        ('[attribution]\noffices = ["articles/../../x.csv"]\n', "attribution.offices"),
        ('[review]\nstore = "../review.db"\n', "review.store"),
        ('[review]\nstore = ".git/config"\n', "review.store"),
        ('[review]\nstore = "articles/../.GIT/config"\n', "review.store"),
        ('rules = ["articles/sub/.git/hooks/x.toml"]\n', "rules"),
        ('rules = ["into-git.toml"]\n', "rules"),
        ('safe-directories = ["*"]\n', "safe-directories"),
    ],
)
def test_what_a_repository_may_not_say_is_said_and_does_not_count(
    own: Path, repository: Path, line: str, key: str
) -> None:
    (repository / "link.toml").symlink_to("/etc/hostname")
    (repository / "into-git.toml").symlink_to(".git/config")
    file = repository / "cleantext.toml"
    file.write_text(f'select = ["EN"]\n{line}', "utf-8")
    chosen, told = choose(repository)
    assert chosen == Configuration(select=("EN",))
    [said] = told
    assert said.startswith(f"{file}:")
    assert f'"{key}"' in said
    assert str(own) in said


@pytest.mark.parametrize("name", ["cleantext.toml", "pyproject.toml"])
def test_the_user_may_say_all_of_it_in_his_own_file_and_a_repository_does_not_take_it_back(
    own: Path, repository: Path, name: str
) -> None:
    own.write_text('rules = ["mine.toml"]\n[languagetool]\nserver = "http://own:1"\ncache = "c"\n', "utf-8")
    table = "[tool.cleantext.languagetool]" if name == "pyproject.toml" else "[languagetool]"
    (repository / name).write_text(f'{table}\nenabled = true\nserver = "http://planted:1"\n', "utf-8")
    chosen, told = choose(repository)
    assert chosen.languagetool.server == "http://own:1"
    assert chosen.languagetool.cache == str(own.parent / "c")
    assert chosen.rules == (str(own.parent / "mine.toml"),)
    assert len(told) == 1


def test_where_its_server_is_refused_a_repository_turns_nothing_on_in_its_place(
    own: Path, repository: Path
) -> None:
    file = repository / "cleantext.toml"
    file.write_text('[languagetool]\nenabled = true\nserver = "http://planted:1"\n', "utf-8")
    assert not choose(repository)[0].languagetool.enabled
    file.write_text("[languagetool]\nenabled = true\n", "utf-8")
    assert choose(repository)[0].languagetool.enabled


def test_a_file_that_is_named_is_believed(own: Path, repository: Path) -> None:
    file = repository / "cleantext.toml"
    file.write_text('[languagetool]\nserver = "http://named:1"\n', "utf-8")
    chosen, told = choose(repository, named=file)
    assert chosen.languagetool.server == "http://named:1"
    assert told == []


def test_a_repositorys_own_rules_work_as_before(own: Path, repository: Path) -> None:
    inner = repository / "articles" / "cleantext.toml"
    inner.write_text('rules = ["../rules.toml"]\nindex = "x.index"\n', "utf-8")
    (repository / "rules.toml").write_text(RULES, "utf-8")
    chosen = settings.choose(repository / "articles", tell=pytest.fail).configuration
    assert [Path(name).resolve() for name in chosen.rules] == [repository / "rules.toml"]
    assert chosen.index == str(repository / "articles" / "x.index")


def test_without_git_the_folder_of_the_file_is_the_repository(own: Path, tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "cleantext.toml").write_text('rules = ["../rules.toml"]\n', "utf-8")
    assert settings.choose(inner).configuration.rules == ()


def test_a_home_folder_in_git_is_no_repository_of_articles(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".git").mkdir()
    inner = tmp_path / "downloads"
    inner.mkdir()
    (inner / "cleantext.toml").write_text('rules = ["../secret.toml"]\n', "utf-8")
    assert settings.choose(inner).configuration.rules == ()


def test_the_nearer_file_wins_key_by_key(own: Path, repository: Path) -> None:
    own.write_text('jobs = 1\nmin-confidence = 0.9\n[style]\ndash = "en"\nquotes = "curly"\n', "utf-8")
    (repository / "cleantext.toml").write_text('min-confidence = 0.7\n[style]\ndash = "em"\n', "utf-8")
    chosen, _ = choose(repository)
    assert (chosen.jobs, chosen.min_confidence) == (1, 0.7)
    assert (chosen.style.dash, chosen.style.quotes) == ("em", "curly")
    assert choose(repository, isolated=True)[0] == Configuration()


def test_a_repository_asks_for_no_thousand_processes_and_no_endless_rules(
    own: Path, repository: Path
) -> None:
    (repository / "cleantext.toml").write_text("jobs = 100000\nrule-time-limit = 1e9\n", "utf-8")
    chosen, _ = choose(repository)
    assert chosen.jobs == os.cpu_count()
    assert chosen.rule_time_limit == 10


def test_what_a_repository_turns_on_downloads_nothing(own: Path, repository: Path) -> None:
    (repository / "cleantext.toml").write_text("[languagetool]\nenabled = true\n", "utf-8")
    assert not choose(repository)[0].languagetool.download
    asked = {"languagetool": {"enabled": True}}
    assert choose(repository, command_line=asked)[0].languagetool.download
    own.write_text("[languagetool]\nenabled = true\n", "utf-8")
    assert choose(repository)[0].languagetool.download


def test_a_planted_server_is_not_asked(own: Path, repository: Path, cleantext: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as planted:
        planted.settimeout(0.2)
        port = planted.getsockname()[1]
        (repository / "cleantext.toml").write_text(
            f'[languagetool]\nenabled = true\nserver = "http://127.0.0.1:{port}"\ncache = "../planted.sqlite"\n'
        )
        environment = {"PATH": "/nowhere", "JAVA_HOME": "", "XDG_CONFIG_HOME": str(own.parent.parent)}
        done = cleantext("check", repository / "a.txt", env=environment)
        with pytest.raises(TimeoutError):
            planted.accept()
    assert '"languagetool.server"' in done.stderr
    assert not (repository.parent / "planted.sqlite").exists()


def test_a_repository_does_not_have_rules_compiled_for_it_a_thousand_times(tmp_path: Path) -> None:
    for number in range(130):
        folder = tmp_path / "repo" / f"d{number}"
        folder.mkdir(parents=True)
        (folder / "cleantext.toml").write_text(f"min-confidence = 0.{number + 100}\n")
        (folder / "a.txt").write_text("It is dry.\n")
    named = [str(tmp_path / "repo" / f"d{number}" / "a.txt") for number in range(130)]
    for paths in ([str(tmp_path / "repo")], named):
        command = [sys.executable, "-m", "cleantext", "check", *paths]
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        assert done.returncode == 2
        assert b"more than 100 configuration files" in done.stderr
