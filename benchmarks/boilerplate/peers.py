"""Peers that are given the same lines, each in an environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Peer(NamedTuple):
    """What to install, and the program: articles (lists of lines) in, lists of "keeps it" out, as JSON."""

    packages: tuple[str, ...]
    program: str


_FRAME = """
import json, sys
articles = json.load(open(sys.argv[1], encoding="utf-8"))
{body}
json.dump([keeps(lines) for lines in articles], open(sys.argv[2], "w", encoding="utf-8"))
"""

_HTML = """
import difflib, html, re
def page(lines):
    return "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) + "</body></html>"
def words(line):
    return " ".join(re.findall(r"\\w+", line.lower()))
def match(lines, kept):
    out = [False] * len(lines)
    keys = [words(line) for line in lines]
    for a, _, size in difflib.SequenceMatcher(None, keys, [words(k) for k in kept], False).get_matching_blocks():
        out[a : a + size] = [True] * size
    return out
"""

PEERS: Mapping[str, Peer] = {
    "jusText on lines": Peer(
        ("justext==3.0.2", "lxml_html_clean"),
        _FRAME.format(
            body=_HTML
            + """
import justext
STOP = justext.get_stoplist("English")
def keeps(lines):
    found = justext.justext(page(lines).encode("utf-8"), STOP)
    return match(lines, [p.text for p in found if not p.is_boilerplate])
"""
        ),
    ),
    "trafilatura on lines": Peer(
        ("trafilatura==2.3.1", "lxml_html_clean"),
        _FRAME.format(
            body=_HTML
            + """
import trafilatura
def keeps(lines):
    found = trafilatura.extract(page(lines), include_comments=False) or ""
    return match(lines, found.split("\\n"))
"""
        ),
    ),
    "datatrove C4 line rules": Peer(
        ("datatrove[processing]==0.10.1",),
        _FRAME.format(
            body="""
from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter
FILTER = C4QualityFilter(split_paragraph=True, filter_no_terminal_punct=True, min_num_sentences=-1,
                         min_words_per_line=3, filter_lorem_ipsum=False, filter_curly_bracket=False)
def keeps(lines):
    out = []
    for line in lines:
        document = Document(text=line, id="0")
        result = FILTER.filter(document)
        out.append((result is True or (isinstance(result, tuple) and result[0])) and bool(document.text.strip()))
    return out
"""
        ),
    ),
}


def run(name: str, articles: Sequence[Sequence[str]], cache: Path) -> list[list[bool]]:
    """Install a peer where it is not yet, and ask which lines it keeps."""
    peer = PEERS[name]
    folder = cache / name.replace(" ", "-")
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *peer.packages], check=True)
    program, given, answer = folder / "peer.py", folder / "articles.json", folder / "kept.json"
    program.write_text(peer.program, encoding="utf-8")
    given.write_text(json.dumps([list(lines) for lines in articles]), encoding="utf-8")
    subprocess.run([str(python), str(program), str(given), str(answer)], check=True)
    kept: list[list[bool]] = json.loads(answer.read_text("utf-8"))
    return kept
