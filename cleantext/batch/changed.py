"""Which lines of which files changed since a revision, as git says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from cleantext.batch.scope import Lines
from cleantext.files import is_folder

_HUNK = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_ALL: Lines = ((1, 1 << 62),)
# A repository's own settings must run nothing: no monitor, hook or pager, nor a transport for objects it lacks.
_SETTINGS = {"core.fsmonitor": "false", "core.quotePath": "true", "core.hooksPath": os.devnull}
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}


def changed_lines(revision: str, start: Path) -> dict[str, Lines]:
    """Return for each file that changed since a revision, by its real path, its new lines; all of one that is new to git.

    ``start`` is a file or folder of the repository. Raises ValueError where git is not there, or does not know the revision.
    """
    if revision.startswith("-"):
        raise ValueError(f"--changed-since {revision}: is no revision; name a commit, a branch or a tag")
    folder = start if is_folder(start) else start.parent
    top = os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").rstrip(b"\n"))
    found: dict[str, Lines] = {}
    diff = (
        "diff",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--ignore-submodules=all",  # they have settings of their own
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "-U0",
    )
    path: str | None = None
    left = 0  # lines of a hunk, which may look like anything
    for line in _git(Path(top), *diff, revision, "--").split(b"\n"):
        if left and line[:1] in (b"+", b"-"):
            left -= 1
            continue
        if line.startswith(b"\\"):
            continue
        left = 0
        if line.startswith(b"+++ "):
            changed = _name(line[4:])
            path = None if changed is None else os.path.realpath(os.path.join(top, changed))  # noqa: PTH118
        elif (hunk := _HUNK.match(line)) is not None:
            old = line.split(b" ")[1].partition(b",")[2]
            first, count = int(hunk.group(1)), int(hunk.group(2) or 1)
            left = count + int(old or 1)
            if path is not None and count:
                found[path] = (*found.get(path, ()), (first, first + count - 1))
    for name in _git(Path(top), "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if name:
            found[os.path.realpath(os.path.join(top, os.fsdecode(name)))] = _ALL  # noqa: PTH118
    return found


def _name(written: bytes) -> str | None:
    """Return a path as a diff writes it; None for that of a file that is gone."""
    written = written.removesuffix(b"\t")
    if written == b"/dev/null":
        return None
    if written.startswith(b'"'):
        written = written[1:-1].decode("ascii").encode().decode("unicode_escape").encode("latin-1")
    return os.fsdecode(written.removeprefix(b"b/"))


def _git(folder: Path, *words: str) -> bytes:
    """Run git in a repository that is not trusted: its filters are named first, which runs none, and each put out."""
    names = _run(
        folder, _SETTINGS, "config", "--null", "--name-only", "--get-regexp", r"^filter\.", ok=(0, 1)
    )
    settings = dict(_SETTINGS)
    for name in os.fsdecode(names).split("\0"):
        if name:
            driver = name.rpartition(".")[0]
            settings |= {f"{driver}.{end}": "" for end in ("clean", "smudge", "process")}
            settings[f"{driver}.required"] = "false"
    return _run(folder, settings, *words)


def _run(folder: Path, settings: dict[str, str], *words: str, ok: tuple[int, ...] = (0,)) -> bytes:
    git = shutil.which("git")
    if git is None or not Path(git).is_absolute() or Path(git).parent == Path.cwd():
        raise ValueError("--changed-since asks git, which is not installed")
    environment = {**os.environ, **_ENVIRONMENT, "GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    try:
        done = subprocess.run(
            [git, "--no-pager", "-C", str(folder), *words], capture_output=True, check=False, env=environment
        )
    except OSError as error:
        raise ValueError(f"--changed-since: git cannot be run: {error.strerror}") from None
    if done.returncode not in ok:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise ValueError(f"--changed-since: git says: {said}")
    return done.stdout
