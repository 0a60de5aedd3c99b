"""Whose a file is: what another user of the machine wrote is not believed.

Configuration and stores are looked for upwards, so anybody who may write into a
folder above could plant one. What counts is who owns the file, as with git's
``safe.directory``: the user, or root, who could do anything anyway. Where a platform
knows no owners (Windows) everything counts as the user's own; there the access
lists of the folders have to keep others out.
"""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from functools import cache
from pathlib import Path

SAFE = "CLEANTEXT_SAFE_DIRECTORIES"
"""Environment variable: folders whose files are believed whoever owns them, separated as in ``PATH``; ``*`` is all."""
SAFE_KEY = "safe-directories"
"""The same in the user's own configuration file, a list."""


def own_file() -> Path | None:
    """Return where the user's own configuration file is looked for; None where the user has no home."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA", "")
    else:
        base = os.environ.get("XDG_CONFIG_HOME", "")
    if not Path(base).is_absolute():  # the XDG specification: a relative one is to be passed over
        try:
            base = str(Path.home() / ".config")
        except RuntimeError:
            return None
    return Path(base) / "cleantext" / "cleantext.toml"


def cache_folder() -> Path | None:
    """Return where the user keeps what can be worked out again; None where the user has no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = ""
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
    if not Path(base).is_absolute():
        try:
            base = str(Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache"))
        except RuntimeError:
            return None
    return Path(base) / "cleantext"


def stranger(path: Path) -> str | None:
    """Return who else owns a file or folder, or the link that leads to it; None where nobody else does.

    Raises OSError where the path cannot be looked at.
    """
    if sys.platform == "win32":
        return None
    ours = _ours()
    for status in (path.lstat(), path.stat()):
        if status.st_uid not in ours:
            return None if is_safe(path) else _name(status.st_uid)
    return None


def refusal(path: Path, folder: Path | None = None) -> str | None:
    """Return one line on why a file or folder is not believed and how to allow it; None where it may be.

    ``folder`` is the one to name as safe, that of the file where None. Raises OSError as :func:`stranger` does.
    """
    owner = stranger(path)
    if owner is None:
        return None
    safe = os.path.realpath(folder or path.parent)
    return (
        f"{path} belongs to {owner} and is not read. Where you trust them: {SAFE}={safe} in the environment, "
        f'or {SAFE_KEY} = ["{safe}"] in {own_file() or "your own configuration"}.'
    )


def _ours() -> frozenset[int]:
    """Return the users whose files are believed: this one, root, and who called sudo."""
    assert sys.platform != "win32"
    user = os.geteuid()
    caller = os.environ.get("SUDO_UID", "") if user == 0 else ""
    return frozenset([user, 0, *([int(caller)] if caller.isascii() and caller.isdigit() else [])])


def is_safe(path: Path) -> bool:
    """Return whether a path lies in a folder whose files are believed whoever owns them."""
    own = own_file()
    try:
        status = own.stat() if own else None
        plain = status is not None and stat.S_ISREG(status.st_mode)  # a pipe is not waited for
        state = (status.st_uid, status.st_mtime_ns, status.st_size) if status and plain else None
    except OSError:
        state = None
    real = Path(os.path.realpath(path))
    folders = _safe(os.environ.get(SAFE, ""), own, state)
    return any(folder == "*" or real.is_relative_to(folder) for folder in folders)


@cache
def _safe(named: str, own: Path | None, state: tuple[int, int, int] | None) -> tuple[str, ...]:
    """Return the folders of the environment and of the user's own file, read once for each state of it."""
    folders = [folder for folder in named.split(os.pathsep) if folder]
    if own is not None and state is not None and state[0] in _ours():
        try:
            listed = tomllib.loads(own.read_text("utf-8")).get(SAFE_KEY, [])
            folders += [folder for folder in listed if isinstance(folder, str) and folder]
        except (OSError, ValueError, RecursionError, TypeError):
            pass  # what is wrong with it is said where it is read as a whole
    return tuple(folder if folder == "*" else os.path.realpath(folder) for folder in folders)


def _name(user: int) -> str:
    import pwd

    try:
        return f'user "{pwd.getpwuid(user).pw_name}"'
    except KeyError:
        return f"user {user}"


def is_stranger(status: os.stat_result) -> bool:
    """Return whether what was looked at belongs to nobody whose files are believed."""
    return sys.platform != "win32" and status.st_uid not in _ours()
