"""Trees of files as nobody would make them but somebody has: links, modes, names, nested stores, planted files."""

from __future__ import annotations

import gzip
import json
import os
import random
import stat
from pathlib import Path
from typing import NamedTuple

BAD, GOOD = "They left the town the town on Monday.", "They left the town on Monday."
NAMES = [
    "a", "b", "ü", "with blank", "-dash", "semi;colon", "quote'", "x" * 200, "new\nline", "ze\u0301ro", "UPPER",
    "a.b.c", "\udcff\udcfe",
]  # fmt: skip


class Tree(NamedTuple):
    """A tree: the files that a fix may change, by path, and whether their store is refused."""

    top: Path
    articles: dict[Path, bytes]
    refused: bool


def _text(chance: random.Random) -> bytes:
    rows = [
        chance.choice([BAD, GOOD, "", "Prose about the harbour. " * 20])
        for _ in range(chance.choice([1, 3, 400]))
    ]
    end = chance.choice(["\n", "\r\n"])
    bom = chance.choice([b"", b"", b"\xef\xbb\xbf"])
    return bom + end.join(rows).encode() + chance.choice([b"", end.encode()])


def _lines(chance: random.Random) -> bytes:
    rows = [{"n": n, "text": chance.choice([BAD, GOOD]) + f" {n}"} for n in range(chance.choice([1, 5, 90]))]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def fixed(name: str, data: bytes) -> bytes:
    """What a file holds when it is fixed, unpacked."""
    return unpacked(name, data).replace(b"the town the town", b"the town")


def unpacked(name: str, data: bytes) -> bytes:
    return gzip.decompress(data) if name.endswith(".gz") else data


def made(base: Path, chance: random.Random) -> Tree:
    """Make ``in`` and ``outside`` in a folder."""
    top, outside = base / "in", base / "outside"
    outside.mkdir(parents=True)
    for name in ("secret.txt", "secret.jsonl", "notes"):
        (outside / name).write_bytes(_lines(chance) if name.endswith("l") else BAD.encode() + b" secret\n")
        (outside / name).chmod(chance.choice([0o600, 0o644, 0o400]))
    (outside / "folder").mkdir()
    folders = [top]
    top.mkdir()
    for _ in range(chance.randrange(4)):
        folder = chance.choice(folders) / chance.choice(NAMES)
        if not os.path.lexists(folder):
            folder.mkdir(mode=chance.choice([0o755, 0o700]))
            folders.append(folder)
    articles: dict[Path, bytes] = {}
    for _ in range(chance.randrange(1, 7)):
        end = chance.choice([".txt", ".txt", ".md", ".jsonl", ".jsonl.gz"])
        path = chance.choice(folders) / (chance.choice(NAMES) + end)
        if os.path.lexists(path):
            continue
        data = _text(chance) if end in (".txt", ".md") else _lines(chance)
        data = gzip.compress(data, mtime=1) if end.endswith("gz") else data
        path.write_bytes(data)
        path.chmod(chance.choice([0o644, 0o600, 0o664, 0o444]))
        articles[path] = data
    if not articles:
        articles[top / "only.txt"] = BAD.encode()
        (top / "only.txt").write_bytes(BAD.encode())
    refused = _planted(top, outside, folders, articles, chance)
    return Tree(top, articles, refused)


def _planted(
    top: Path, outside: Path, folders: list[Path], articles: dict[Path, bytes], chance: random.Random
) -> bool:
    """Add links and stores; say whether the store of the whole is one that is refused."""
    for number in range(chance.randrange(6)):
        folder = chance.choice(folders)
        some = chance.choice(sorted(articles))
        new = folder / f"link{number}{''.join(some.suffixes[-1:])}"
        kind = chance.randrange(8)
        if kind == 0:
            os.link(
                some,
                new.with_name(
                    f"twin{number}{''.join(some.suffixes[-2:] if some.suffix == '.gz' else some.suffixes[-1:])}"
                ),
            )
        elif kind == 1:
            new.symlink_to(some)
        elif kind == 2:
            new.symlink_to(os.path.relpath(outside / f"secret{chance.choice(['.txt', '.jsonl'])}", folder))
        elif kind == 3:
            (folder / f"inner{number}").symlink_to(outside)
        elif kind == 4:
            new.symlink_to(chance.choice(["nowhere.txt", new.name]))
        elif kind == 5:
            what = chance.choice(["new", "whole", "rising", "part", "progress", "lock"])
            planted = some.with_name(f".{some.name}.cleantext-{what}"[-255:])
            if not os.path.lexists(planted) and len(os.fsencode(planted.name)) < 256:
                planted.symlink_to(outside / "notes")
        elif kind == 6:
            store = folder / ".cleantext"
            if not os.path.lexists(store):
                (store / "runs").mkdir(parents=True)
                if chance.random() < 0.5:
                    (store / "runs" / "index.jsonl").write_bytes(
                        b'{"path":"../outside/notes","run":"r","when":1.0,"record":"../../outside/notes","start":0,'
                        b'"end":9,"before":"x","after":"y"}\nnot json at all\n'
                    )
        elif folder != top and not os.path.lexists(folder / ".cleantext"):
            (folder / ".cleantext").symlink_to(outside / "folder")
    if chance.random() < 0.05 and not os.path.lexists(top / ".cleantext"):
        (top / ".cleantext").symlink_to(outside / "folder")
        return True
    return False


def pictured(folder: Path) -> dict[str, tuple[int, bytes | str]]:
    """Everything below a folder: its mode, and what it holds or where it leads."""
    found: dict[str, tuple[int, bytes | str]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            found[str(path)] = status.st_mode, str(path.readlink())
        elif stat.S_ISREG(status.st_mode):
            found[str(path)] = status.st_mode, path.read_bytes()
        else:
            found[str(path)] = status.st_mode, ""
    return found
