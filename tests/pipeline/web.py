"""A web without sockets: servers are functions, and every request is kept with its moments in virtual time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from aiohttp import ClientConnectionResetError, ClientSession
from tests.pipeline.virtual import Time
from yarl import URL

from broadsheet.fetch import Client
from broadsheet.model import Limits


class Asked(NamedTuple):
    """One request as its server sees it; headers have the names that were sent."""

    url: URL
    headers: Mapping[str, str]


class Said(NamedTuple):
    """What a server answers, `after` so many seconds; status 0 hangs up instead."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}
    after: float = 0.1


@dataclass(slots=True)
class Visit:
    """One request from its first to its last moment, in virtual seconds; `ended` None: it was given up."""

    url: URL
    headers: Mapping[str, str]
    started: float
    ended: float | None = None
    said: Said | None = None


@dataclass
class Web:
    """Every server there is, as one function; `visits` in the order they began, `most` at one time by host."""

    time: Time
    serve: Callable[[Asked], Said]
    visits: list[Visit] = field(default_factory=list)
    most: Counter[str] = field(default_factory=Counter)
    _open: Counter[str] = field(default_factory=Counter)

    @asynccontextmanager
    async def connect(self, limits: Limits, connections: int = 50, per_host: int = 2) -> AsyncIterator[Client]:
        """Open a client whose requests go to these servers."""
        yield Client(cast("ClientSession", _Session(self)), connections)

    def came(self, visit: Visit) -> None:
        host = visit.url.host or ""
        self.visits.append(visit)
        self._open[host] += 1
        self.most[host] = max(self.most[host], self._open[host])

    def left(self, visit: Visit) -> None:
        self._open[visit.url.host or ""] -= 1
        visit.ended = self.time.seconds


class _Session:
    def __init__(self, web: Web) -> None:
        self._web = web

    def get(self, url: URL, *, headers: Mapping[str, str], allow_redirects: bool) -> "_Request":
        assert not allow_redirects
        return _Request(self._web, url, headers)


class _Request:
    """A request under way, in the words of aiohttp."""

    def __init__(self, web: Web, url: URL, headers: Mapping[str, str]) -> None:
        self._web = web
        self._visit = Visit(url, headers, web.time.seconds)

    async def __aenter__(self) -> "_Answer":
        visit = self._visit
        self._web.came(visit)
        said = self._web.serve(Asked(visit.url, visit.headers))
        try:
            await asyncio.sleep(said.after)
        except BaseException:
            self._web.left(visit)
            raise
        visit.said = said
        if not said.status:
            self._web.left(visit)
            raise ClientConnectionResetError
        return _Answer(said)

    async def __aexit__(self, *_: object) -> None:
        self._web.left(self._visit)


class _Answer:
    def __init__(self, said: Said) -> None:
        self.status = said.status
        self.raw_headers = [(name.encode(), value.encode()) for name, value in said.headers.items()]
        self.content_length = len(said.body)
        self.content = self
        self._body = said.body

    async def iter_any(self) -> AsyncIterator[bytes]:
        yield self._body
