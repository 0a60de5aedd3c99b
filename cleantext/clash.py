"""Two other packages on PyPI, `clean-text` and `cleantext`, install an import package of our name.

Installed beside ours they overwrite files in silence; `cleantext doctor` looks for them.
"""

from __future__ import annotations

RIVALS = ("clean-text", "cleantext")
_THEIRS = {
    "clean": "clean-text and cleantext",
    "clean_texts": "clean-text",
    "clean_words": "cleantext",
    "fix_bad_unicode": "clean-text",
    "normalize_whitespace": "clean-text",
    "remove_emoji": "clean-text",
    "replace_urls": "clean-text",
    "to_ascii_unicode": "clean-text",
}


def rivals() -> list[str]:
    """Return the installed distributions that also provide the import package ``cleantext``."""
    from importlib import metadata  # loads half of the e-mail package, and `explain` is asked at every start

    found = []
    for name in RIVALS:
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        found.append(name)
    return found


def advice(names: list[str]) -> str:
    """Say what is wrong and how to mend it."""
    listed = " and ".join(names)
    return (
        f"the package {listed} is installed too and overwrites files of cleantext-rules.\n"
        f"    Mend it:  pip uninstall -y {' '.join(names)}  &&  pip install --force-reinstall cleantext-rules"
    )


def explain(name: str) -> str:
    """Return the message for an attribute that we do not have, naming the package that does."""
    message = f"module 'cleantext' has no attribute {name!r}"
    if name in _THEIRS:
        message += f"; that is the package {_THEIRS[name]}. This one is cleantext-rules: see cleantext.fix()"
    return message
