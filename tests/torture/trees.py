"""Trees of files as nobody would make them but somebody has: links, modes, names, nested stores, planted files.

What is planted in a store looks as a run of cleantext would have left it: sums are right, records are whole.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import stat
from pathlib import Path
from typing import NamedTuple

from cleantext.batch.changes import Change
from cleantext.batch.records import encode
from cleantext.batch.runrecord import Entry, File, Region, Run, Undo, line

BAD, GOOD = "They left the town the town on Monday.", "They left the town on Monday."
NAMES = [
    "a", "b", "ü", "with blank", "-dash", "semi;colon", "quote'", "x" * 200, "new\nline", "ze\u0301ro", "UPPER",
    "a.b.c", "\udcff\udcfe",
]  # fmt: skip


class Tree(NamedTuple):
    """A tree: the files that a fix may change, by path, and whether their store is refused.

    ``older`` is what a planted store, all of whose sums are right, says that some of them held before.
    """

    top: Path
    articles: dict[Path, bytes]
    refused: bool
    older: dict[Path, bytes]

    def begun(self, path: Path) -> list[bytes]:
        """What a file may have held when a fix began: what it holds, or what undo made of it by a planted store."""
        return [self.articles[path], *([self.older[path]] if path in self.older else [])]


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
    older: dict[Path, bytes] = {}
    for number in range(chance.randrange(4)):
        _stored(chance.choice(folders), outside, articles, older, chance, number)
    _beside(folders, chance)
    return Tree(top, articles, refused, older)


def _beside(folders: list[Path], chance: random.Random) -> None:
    """Add files that are no articles, or hidden: no command that is told of the folder may touch them."""
    for name in (".git/config", ".hidden.txt", "tool.py", "settings.json", ".venv/a.txt"):
        path = chance.choice(folders) / name
        if chance.random() < 0.5 and not os.path.lexists(path):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(BAD.encode() + b" beside\n")
            path.chmod(chance.choice([0o600, 0o644, 0o444]))


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _stored(
    folder: Path,
    outside: Path,
    articles: dict[Path, bytes],
    older: dict[Path, bytes],
    chance: random.Random,
    number: int,
) -> None:
    """Add to the store of a folder what looks like the work of a run: an index with its record, a journal, an original."""
    below = [path for path in sorted(articles) if folder in path.parents and path.stat().st_nlink == 1]
    runs = folder / ".cleantext" / "runs"
    if not below or (folder / ".cleantext").is_symlink():
        return
    runs.mkdir(parents=True, exist_ok=True)
    path = chance.choice(below)
    data = articles[path]
    shown = str(path)
    before = b"planted " + data
    kind = chance.choice(["sound", "sound", "damaged", "linked", "original", "journal", "aside"])
    if kind == "original":
        kept = runs / f"{_sum(data)}.original"
        if not os.path.lexists(kept):
            how = chance.randrange(3)
            if how == 0:
                kept.write_bytes(b"planted")
            elif how == 1:
                kept.symlink_to(outside / "notes")
            else:
                os.link(outside / "notes", kept)
        return
    if kind == "journal":
        aim = chance.choice([path, folder / ".git" / "config", folder / "tool.py", outside / "notes"])
        (runs / f"over-{number}.old").write_bytes(aim.read_bytes() if aim.exists() else data)
        (runs / f"over-{number}.new").write_bytes(b"planted")
        status = path.stat()
        note = {
            "path": os.path.relpath(aim, folder).encode("utf-8", "replace").decode(),
            "kept": [status.st_dev, status.st_ino + 1, status.st_ctime_ns],
            "target": [status.st_dev, status.st_ino],
        }
        (runs / f"over-{number}.overwriting").write_bytes(json.dumps(note).encode())
        return
    if path in older:
        return
    # Of what is planted for other files nothing may come; the region makes "planted " stand before the text again.
    if kind == "sound" and path.suffix not in (".txt", ".md"):
        kind = "damaged"
    if kind == "sound":
        data += f"Only here {number} {folder.name!r}.\n".encode("utf-8", "replace")
        before = b"planted " + data
        mode = path.stat().st_mode
        path.chmod(0o600)
        path.write_bytes(data)
        path.chmod(mode)
        articles[path] = data
        older[path] = before
    aim = outside / "notes" if kind == "aside" else path
    region = Region(0, 8 if kind == "damaged" else 0, "planted " if kind == "sound" else "else")
    name = f"planted-{number}.jsonl"
    lines = [
        line(Run(f"planted-{number}", 1.0 + number, "fix", "rules")),
        line(Entry(path=shown, undo=Undo((region,), ()))) + line(File(shown, _sum(before), _sum(data))),
    ]
    if kind == "linked":
        target = outside / f"record{number}.jsonl"
        if not target.exists():
            target.write_bytes(b"".join(lines))
        (runs / name).symlink_to(target)
    else:
        (runs / name).write_bytes(b"".join(lines))
    change = Change(
        os.path.relpath(aim, folder), f"planted-{number}", 1.0 + number, name, len(lines[0]), len(b"".join(lines)),
        _sum(before), _sum(data) if kind != "aside" else _sum(aim.read_bytes()),
    )  # fmt: skip
    with (runs / "index.jsonl").open("ab") as index:
        index.write(encode(change) + b"\n")


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


class Seen(NamedTuple):
    """All that can be told of what stands at a name."""

    mode: int
    holds: bytes | str
    owner: tuple[int, int]
    changed: int
    inode: int
    names: int
    attributes: tuple[tuple[str, bytes], ...]


def pictured(folder: Path) -> dict[str, Seen]:
    """Everything below a folder and the folder itself: what it holds or where it leads, and all that is told of it."""
    found: dict[str, Seen] = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        status = path.lstat()
        holds: bytes | str = ""
        if stat.S_ISLNK(status.st_mode):
            holds = str(path.readlink())
        elif stat.S_ISREG(status.st_mode):
            holds = path.read_bytes()
        elif stat.S_ISDIR(status.st_mode):
            holds = "\0".join(sorted(entry.name for entry in path.iterdir()))
        found[str(path)] = Seen(
            status.st_mode, holds, (status.st_uid, status.st_gid), status.st_mtime_ns, status.st_ino,
            status.st_nlink, tuple((name, os.getxattr(path, name, follow_symlinks=False)) for name in _attributes(path)),
        )  # fmt: skip
    return found


def _attributes(path: Path) -> list[str]:
    try:
        return sorted(os.listxattr(path, follow_symlinks=False))
    except (AttributeError, OSError):
        return []
