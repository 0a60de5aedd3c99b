"""Only cleantext/files opens a file, makes, moves or removes one, or asks what stands at a path.

Whatever else did would write through links, wait at pipes, or end in a traceback where a folder may not be entered.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "cleantext"
OWNER = PACKAGE / "files"

# What a method of any object is taken for: a path's, a file's, a module's.
WRITING = {
    "write_text", "write_bytes", "touch", "unlink", "rename", "renames", "rmdir", "rmtree", "mkdir", "makedirs",
    "symlink", "symlink_to", "hardlink_to", "chmod", "chown", "copyfile", "copy2", "copystat",
    "copytree", "move", "mkstemp", "mkdtemp", "mkfifo", "mknod", "NamedTemporaryFile", "TemporaryFile",
    "SpooledTemporaryFile", "setxattr", "utime", "fdopen",
}  # fmt: skip
# A folder of mode 0700 under a name that nobody can foresee.
ALLOWED = {"TemporaryDirectory"}


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every call that opens for writing or changes what names there are, by its line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        of = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
        if (
            name == "open" and (of == "os" or not _reads(node, first=1 if not of or of in MODULES else 0))
        ) or (name in WRITING and not (name == "truncate" and of.endswith("file"))):
            yield node.lineno, ast.unparse(node)
        elif name in ("replace", "remove") and (of == "os" or (name == "replace" and len(node.args) == 1)):
            if not (of in ("msgspec.structs", "dataclasses") or node.keywords):
                yield node.lineno, ast.unparse(node)
        elif name == "connect" and of == "sqlite3":
            yield node.lineno, ast.unparse(node)


MODULES = {"io", "gzip", "lzma", "bz2", "codecs"}


def _reads(call: ast.Call, *, first: int) -> bool:
    mode = call.args[first] if len(call.args) > first else None
    mode = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), mode)
    if mode is None:
        return True
    return isinstance(mode, ast.Constant) and not set(str(mode.value)) & set("wax+")


def test_nothing_else_opens_a_file_for_writing() -> None:
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {what}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if OWNER not in path.parents
        for line, what in writes(ast.parse(path.read_text("utf-8")))
    ]
    assert not found, "open it with cleantext.files instead:\n" + "\n".join(found)


# What pathlib answers with an exception where a folder above is closed, a name too long or links go in a circle,
# and what opens to read and waits at a pipe.
LOOKING = {
    "is_dir", "is_file", "exists", "is_symlink", "is_mount", "is_fifo", "is_socket", "is_block_device", "samefile",
    "isdir", "isfile", "islink", "read_text", "read_bytes",
}  # fmt: skip
# They read what is installed with the package, or lie below cleantext/files.
INSTALLED = {
    "rulefiles.py", "checks/attribution/world.py", "ownership.py", "rulebook/reading.py", "rulebook/ledger.py",
    "rulebook/calibration.py", "document/words.py", "matching/prefilters.py", "document/pagekindmodel.py", "document/garblemodel.py",
    "checks/boilerplate/known_lines.py", "checks/boilerplate/line_model.py", "checks/boilerplate/wording.py", "checks/languagetool/rules.py", "batch/page.py",
    "fidelity/concepts.py",
}  # fmt: skip


def looks(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every call that asks what stands at a path, or opens to read, by its line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        of = ast.unparse(function.value) if isinstance(function, ast.Attribute) else ""
        asked = name in LOOKING and not (of.startswith("entry") or (name == "exists" and not of))
        circles = (
            name == "resolve"
            and not node.args
            and of not in ("self", "store", "session.store", "Path(__file__)")
        )
        opens = name == "open" and of != "webbrowser"
        if (asked or circles or opens) and "rules_dir()" not in of:
            yield node.lineno, ast.unparse(node)


def test_nothing_else_asks_what_a_path_is_or_opens_one() -> None:
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {what}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if OWNER not in path.parents and str(path.relative_to(PACKAGE)) not in INSTALLED
        for line, what in looks(ast.parse(path.read_text("utf-8")))
    ]
    assert not found, "ask cleantext.files instead:\n" + "\n".join(found)


@pytest.mark.parametrize("name", sorted(INSTALLED))
def test_what_reads_by_itself_is_there(name: str) -> None:
    assert (PACKAGE / name).is_file()


@pytest.mark.parametrize(
    "code",
    ["path.is_dir()", "os.path.isfile(path)", "path.resolve()", "path.open('rb')", "open(path)", "path.exists()",
     "Path(name).read_bytes()", "a.samefile(b)", "Path(x).resolve().parent"],
)  # fmt: skip
def test_what_looks_is_found(code: str) -> None:
    assert list(looks(ast.parse(code)))


OPENED = """
import sys
def hook(event, given):
    if event == "open" and isinstance(given[0], str | bytes):
        path = given[0] if isinstance(given[0], str) else given[0].decode()
        if ".cleantext/" in path:
            print("OPENED", path, file=sys.__stderr__)
sys.addaudithook(hook)
from cleantext.cli import main
main()
"""


@pytest.mark.parametrize(
    "command",
    [["fix", "."], ["log", "."], ["undo", "."], ["check", "."], ["decisions", "list"],
     ["fix", ".", "--record", "../r.jsonl"], ["undo", "--record", "../r.jsonl"], ["undo", "--rule", "EN", "."]],
    ids=" ".join,
)  # fmt: skip
def test_what_lies_in_a_store_is_read_as_a_name_in_an_open_folder(tmp_path: Path, command: list[str]) -> None:
    """An open by a whole path would follow whatever link is swapped in; SQLite's own is looked at before."""

    def call(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", OPENED, *words], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stderr

    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The cafÃ© by the harbour is open again.\n", "utf-8")
    (folder / "twin.txt").hardlink_to(folder / "a.txt")
    call("fix", ".", "--record", "../r.jsonl")
    assert (folder / ".cleantext" / "runs").is_dir()
    (folder / ".cleantext" / "decisions.jsonl").write_text("")
    assert "OPENED" not in call(*command)


@pytest.mark.parametrize(
    "code",
    [
        "open(path, 'w')", "path.open('ab')", "io.open(path, mode='r+b')", "open(path, mode)", "os.open(path, 0)",
        "path.write_text('x')", "path.replace(other)", "os.replace(a, b)", "path.mkdir()", "sqlite3.connect(path)",
        "shutil.move(a, b)", "tempfile.mkstemp()", "gzip.open(path, 'wb')", "os.remove(path)",
    ],
)  # fmt: skip
def test_what_is_looked_for_is_found(code: str) -> None:
    assert list(writes(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    ["open(path)", "path.open('rb')", "text.replace('a', 'b')", "names.remove(a)", "gzip.open(path, 'rt')",
     "structs.replace(a, b=1)"],
)  # fmt: skip
def test_what_reads_is_let_be(code: str) -> None:
    assert not list(writes(ast.parse(code)))
