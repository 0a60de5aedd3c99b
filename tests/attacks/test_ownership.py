"""Another user of the machine: what he planted is not read, and one line says how to allow it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from cleantext import ownership, settings
from cleantext.configuration import Configuration

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make another user's files"
)
Run = Callable[..., CompletedProcess[str]]
OTHER = 54321


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of somebody else, with a configuration of his, over one of ours."""
    folder = tmp_path / "shared"
    (folder / "mine").mkdir(parents=True)
    (folder / "mine" / "a.txt").write_text("In teh end.\n", "utf-8")
    (folder / "cleantext.toml").write_text('ignore = ["EN"]\n', "utf-8")
    for path in (folder, folder / "cleantext.toml"):
        os.chown(path, OTHER, OTHER)
    return folder


def test_a_configuration_of_another_user_is_passed_over_and_the_line_says_how_to_allow_it(
    shared: Path,
) -> None:
    told: list[str] = []
    assert settings.choose(shared / "mine", tell=told.append).configuration == Configuration()
    [said] = told
    assert str(shared / "cleantext.toml") in said
    assert f"{ownership.SAFE}={shared}" in said


def test_so_is_a_link_of_his_to_a_file_of_ours_and_a_link_of_ours_to_a_file_of_his(shared: Path) -> None:
    ours = shared / "mine" / "other.toml"
    ours.write_text('ignore = ["EN"]\n', "utf-8")
    (shared / "cleantext.toml").unlink()
    (shared / "cleantext.toml").symlink_to(ours)
    os.chown(shared / "cleantext.toml", OTHER, OTHER, follow_symlinks=False)
    assert ownership.stranger(shared / "cleantext.toml") is not None
    os.chown(ours, OTHER, OTHER)
    (shared / "mine" / "cleantext.toml").symlink_to(ours)
    assert settings.find(shared / "mine") is None


@pytest.mark.parametrize("name", ["{}", "/nowhere:{}", "*"])
def test_the_environment_allows_folders(shared: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(ownership.SAFE, name.format(shared))
    assert settings.find(shared / "mine") == shared / "cleantext.toml"
    monkeypatch.setenv(ownership.SAFE, f"{shared}-not")
    assert settings.find(shared / "mine") is None


def test_so_does_the_users_own_file(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    own = tmp_path / "config" / "cleantext" / "cleantext.toml"
    own.parent.mkdir(parents=True)
    own.write_text(f'safe-directories = ["{shared}"]\n', "utf-8")
    assert settings.find(shared / "mine") == shared / "cleantext.toml"
    os.chown(own, OTHER, OTHER)
    assert settings.find(shared / "mine") is None


def test_who_called_sudo_owns_what_is_his(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_UID", str(OTHER))
    assert settings.find(shared / "mine") == shared / "cleantext.toml"
    monkeypatch.setenv("SUDO_UID", "no number")
    assert settings.find(shared / "mine") is None


def test_a_rule_file_of_another_user_is_not_loaded_from_a_repository(shared: Path) -> None:
    (shared / "mine" / "cleantext.toml").write_text('rules = ["rules.toml"]\n', "utf-8")
    rules = shared / "mine" / "rules.toml"
    rules.write_text("nonsense", "utf-8")
    os.chown(rules, OTHER, OTHER)
    told: list[str] = []
    assert settings.choose(shared / "mine", tell=told.append).configuration.rules == ()
    assert "rules.toml" in told[0]


def test_nothing_of_a_private_file_lands_with_another_user(shared: Path, cleantext: Run) -> None:
    (shared / "cleantext.toml").write_text('exclude = ["mine"]\n', "utf-8")
    (shared / ".cleantext" / "runs").mkdir(parents=True)
    for path in (shared / ".cleantext", shared / ".cleantext" / "runs"):
        os.chown(path, OTHER, OTHER)
    article = shared / "mine" / "a.txt"
    article.write_text("The cafÃ© is open.\n", "utf-8")
    article.chmod(0o600)
    done = cleantext("fix", "--force-exclude", article)
    assert done.returncode == 0
    assert done.stderr.count("belongs to user") == 2  # the configuration and the store, a line each
    assert article.read_text("utf-8") == "The café is open.\n"
    assert list((shared / ".cleantext" / "runs").iterdir()) == []
    assert cleantext("undo", article).returncode == 0
    assert article.read_text("utf-8") == "The cafÃ© is open.\n"
