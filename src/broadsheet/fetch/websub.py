"""WebSub on the wire: ask a hub to tell us, answer its questions, hear what it tells (W3C 2018)."""

import asyncio
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Protocol

from aiohttp import web

from broadsheet.errors import ConfigError, FetchError
from broadsheet.fetch.addresses import redirect_target, shown, wire_url
from broadsheet.fetch.client import Client
from broadsheet.fetch.faults import FAULTS, as_fetch_error
from broadsheet.model import Limits, Push

LEASE_S = 10 * 86_400
UNSTATED_LEASE_S = 86_400
SHORTEST_LEASE_S = 300
LONGEST_LEASE_S = 90 * 86_400
ALGORITHMS = frozenset({"sha1", "sha256", "sha384", "sha512"})
REDIRECTS = frozenset({307, 308})
READ_S = 30
ROUTE = "/{before:(?:.*/)?}{path}"
PLAIN = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}


class Subscriber(Protocol):
    """Who is behind a callback; `path` is the last part of its address, which tells subscriptions apart."""

    def verify(self, path: str, query: Mapping[str, str]) -> bool:
        """Tell whether a hub asks about a subscription that is wanted (section 5.3)."""
        ...

    def knows(self, path: str) -> bool:
        """Tell whether a path is one of a subscription's."""
        ...

    def hear(self, path: str, signature: str, body: bytes) -> None:
        """Take a notification, whoever sent it (section 7)."""
        ...


async def ask_hub(push: Push, callback: str, client: Client, limits: Limits) -> None:
    """Ask a hub to tell of a topic's changes at `callback` (section 5.1); it verifies that by itself, later.

    Raises:
        FetchError: the hub cannot be reached, may not be, or refuses; its `reason` is as `fetch_feed` says, or
            "http-" and the status.
    """
    wish = {
        "hub.mode": "subscribe",
        "hub.topic": push.topic,
        "hub.callback": callback,
        "hub.secret": push.secret,
        "hub.lease_seconds": str(LEASE_S),
    }
    address = push.hub
    for _ in range(limits.redirects + 1):
        status, location = await _post(address, wish, client, limits)
        if status not in REDIRECTS or location is None:
            break
        address = redirect_target(address, location)
    if not 200 <= status < 300:
        raise FetchError(shown(push.hub), f"http-{status}", f"the hub answered {status}")


async def _post(address: str, wish: Mapping[str, str], client: Client, limits: Limits) -> tuple[int, str | None]:
    url = wire_url(address)
    try:
        async with (
            client.seats,
            asyncio.timeout(limits.total_s),
            client.ask("POST", url, data=wish) as answer,
        ):
            return answer.status, answer.headers.get("Location")
    except FAULTS as error:
        raise as_fetch_error(address, error) from error


def lease_s(said: str | None) -> int:
    """How long a hub will tell us, in seconds, within bounds; a day where it does not say so (section 5.3)."""
    text = (said or "").strip()
    seconds = int(text[:12]) if text.isascii() and text.isdigit() else UNSTATED_LEASE_S
    return min(max(seconds, SHORTEST_LEASE_S), LONGEST_LEASE_S)


def is_signed(secret: str, signature: str, body: bytes) -> bool:
    """Tell whether an X-Hub-Signature is that of the body, compared in constant time (section 7.1)."""
    algorithm, _, digest = signature.strip().partition("=")
    if algorithm.lower() not in ALGORITHMS:
        return False
    expected = hmac.new(secret.encode(), body, algorithm.lower()).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.strip().lower().encode("utf-8", "surrogateescape"))


def make_callback(subscriber: Subscriber, max_bytes: int) -> web.Application:
    """Make the callback as a web application.

    A wrong signature is answered like a right one, so that nobody learns from it (section 8); a path that is not
    known is gone, so that its hub stops.
    """

    async def question(request: web.Request) -> web.Response:
        if not subscriber.verify(request.match_info["path"], request.query):
            return web.Response(status=404, headers=PLAIN)
        return web.Response(text=request.query.get("hub.challenge", ""), headers=PLAIN)

    async def news(request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if not subscriber.knows(path):
            return web.Response(status=410)
        try:
            async with asyncio.timeout(READ_S):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        subscriber.hear(path, request.headers.get("X-Hub-Signature", ""), body)
        return web.Response(status=202)

    app = web.Application(client_max_size=max_bytes)
    app.add_routes([web.get(ROUTE, question, allow_head=False), web.post(ROUTE, news)])
    return app


@contextmanager
def serve_callback(app: web.Application, host: str, port: int) -> Iterator[int]:
    """Serve a callback on a thread of its own until the block ends; the port it has is given (0 asks for any).

    Raises:
        ConfigError: nobody can listen there.
    """
    loop = asyncio.new_event_loop()
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    try:
        try:
            loop.run_until_complete(runner.setup())
            loop.run_until_complete(web.TCPSite(runner, host, port).start())
        except OSError as error:
            raise ConfigError("websub.listen", f"cannot listen on {host}:{port}: {error.strerror}") from error
        thread = Thread(target=loop.run_forever, name="websub", daemon=True)
        thread.start()
        try:
            yield int(runner.addresses[0][1])
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()
    finally:
        loop.run_until_complete(runner.cleanup())
        loop.close()
