"""The originals of translations that are text files: one file, or a folder with files of the same names."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cleantext.article import Article
from cleantext.batch.chunks import reason
from cleantext.batch.inputs import TEXT_SUFFIXES
from cleantext.files import ABSENT, not_plain, read_plain


class OriginalError(Exception):
    """An original cannot be read; the message says which, and what to do."""


class Originals(msgspec.Struct, frozen=True):
    """Where originals lie: ``file`` belongs to every text file that is read, ``folder`` holds one for each by name.

    ``lang`` is their language (ISO 639), None where it is to be detected.
    """

    file: str | None = None
    folder: str | None = None
    lang: str | None = None

    def beside(self, name: str, article: Article) -> Article:
        """Return the article of a text file together with its original.

        An article whose original does not lie in the folder stays as it is. Raises
        OriginalError for a file that is there and cannot be read.
        """
        path = Path(self.file) if self.file is not None else self._by_name(Path(name))
        if path is None:
            return article
        try:
            text = read_plain(path).decode("utf-8-sig")
        except OSError as error:
            raise OriginalError(f"its original {path} cannot be read: {reason(error)}") from None
        except UnicodeDecodeError:
            raise OriginalError(f"its original {path} is not UTF-8; save it as UTF-8") from None
        return msgspec.structs.replace(article, original=text, original_lang=self.lang)

    def _by_name(self, name: Path) -> Path | None:
        """Find the file of the same name, else the one of the same stem: ``a.en.md`` goes with ``a.md`` or ``a.txt``."""
        folder = Path(self.folder or ".")
        stems = dict.fromkeys([name.name, name.stem, name.name.partition(".")[0]])
        for stem in stems:
            for suffix in ("", *sorted(TEXT_SUFFIXES)):
                candidate = folder / (stem + suffix)
                if not_plain(candidate) not in (ABSENT, "a folder"):
                    return candidate  # where it cannot be read, reading it says why
        return None
