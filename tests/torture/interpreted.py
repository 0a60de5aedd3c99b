"""A process that does in Python alone what others do in C: it answers pickled articles with what it finds in them."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def compiled_modules() -> list[str]:
    """Return the modules of the package that run in C in this process."""
    return sorted(
        name
        for name, module in sys.modules.items()
        if name.startswith("cleantext.")
        and not str(getattr(getattr(module, "__spec__", None), "origin", "")).endswith(".py")
    )


def everything(cleaner: Any, text: str, title: str | None) -> tuple[object, ...]:
    """Return what is found in an article, its views with it, as it can be compared."""
    from cleantext.article import Article
    from cleantext.document import Document

    article = Article(text=text, title=title)
    document = Document(article)
    views = (document.names, document.attributions, document.quotations, document.sentences, document.garble)
    report = cleaner.check(article)
    return report.findings, report.trouble, report.fix(apply="review"), *views


def main() -> None:
    """Serve until the input ends; the first answer names what runs in C."""
    os.environ["CLEANTEXT_PURE"] = "1"
    sys.path.insert(0, str(ROOT))
    from cleantext import Cleaner

    cleaner = Cleaner(min_confidence=0.0)
    everything(cleaner, "“We will,” Ana Berg said.", None)
    out = sys.stdout.buffer
    pickle.dump(compiled_modules(), out)
    out.flush()
    while True:
        try:
            text, title = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        pickle.dump(everything(cleaner, text, title), out)
        out.flush()


if __name__ == "__main__":
    main()
