"""``python -m benchmarks.throughput.peers``: other tools on the same articles, as ratios to ftfy.fix_text.

Each runs in an environment of its own, made for this and thrown away, and ftfy runs there beside
it, article set by article set in turns: the ratio is that of one process. Versions of
Python packages are pinned here. ``--data`` as for ``python -m benchmarks.throughput``;
``--write FILE`` keeps the figures as JSON, ``--plot FILE`` draws them as SVG; ``--only NAME`` runs one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from benchmarks.throughput import articles

ROUNDS = 3

_PROGRAM = """
import json, resource, sys, time
articles = json.load(open(sys.argv[1], encoding="utf-8"))
rounds = int(sys.argv[2])
import ftfy
began = time.process_time()
{body}
work(articles[0])
first = time.process_time() - began
def seconds(work):
    began = time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    for text in articles:
        work(text)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    waited = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
    return time.process_time() - began + waited
seconds(ftfy.fix_text)
cold = seconds(work)
pairs = [(seconds(ftfy.fix_text), seconds(work)) for _ in range(rounds)]
ratios = sorted(a / b for a, b in pairs)
print(json.dumps({{
    "ratio": ratios[len(ratios) // 2], "low": ratios[0], "high": ratios[-1],
    "cold": sorted(a for a, _ in pairs)[len(pairs) // 2] / cold, "first": first,
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}}))
"""


class Peer(NamedTuple):
    """What to install beside ftfy, and the body of a program that defines ``work(text)``."""

    packages: tuple[str, ...]
    body: str


_HTML = """
import html
def page(text):
    return "<html><body>" + "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\\n") if p) + "</body></html>"
"""

PEERS: Mapping[str, Peer] = {
    "clean-text": Peer(
        ("clean-text==0.7.1",),
        "from cleantext import clean\ndef work(text): return clean(text, lower=False)",
    ),
    "textacy, eight steps": Peer(
        ("textacy==0.13.0",),
        """
from textacy.preprocessing import make_pipeline, normalize, remove
work = make_pipeline(
    normalize.bullet_points, normalize.hyphenated_words, normalize.quotation_marks, normalize.unicode,
    normalize.whitespace, remove.html_tags, remove.brackets, remove.accents,
)
""",
    ),
    "jusText, a paragraph a line": Peer(
        ("justext==3.0.2", "lxml_html_clean"),
        _HTML
        + """
import justext
STOP = justext.get_stoplist("English")
def work(text): return justext.justext(page(text).encode("utf-8", "replace"), STOP)
""",
    ),
    "trafilatura, a paragraph a line": Peer(
        ("trafilatura==2.0.0",),
        _HTML + "import trafilatura\ndef work(text): return trafilatura.extract(page(text))",
    ),
    "datatrove C4 filter": Peer(
        ("datatrove==0.4.0", "nltk", "spacy==3.8.7", "click"),
        """
from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter
kept = C4QualityFilter()
def work(text): return kept.filter(Document(text=text, id="0"))
""",
    ),
    "spaCy, blank with sentencizer": Peer(
        ("spacy==3.8.7", "click"),
        "import spacy\nnlp = spacy.blank('en')\nnlp.max_length = 10**9\nnlp.add_pipe('sentencizer')\n"
        "def work(text): return list(nlp(text).sents)",
    ),
    "codespell": Peer(
        ("codespell==2.4.1",),
        """
import io, contextlib, pathlib, tempfile
from codespell_lib import main
folder = tempfile.mkdtemp()
path = pathlib.Path(folder, "all.txt")
state = []
def work(text):
    # One call for all articles: its words are read anew at each.
    state.append(text)
    if len(state) == len(articles):
        path.write_text("\\n".join(state), "utf-8")
        state.clear()
        with contextlib.redirect_stdout(io.StringIO()):
            main(str(path))
