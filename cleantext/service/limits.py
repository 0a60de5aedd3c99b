"""What the service takes at most: sizes, times, numbers; frozen, and the operator's alone to set."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds of a running service.

    ``size`` counts bytes of a request's body, ``time`` seconds of work on a request, ``reading`` seconds in which
    its head, and then its body, must have come. ``waiting`` requests are read or worked on at once,
    ``connections`` are open at once; what comes beyond is told to come again. No more memory is held
    than ``waiting * size`` in bodies, and what each worker needs for one of them.
    """

    size: int = 1 << 20
    time: float = 30.0
    reading: float = 10.0
    waiting: int = 32
    connections: int = 256
