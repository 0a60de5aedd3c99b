"""Only cleantext/files opens a file for writing, makes, moves or removes one: whatever else did would follow links."""

from __future__ import annotations

import ast
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
