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
import json, resource, sys, time
articles = json.load(open(sys.argv[1], encoding="utf-8"))
{body}
start = time.process_time()
kept = [keeps(lines, language) for language, lines in articles]
used = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
json.dump([kept, used, peak], open(sys.argv[2], "w", encoding="utf-8"))
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

_TRAFILATURA = """
import trafilatura
def keeps(lines, language):
    found = trafilatura.extract(page(lines), include_comments=False) or ""
    return match(lines, found.split("\\n"))
"""

PEERS: Mapping[str, Peer] = {
    "jusText on lines": Peer(
        ("justext==3.0.2", "lxml_html_clean"),
        _FRAME.format(
            body=_HTML
            + """
import justext
NAMES = {"en": "English", "de": "German", "ru": "Russian", "pl": "Polish", "el": "Greek", "fr": "French",
         "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "cs": "Czech", "ar": "Arabic",
         "hr": "Croatian", "tr": "Turkish", "sv": "Swedish", "da": "Danish", "fi": "Finnish", "ko": "Korean",
         "uk": "Ukrainian", "no": "Norwegian_Bokmal", "lt": "Lithuanian", "lv": "Latvian", "is": "Icelandic"}
STOP = {}
def keeps(lines, language):
    name = NAMES.get(language)
    if language not in STOP:
        STOP[language] = justext.get_stoplist(name) if name else frozenset()
    # Without a list it goes by lengths alone.
    limits = {} if name else {"stopwords_low": 0.0, "stopwords_high": 0.0}
    found = justext.justext(page(lines).encode("utf-8"), STOP[language], **limits)
    return match(lines, [p.text for p in found if not p.is_boilerplate])
"""
        ),
    ),
    "trafilatura on lines": Peer(
        ("trafilatura==2.3.1", "lxml_html_clean"), _FRAME.format(body=_HTML + _TRAFILATURA)
    ),
    "trafilatura on lines, for precision": Peer(
        ("trafilatura==2.3.1", "lxml_html_clean"),
        _FRAME.format(
            body=_HTML + _TRAFILATURA.replace("include_comments", "favor_precision=True, include_comments")
        ),
    ),
    "resiliparse on lines": Peer(
        ("resiliparse==1.0.9",),
        _FRAME.format(
            body=_HTML
            + """
from resiliparse.extract.html2text import extract_plain_text
def keeps(lines, language):
    found = extract_plain_text(page(lines), main_content=True)
    return match(lines, [line for line in found.split("\\n") if line.strip()])
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
def keeps(lines, language):
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


def run(
    name: str, articles: Sequence[tuple[str, Sequence[str]]], cache: Path
) -> tuple[list[list[bool]], float, float]:
    """Install a peer where it is not yet; return which lines of each article it keeps, its CPU seconds, and peak MB.

    Each article comes with its language.
    """
    peer = PEERS[name]
    folder = cache / name.replace(" ", "-")
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *peer.packages], check=True)
    program, given, answer = folder / "peer.py", folder / "articles.json", folder / "kept.json"
    program.write_text(peer.program, encoding="utf-8")
    given.write_text(json.dumps(articles), encoding="utf-8")
    subprocess.run([str(python), str(program), str(given), str(answer)], check=True)
    kept, seconds, memory = json.loads(answer.read_text("utf-8"))
    return kept, seconds, memory
