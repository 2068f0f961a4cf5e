"""Turns at a host: few at a time, and never in a burst."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import lru_cache
from ipaddress import ip_address

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[object]]


class _Host:
    """Who is at one host now, and when the next may start."""

    __slots__ = ("gate", "next_start", "seats", "users")

    def __init__(self, seats: int) -> None:
        self.seats = asyncio.Semaphore(seats)
        self.gate = asyncio.Lock()
        self.next_start = 0.0
        self.users = 0


class Pace:
    """Gives each host's visitors their turns in the order they came.

    At most `per_host` at a time, and at least `spacing_s` seconds between two starts; this machine itself needs no
    spacing. `clock` (seconds, monotonic) and `sleep` can be virtual.
    """

    def __init__(
        self, per_host: int = 2, spacing_s: float = 1.0, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._per_host = per_host
        self._spacing_s = spacing_s
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._left: deque[tuple[float, str]] = deque()

    @asynccontextmanager
    async def turn(self, host: str, seats: asyncio.Semaphore | None = None) -> AsyncIterator[None]:
        """Wait for a turn at a host (its name as in an address) and hold it.

        `seats` are shared by all hosts. One is taken last, so that nobody waits in it, and spacing counts from there.
        """
        self._forget_idle()
        name = host.lower().rstrip(".")
        place = self._hosts.get(name) or self._hosts.setdefault(name, _Host(self._per_host))
        place.users += 1
        try:
            async with place.seats:
                await self._start(place, 0.0 if is_this_machine(name) else self._spacing_s, seats)
                try:
                    yield
                finally:
                    if seats:
                        seats.release()
        finally:
            place.users -= 1
            self._left.append((place.next_start, name))

    def put_off(self, host: str, until: float) -> None:
        """Let nobody who waits for a host, or still holds a turn there, be followed before a moment of the clock."""
        place = self._hosts.get(host)
        if place is not None:
            place.next_start = max(place.next_start, until)

    async def _start(self, place: _Host, spacing_s: float, seats: asyncio.Semaphore | None) -> None:
        async with place.gate:
            while (wait := place.next_start - self._clock()) > 0:  # it may be put off meanwhile
                await self._sleep(wait)
            if seats:
                await seats.acquire()
            place.next_start = self._clock() + spacing_s

    def _forget_idle(self) -> None:
        """Drop hosts that nobody visits and whose spacing is over, so that 100,000 hosts cost no more than a few."""
        now = self._clock()
        while self._left and self._left[0][0] <= now:
            _, name = self._left.popleft()
            place = self._hosts.get(name)
            if place is not None and not place.users and place.next_start <= now:
                del self._hosts[name]


@lru_cache(4096)
def is_this_machine(host: str) -> bool:
    """Whether a host name or address literal means this machine (RFC 6761, section 6.3; RFC 6890, section 2.2.2)."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
