"""Fuzz a target with atheris: ``python fuzz/run.py TARGET [SECONDS] [libFuzzer options]``.

New inputs that reach new code are kept in ``fuzz/.corpus/TARGET``; an input that
breaks the target is written to ``fuzz/.crashes``. Such a one belongs, made as small as it
goes, into ``fuzz/found/TARGET/``, which the tests read.
"""

from __future__ import annotations

import sys
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit(
        "fuzz: atheris is not installed. Install it:  make .venv/.fuzz   (there are wheels for Linux on x86-64)"
    )

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

with atheris.instrument_imports(include=["cleantext", "targets"], enable_loader_override=False):
    import targets

    import cleantext
    import cleantext.batch.jsontext
    import cleantext.batch.reading
    import cleantext.document
    import cleantext.matching
    import cleantext.review.decisions
    import cleantext.review.exchange
    import cleantext.review.store
    import cleantext.rulebook
    import cleantext.settings  # noqa: F401


def main() -> None:
    """Run one target for some seconds (60 unless said)."""
    name = sys.argv[1]
    seconds = sys.argv[2] if len(sys.argv) > 2 else "60"
    target = targets.TARGETS[name]
    grown, crashes = HERE / ".corpus" / name, HERE / ".crashes"
    grown.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(exist_ok=True)
    options = [
        sys.argv[0], f"-max_total_time={seconds}", "-max_len=4096", "-timeout=20", "-print_final_stats=1", "-verbosity=0",
        f"-artifact_prefix={crashes}/{name}-", *sys.argv[3:], str(grown), str(HERE / "seeds" / name),
    ]  # fmt: skip
    words = HERE / "words" / f"{name}.dict"
    if words.is_file():
        options.insert(1, f"-dict={words}")
    atheris.Setup(options, target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
