"""Bytes out of files, compressed or not, and how far into the file one has read."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import IO, Any, cast

READ = 1 << 20

_PACKED = 1 << 10
"""Bytes unpacked at once: zstandard makes up to 32,000 of each, so a hostile file gives 32 MB at a time."""

READ_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a damaged or vanished file raises, once :class:`Stream` has opened it."""


class Stream:
    """A file read line by line: ``lines`` gives its bytes unpacked, ``raw`` is the file itself."""

    def __init__(self, name: str) -> None:
        """Open a file (``-`` is standard input); raises OSError, or ImportError where zstandard is missing."""
        self.compressed = name.lower().endswith((".gz", ".zst"))
        self.lines: IO[bytes]
        if name == "-":
            self.raw: IO[bytes] = sys.stdin.buffer
            self.lines = self.raw
            return
        self.raw = Path(name).open("rb")  # noqa: SIM115 - closed by `close`
        if name.lower().endswith(".gz"):
            self.lines = cast(IO[bytes], gzip.GzipFile(fileobj=self.raw, mode="rb"))
        elif name.lower().endswith(".zst"):
            self.lines = io.BufferedReader(_Zstandard(self.raw), READ)
        else:
            self.lines = self.raw

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
        """Give how many bytes of the file itself were read; 0 where it cannot tell."""
        try:
            return self.raw.tell()
        except OSError:
            return 0

    def close(self) -> None:
        """Close the file, standard input excepted."""
        if self.raw is not sys.stdin.buffer:
            self.raw.close()


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


def packed(name: str, data: bytes) -> bytes:
    """Pack bytes as a file of that name holds them; the same bytes always give the same pack.

    Packs of parts, joined, are a whole file: both formats are made of members.
    """
    if not data:
        return b""
    if name.lower().endswith(".gz"):
        return gzip.compress(data, 6, mtime=0)
    if name.lower().endswith(".zst"):
        import zstandard

        return zstandard.ZstdCompressor(level=6).compress(data)
    return data