""",
    ),
}


class Figure(msgspec.Struct, frozen=True):
    """Speed as a ratio to ftfy.fix_text: the median of the rounds and its range, and that of the first pass.

    ``first`` is in CPU seconds, from importing the tool to its first answer; ``memory`` the process's peak in MB.
    """

    ratio: float
    low: float
    high: float
    cold: float
    first: float
    memory: float


def run(python: Path, body: str, texts: Sequence[str], folder: Path, *, rounds: int = ROUNDS) -> Figure:
    """Time one tool with a Python that has it; raises subprocess.CalledProcessError where it fails."""
    program, given = folder / "peer.py", folder / "articles.json"
    program.write_text(_PROGRAM.format(body=body), "utf-8")
    given.write_text(json.dumps(list(texts)), "utf-8")
    words = [str(python), str(program), str(given), str(rounds)]
    done = subprocess.run(words, check=True, capture_output=True, cwd=folder)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Figure)


def installed(peer: Peer, folder: Path) -> Path:
    """Make an environment with a peer and ftfy in it; returns its Python."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    python = folder / "env" / "bin" / "python"
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{Path('~/.local/bin').expanduser()}")
    pip = [uv, "pip", "install", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
    subprocess.run([*pip, "--quiet", "ftfy==6.3.1", *peer.packages], check=True)
    return python


def measure(texts: Sequence[str], only: str | None = None) -> dict[str, Figure]:
    """Time cleantext here, and each peer in its own environment; one that fails is left out and named."""
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        body = "from cleantext import Cleaner\ncleaner = Cleaner()\ndef work(text): return cleaner.check(text).findings"
        figures["cleantext, all rules"] = run(Path(sys.executable), body, texts, Path(name))
    for label, peer in PEERS.items():
        if only not in (None, label):
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            try:
                figures[label] = run(installed(peer, folder), peer.body, texts, folder)
            except subprocess.CalledProcessError as error:
                last = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()[-1:]
                print(f"{label} failed: {' '.join(last) or error}", file=sys.stderr)
    return figures


def table(figures: Mapping[str, Figure]) -> list[str]:
    """Return the figures as rows of Markdown, the fastest first."""
    rows = [
        "| | speed to ftfy.fix_text | range | first pass | to the first answer | peak memory |",
        "| --- " * 6 + "|",
    ]
    for name, f in sorted(figures.items(), key=lambda item: -item[1].ratio):
        rows.append(
            f"| {name} | {f.ratio:.2f} | {f.low:.2f} to {f.high:.2f} | {f.cold:.2f} | {f.first:.2f} CPU s | {f.memory:.0f} MB |"
        )
    return rows


def plot(figures: Mapping[str, Figure], path: Path) -> None:
    """Draw the ratios as bars, on a logarithmic scale, with the line of ftfy."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "cleantext"
    import matplotlib.pyplot as plt

    ordered = sorted(figures.items(), key=lambda item: item[1].ratio)
    figure, axes = plt.subplots(figsize=(8, 0.45 * len(ordered) + 1))
    colours = ["#b3541e" if name.startswith("cleantext") else "#8a8f98" for name, _ in ordered]
    axes.barh([name for name, _ in ordered], [f.ratio for _, f in ordered], color=colours)
    axes.axvline(1, color="#333333", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xlabel("speed, ftfy.fix_text = 1")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(path, format="svg", bbox_inches="tight", metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    """Measure, print, keep and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="folder with real articles")
    parser.add_argument("--articles", type=int, default=200, help="how many, at most")
    parser.add_argument("--residue", action="store_true", help="articles with residue, not clean ones")
    parser.add_argument("--only", choices=sorted(PEERS))
    parser.add_argument("--write", type=Path, help="keep the figures as JSON")
    parser.add_argument("--plot", type=Path, help="draw them as SVG; needs matplotlib")
    given = parser.parse_args()
    residue = given.residue
    texts = articles.real(given.data, residue=residue) if given.data else articles.made(300, residue=residue)
    texts = texts[: given.articles]
    figures = measure(texts, given.only)
    print("\n".join(table(figures)))
    if given.write:
        kept = {"articles": len(texts), "tools": figures}
        given.write.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
    if given.plot:
        plot(figures, given.plot)


if __name__ == "__main__":
    main()
