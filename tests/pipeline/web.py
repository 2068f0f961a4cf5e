"""A web without sockets: servers are functions, and every request is kept with its moments in virtual time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from sys import intern
from typing import NamedTuple, cast

from aiohttp import ClientConnectionResetError, ClientSession
from tests.pipeline.virtual import Time
from yarl import URL

from broadsheet.fetch import Client
from broadsheet.model import Limits


class Asked(NamedTuple):
    """One request as its server sees it; headers have the names that were sent, `form` is what a POST brings."""

    url: URL
    headers: Mapping[str, str]
    form: Mapping[str, str] = {}


class Said(NamedTuple):
    """What a server answers, `after` so many seconds; status 0 hangs up instead."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = {}
    after: float = 0.1


@dataclass(slots=True)
class Visit:
    """One request from its first to its last moment, in virtual seconds; a `status` of 0: there was no answer.

    A day of a large paper has a million: equal strings and equal headers are kept once.
    """

    address: str
    host: str
    path: str
    headers: Mapping[str, str]
    started: float
    ended: float = 0.0
    status: int = 0
    retry_after: float = 0.0


@dataclass
class Web:
    """Every server there is, as one function; `visits` in the order they began, `most` at one time by host."""

    time: Time
    serve: Callable[[Asked], Said]
    visits: list[Visit] = field(default_factory=list)
    most: Counter[str] = field(default_factory=Counter)
    _open: Counter[str] = field(default_factory=Counter)
    _headers: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = field(default_factory=dict)

    @asynccontextmanager
    async def connect(self, limits: Limits, connections: int = 50, per_host: int = 2) -> AsyncIterator[Client]:
        """Open a client whose requests go to these servers."""
        client = Client(cast("ClientSession", _Session(self)), connections)
        vars(client)["_trust"] = None  # no server here shows a certificate, and reading the machine's takes 40 ms
        yield client

    def came(self, url: URL, headers: Mapping[str, str]) -> Visit:
        """Note a request that begins."""
        host = intern(url.host or "")
        same = self._headers.setdefault(tuple(headers.items()), headers)
        visit = Visit(intern(str(url)), host, intern(url.path), same, self.time.seconds)
        self.visits.append(visit)
        self._open[host] += 1
        self.most[host] = max(self.most[host], self._open[host])
        return visit

    def left(self, visit: Visit) -> None:
        """Note the end of a request."""
        self._open[visit.host] -= 1
        visit.ended = self.time.seconds


class _Session:
    def __init__(self, web: Web) -> None:
        self._web = web

    def request(
        self,
        method: str,
        url: URL,
        *,
        headers: Mapping[str, str] | None,
        data: Mapping[str, str] | None,
        allow_redirects: bool,
        ssl: object,
    ) -> "_Request":
        assert not allow_redirects
        assert (method == "POST") == (data is not None)
        return _Request(self._web, Asked(url, headers or {}, data or {}))


class _Request:
    """A request under way, in the words of aiohttp."""

    def __init__(self, web: Web, asked: Asked) -> None:
        self._web = web
        self._asked = asked

    async def __aenter__(self) -> "_Answer":
        visit = self._visit = self._web.came(self._asked.url, self._asked.headers)
        said = self._web.serve(self._asked)
        try:
            await asyncio.sleep(said.after)
            if not said.status:
                raise ClientConnectionResetError
        except BaseException:
            self._web.left(visit)
            raise
        visit.status = said.status
        visit.retry_after = float(said.headers.get("Retry-After", 0))
        return _Answer(said)

    async def __aexit__(self, *_: object) -> None:
        self._web.left(self._visit)


class _Answer:
    def __init__(self, said: Said) -> None:
        self.status = said.status
        self.headers = said.headers
        self.raw_headers = [(name.encode(), value.encode()) for name, value in said.headers.items()]
        self.content_length = len(said.body)
        self.content = self
        self._body = said.body

    async def iter_any(self) -> AsyncIterator[bytes]:
        yield self._body
