"""The connections of one run: bounded in number, guarded, without memory of cookies."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cached_property
from ssl import SSLContext

from broadsheet.fetch.tls import trusting_this_machine  # before anything else imports aiohttp

# isort: split
from aiohttp import ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver
from yarl import URL

from broadsheet.fetch.coding import ACCEPTED
from broadsheet.fetch.guard import guarded_socket, read_networks
from broadsheet.fetch.resolve import Resolver
from broadsheet.model import Limits

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)
DNS_CACHE_S = 60


class Client:
    """An open session and its free seats; `open_client` makes it, `fetch_feed` uses it."""

    def __init__(self, session: ClientSession, connections: int) -> None:
        self.session = session
        self.seats = asyncio.Semaphore(connections)

    def ask(
        self,
        method: str,
        url: URL,
        *,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | bytes | None = None,
    ) -> AbstractAsyncContextManager[ClientResponse]:
        """Send one request; a redirect is an answer like any other."""
        trust = self._trust if url.scheme == "https" else True
        return self.session.request(method, url, headers=headers, data=data, allow_redirects=False, ssl=trust)

    @cached_property
    def _trust(self) -> SSLContext:
        return trusting_this_machine()


@asynccontextmanager
async def open_client(
    limits: Limits, connections: int = 50, per_host: int = 2, resolver: AbstractResolver | None = None
) -> AsyncIterator[Client]:
    """Open a client with at most so many connections at a time, in all and to each host; they are closed at the end.

    `resolver` looks host names up, the system's where none is given; what it finds is checked all the same.

    Raises:
        ConfigError: `limits.allow` names something that is not a network.
    """
    connector = TCPConnector(
        limit=connections,
        limit_per_host=per_host,
        resolver=resolver or Resolver(threads=connections),
        ttl_dns_cache=DNS_CACHE_S,
        socket_factory=guarded_socket(read_networks(limits.allow)),
    )
    session = ClientSession(
        connector=connector,
        headers={"User-Agent": limits.user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED},
        cookie_jar=DummyCookieJar(),
        timeout=ClientTimeout(total=None, sock_connect=limits.connect_s),
        auto_decompress=False,
        trust_env=False,
        max_line_size=limits.header_bytes,
        max_field_size=limits.header_bytes,
    )
    async with session:
        yield Client(session, connections)
