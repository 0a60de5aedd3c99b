"""How often somebody may be wrong about a token before the door stays shut to them for a while."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from math import ceil

MOST = 10
"""Wrong attempts within :data:`SPAN` after which the next ones are not looked at."""
SPAN = 60.0
"""Seconds that an attempt is remembered."""
CLIENTS = 4096
"""Clients that are remembered; who has 2^64 addresses of IPv6 is one, and the one longest silent is forgotten first."""


class Attempts:
    """Wrong tokens by the client's address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with none; ``clock`` gives seconds."""
        self._clock = clock
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def note(self, client: str) -> None:
        """Remember that a client was wrong."""
        one = _network(client)
        self._wrong.setdefault(one, deque(maxlen=MOST)).append(self._clock())
        self._wrong.move_to_end(one)
        if len(self._wrong) > CLIENTS:
            self._wrong.popitem(last=False)

    def wait(self, client: str) -> int:
        """Return the seconds that a client has to wait, 0 where it may try."""
        times = self._wrong.get(_network(client))
        if times is None or len(times) < MOST:
            return 0
        return max(0, ceil(times[0] + SPAN - self._clock()))


def _network(client: str) -> str:
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return client
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return address.exploded[:19]
