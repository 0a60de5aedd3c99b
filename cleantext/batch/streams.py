"""Bytes out of files, compressed or not, and how far into the file one has read."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from typing import IO, Any, cast

from cleantext.files import open_plain

READ = 1 << 20

_PACKED = 1 << 10
"""Bytes unpacked at once: zstandard makes up to 32,000 of each, so a hostile file gives 32 MB at a time."""

MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16, whose mark begins it
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a damaged or vanished file raises, once :class:`Stream` has opened it."""


def encoding_of(start: bytes, said: str | None) -> str | None:
    """Return the encoding of a file by its byte-order mark, else as it was said; None for UTF-8."""
    if start.startswith(b"\xef\xbb\xbf"):
        return None
    return next((encoding for mark, encoding in MARKS if start.startswith(mark)), said)


def encoding_named(name: str) -> str | None:
    """Return an encoding by Python's name for it, the byte order included; None for UTF-8.

    Raises ValueError for what is none.
    """
    try:
        found = codecs.lookup(name)
        found.name.encode(name)
    except (LookupError, UnicodeError):
        raise ValueError(
            f'"{name}" is no encoding of text; usual ones are utf-8, utf-16, windows-1252, iso-8859-15, gb18030'
        ) from None
    if found.name in ("utf-8", "utf-8-sig", "ascii"):
        return None
    return {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(found.name, found.name)


class Stream:
    """A file read line by line: ``lines`` gives its bytes unpacked, as UTF-8; ``raw`` is the file itself.

    ``compressed`` says that the two are not the same bytes, ``encoding`` what the file is in where it is not UTF-8.
    """

    def __init__(self, name: str, encoding: str | None = None) -> None:
        """Open a file (``-`` is standard input); raises OSError, or ImportError where zstandard is missing.

        A byte-order mark goes before the ``encoding`` that is said. Of packed files only the latter counts.
        """
        self.compressed = name.lower().endswith((".gz", ".zst"))
        self.encoding = encoding
        self.raw: IO[bytes] = sys.stdin.buffer if name == "-" else open_plain(name)
        self.lines: IO[bytes] = self.raw
        if name.lower().endswith(".gz"):
            self.lines = cast(IO[bytes], gzip.GzipFile(fileobj=self.raw, mode="rb"))
        elif name.lower().endswith(".zst"):
            self.lines = io.BufferedReader(_Zstandard(self.raw), READ)
        else:
            peek = getattr(self.raw, "peek", None)
            self.encoding = encoding_of(peek(4)[:4] if peek else b"", encoding)
        if self.encoding is not None:
            self.lines = io.BufferedReader(_Transcoded(self.lines, self.encoding), READ)
            self.compressed = True

    def skip(self, offset: int) -> None:
        """Go on at an offset of the unpacked bytes."""
        if not offset:  # a pipe cannot be asked to go anywhere
            return
        if not self.compressed:
            self.raw.seek(offset)
            return
        left = offset
        while left and (part := self.lines.read(min(left, READ))):
            left -= len(part)

    def tell(self) -> int:
        """Return how many bytes of the file itself were read; 0 where it cannot tell."""
        try:
            return self.raw.tell()
        except OSError:
            return 0

    def close(self) -> None:
        """Close the file, standard input excepted."""
        if self.raw is not sys.stdin.buffer:
            self.raw.close()


class _Transcoded(io.RawIOBase):
    """Gives as UTF-8 what a file holds in another encoding; refuses what would not come back byte for byte."""

    def __init__(self, lines: IO[bytes], encoding: str) -> None:
        self._lines, self._encoding = lines, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._encoder = codecs.getincrementalencoder(encoding)()
        self._unproved = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            part = self._lines.read(READ)
            try:
                text = self._decoder.decode(part, final=not part)
            except UnicodeDecodeError as error:
                byte = error.object[error.start]
                raise OSError(f"not {self._encoding}: byte 0x{byte:02x}") from None
            self._prove(part, text)
            if not part and not text:
                return 0
            self._ready = text.encode("utf-8")
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _prove(self, part: bytes, text: str) -> None:
        self._unproved += part
        again = self._encoder.encode(text, final=not part)
        if not self._unproved.startswith(again):
            raise OSError(f"it would not come back byte for byte as {self._encoding}; save it as UTF-8")
        self._unproved = self._unproved[len(again) :]


class _Zstandard(io.RawIOBase):
    """Unpacks every frame of a file; zstandard's own reader ends in silence where a file is cut short."""

    def __init__(self, raw: IO[bytes]) -> None:
        try:
            import zstandard
        except ImportError:
            raise ImportError("reading .zst needs zstandard:  pip install 'cleantext-rules[zstd]'") from None
        self._make = zstandard.ZstdDecompressor().decompressobj
        self._error: type[Exception] = zstandard.ZstdError
        self._raw = raw
        self._frame: Any = None
        self._rest = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            part = self._rest or self._raw.read(_PACKED)
            self._rest = b""
            if not part:
                if self._frame is not None:
                    raise EOFError("the compressed file is cut short")
                return 0
            if self._frame is None:
                self._frame = self._make()
            try:
                self._ready = self._frame.decompress(part)
            except self._error as error:
                raise OSError(f"damaged zstandard data: {error}") from None
            if self._frame.eof:
                self._rest, self._frame = self._frame.unused_data, None  # shorter than what was read
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def encoded(data: bytes, encoding: str | None) -> bytes:
    """Return UTF-8 in another encoding. Raises UnicodeEncodeError."""
    return data if encoding is None else data.decode("utf-8").encode(encoding)


def packed(name: str, data: bytes, encoding: str | None = None) -> bytes:
    """Pack UTF-8 as a file of that name and encoding holds it; the same bytes always give the same pack.

    Packs of parts, joined, are a whole file: both formats are made of members.
    """
    if not data:
        return b""
    data = encoded(data, encoding)
    if name.lower().endswith(".gz"):
        return gzip.compress(data, 6, mtime=0)
    if name.lower().endswith(".zst"):
        import zstandard

        return zstandard.ZstdCompressor(level=6).compress(data)
    return data
