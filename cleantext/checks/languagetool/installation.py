"""Which LanguageTool and which Java this machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import regex

from cleantext.checks import CheckUnavailableError
from cleantext.files import is_folder
from cleantext.rulefiles import rules_dir

PLACE = "CLEANTEXT_LANGUAGETOOL"
"""Environment variable: the folder of a LanguageTool, looked into before all others."""
OLDEST = (6, 7)
"""The oldest LanguageTool that is asked; what its rules are worth was measured on newer ones."""
OLDEST_JAVA = 17
_JAVA_LIMIT = 10.0  # seconds that `java -version` may take

_SERVER_JAR = regex.compile(r"languagetool-server(?:-(\d[\w.]*?))?\.jar")
_FOLDER = regex.compile(r"LanguageTool-(\d[\w.]*?)(?:-stable)?")
_JAVA = regex.compile(r'version "(?:1\.)?(\d+)')
_NUMBER = regex.compile(r"\d+")


class Installation(NamedTuple):
    """A LanguageTool on disk: its folder, its version ("6.8"), and Java's class path for it."""

    folder: Path
    version: str
    classpath: str


class Java(NamedTuple):
    """A Java runtime: the program and its major version, 0 where it would not say."""

    program: str
    major: int


def find() -> Installation | None:
    """Return the first LanguageTool found.

    Looked for in the folder that the environment variable names, in
    ``.languagetool`` of a checkout (``make languagetool``), and where
    language-tool-python keeps its downloads, the newest first.
    """
    named = os.environ.get(PLACE)
    if named:
        return at(Path(named))
    own = at(rules_dir().parent / ".languagetool")
    if own:
        return own
    # The package's other variable, LTP_JAR_DIR_PATH, is not read: in 3.4.0 it does not work there either.
    downloads = Path(os.environ.get("LTP_PATH") or Path.home() / ".cache" / "language_tool_python")
    found = [it for folder in sorted(downloads.glob("LanguageTool-*")) if (it := at(folder))]
    return max(found, key=lambda it: numbers(it.version), default=None)


def at(folder: Path) -> Installation | None:
    """Return the LanguageTool in a folder; None where there is none."""
    if not is_folder(folder):
        return None
    for jar in sorted(folder.glob("languagetool-server*.jar")):
        name = _SERVER_JAR.fullmatch(jar.name)
        if not name:
            continue
        of_folder = _FOLDER.fullmatch(folder.name)
        version = name.group(1) or (of_folder.group(1) if of_folder else "")
        # A release keeps its libraries in `libs`, and its rules beside the jar; ours lie together.
        parts = (
            [folder / "*", folder / "libs" / "*", folder] if is_folder(folder / "libs") else [folder / "*"]
        )
        return Installation(folder, version, os.pathsep.join(map(str, parts)))
    return None


def download() -> Installation:
    """Fetch LanguageTool with language-tool-python (GPL-3), which is imported for this only.

    Raises CheckUnavailableError where the package is missing or the download fails.
    """
    try:
        from language_tool_python.download_lt import LocalLanguageTool
    except ImportError:
        raise CheckUnavailableError(
            "no LanguageTool found: `make languagetool` in a checkout, or "
            "pip install 'cleantext-rules[languagetool]', which downloads one"
        ) from None
    try:
        fetched = LocalLanguageTool.from_version_name()
        fetched.download()
        found = at(Path(fetched.get_directory_path()))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a dozen kinds, SystemExit among them
        what = str(error).split("\n", 1)[0][:200] or type(error).__name__
        raise CheckUnavailableError(
            f"no LanguageTool found, and it could not be downloaded: {what}"
        ) from None
    if found is None:
        raise CheckUnavailableError("the downloaded LanguageTool holds no server")
    return found


def java() -> Java | None:
    """Return the Java of JAVA_HOME or of the path; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    program = (shutil.which("java", path=str(Path(home) / "bin")) if home else None) or shutil.which("java")
    if program is None:
        return None
    try:
        told = subprocess.run(
            [program, "-version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_JAVA_LIMIT,
            check=False,
        ).stdout.decode("utf-8", "replace")
    except (OSError, subprocess.TimeoutExpired):
        return Java(program, 0)
    version = _JAVA.search(told)
    return Java(program, int(version.group(1)) if version else 0)


def numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers, to compare by: "6.8-SNAPSHOT" is (6, 8)."""
    return tuple(int(number) for number in _NUMBER.findall(version)[:3])


def check_version(version: str) -> None:
    """Raise CheckUnavailableError for a LanguageTool that is too old."""
    if numbers(version) < OLDEST:
        wanted = ".".join(map(str, OLDEST))
        raise CheckUnavailableError(
            f"LanguageTool {version or 'of unknown version'} is too old: {wanted} or newer is needed"
        )
