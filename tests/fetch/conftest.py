"""A server on loopback that sends exactly the bytes a test gives it, and remembers exactly what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from broadsheet.fetch import Client, open_client
from broadsheet.model import Feed, FeedState, Limits, Validators

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Answers each path with its script; `requests` are the heads as they came, `most` how many
    connections were open at one time."""

    def __init__(self) -> None:
        self.scripts: dict[str, bytes | Script] = {}
        self.requests: list[str] = []
        self.connections = 0
        self.open = 0
        self.most = 0
        self.port = 0

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def feed(self, path: str, **validators: str) -> Feed:
        """Make the feed at a path, with the validators it gave last."""
        return self.feed_at(self.address(path), **validators)

    def feed_at(self, address: str, /, **validators: str) -> Feed:
        state = FeedState(validators=Validators(**validators))
        return Feed(id="feed", address=address, added_at=datetime(2026, 11, 23, tzinfo=UTC), state=state)

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer a path well-formed; header names are given with underscores."""
        named = {"Content-Length": str(len(body))} | {name.replace("_", "-"): text for name, text in headers.items()}
        head = "".join(f"{name}: {text}\r\n" for name, text in named.items())
        self.scripts[path] = f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + body

    def sends(self, path: str, script: bytes | Script) -> None:
        """Answer a path with these very bytes, or let a script write, and hang up after it."""
        self.scripts[path] = script

    def headers(self, number: int = -1) -> dict[str, str]:
        """The headers of one request, names in lower case."""
        lines = self.requests[number].splitlines()[1:-1]
        return {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._answer(reader, writer):
                    pass
        finally:
            self.open -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.requests.append(head)
        path = head.split(" ")[1].partition("?")[0]
        script = self.scripts.get(path, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        if isinstance(script, bytes):
            writer.write(script)
            await writer.drain()
            return b"Connection: close" not in script
        await script(writer)
        return False


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A scripted server."""
    scripted = Server()
    listener = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    scripted.port = listener.sockets[0].getsockname()[1]
    yield scripted
    listener.close()
    await listener.wait_closed()


@pytest.fixture
def limits() -> Limits:
    """Small limits, so that tests are quick; loopback may be reached."""
    return Limits(
        wire_bytes=200_000,
        body_bytes=400_000,
        header_bytes=8192,
        total_s=2.0,
        connect_s=1.0,
        allow=("127.0.0.1/32",),
        user_agent="broadsheet/0 (+https://paper.example/)",
    )


@pytest.fixture
async def client(limits: Limits) -> AsyncIterator[Client]:
    """An open client under those limits."""
    async with open_client(limits) as opened:
        yield opened
