"""Peers that are given the same lines, each in an environment of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Peer(NamedTuple):
    """What to install, and the program: articles (lists of lines) in, lists of "keeps it" out, as JSON.

    ``alone`` are packages of which one file is wanted and not what the whole asks for (graphics processors, clusters).
    """

    packages: tuple[str, ...]
    program: str
    alone: tuple[str, ...] = ()


_FRAME = """
import json, re, sys, time
articles = json.load(open(sys.argv[1], encoding="utf-8"))
{body}
start = time.process_time()
kept = [keeps(lines, language) for language, lines in articles]
used = time.process_time() - start
# What the system calls the peak of a process (ru_maxrss) is that of its parent where that was higher.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
json.dump([kept, used, peak], open(sys.argv[2], "w", encoding="utf-8"))
"""

_HTML = """
import difflib, html
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

_BARE = """
import importlib.util, types
def bare(package, *rooms):
    # The rooms on the way to one file, without what they import.
    top = list(importlib.util.find_spec(package).submodule_search_locations)[0]
    for room in ("", *rooms):
        module = types.ModuleType(".".join(filter(None, (package, room))))
        module.__path__ = ["/".join([top, *filter(None, room.split("."))])]
        sys.modules[module.__name__] = module
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
    "dolma C4 line tags": Peer(
        ("msgspec", "typing_extensions"),
        _FRAME.format(
            body=_BARE
            + """
bare("dolma", "core", "taggers")
from dolma.core.data_types import Document
from dolma.taggers.c4 import FasterC4Tagger
TAGGER = FasterC4Tagger()
def keeps(lines, language):
    found = TAGGER.predict(Document(source="", id="", text="\\n".join(lines)))
    gone = {span.start for span in found.spans if span.type.startswith("lines_")}
    out, at = [], 0
    for line in lines:
        out.append(at not in gone)
        at += len(line) + 1
    return out
"""
        ),
        alone=("dolma==1.2.1",),
    ),
    "NeMo Curator BoilerPlateStringModifier": Peer(
        ("loguru", "regex"),
        _FRAME.format(
            body=_BARE
            + """
ROOMS = "stages", "stages.text", "stages.text.modifiers", "stages.text.modifiers.string", "stages.text.utils"
bare("nemo_curator", *ROOMS)
from nemo_curator.stages.text.modifiers.string.c4 import BoilerPlateStringModifier
MODIFIER = BoilerPlateStringModifier()
def keeps(lines, language):
    # What it takes are paragraphs at the top or at the bottom.
    left = MODIFIER.modify_document("\\n\\n".join(lines)).split("\\n\\n")
    if len(left) == len(lines):
        return [True] * len(lines)
    at_top = left != lines[: len(left)]
    gone = len(lines) - len([line for line in left if line])
    return [gone <= i if at_top else i < len(lines) - gone for i in range(len(lines))]
"""
        ),
        alone=("nemo-curator==1.4.0",),
    ),
}


_OWN = _FRAME.format(
    body="""
from cleantext import Cleaner
CLEANER = Cleaner(select=["boilerplate"])
def keeps(lines, language):
    CLEANER.check("\\n".join(lines), lang=language)
    return []
"""
)
"""What the whole check of residue costs; its verdicts, of models that have seen the lines, are thrown away."""

Articles = Sequence[tuple[str, Sequence[str]]]
"""Articles as their language and their lines."""
Answer = tuple[list[list[bool]], float, float]
"""Which lines of each article a peer keeps, its CPU seconds, and its peak memory in MB."""


def version(name: str) -> str:
    """Return the version of what a peer is."""
    peer = PEERS[name]
    return (peer.alone or peer.packages)[0].split("==")[1]


def run(name: str, articles: Articles, cache: Path) -> Answer:
    """Install a peer where it is not yet, and ask it."""
    peer = PEERS[name]
    folder = cache / name.replace(" ", "-")
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.run([*install, *peer.packages], check=True)
        if peer.alone:
            subprocess.run([*install, "--no-deps", *peer.alone], check=True)
    return _asked(str(python), peer.program, articles, folder)


def cost(articles: Articles, cache: Path) -> Answer:
    """Return what our own check costs, and no verdicts."""
    folder = cache / "cleantext"
    folder.mkdir(parents=True, exist_ok=True)
    return _asked(sys.executable, _OWN, articles, folder)


def _asked(python: str, program: str, articles: Articles, folder: Path) -> Answer:
    file, given, answer = folder / "peer.py", folder / "articles.json", folder / "kept.json"
    file.write_text(program, encoding="utf-8")
    given.write_text(json.dumps(articles), encoding="utf-8")
    subprocess.run([python, str(file), str(given), str(answer)], check=True)
    kept, seconds, memory = json.loads(answer.read_text("utf-8"))
    return kept, seconds, memory
