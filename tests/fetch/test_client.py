import asyncio
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.errors import ConfigError
from broadsheet.fetch import fetch_feed, open_client
from broadsheet.model import Limits

if TYPE_CHECKING:
    from tests.fetch.conftest import Server


async def test_connections_are_kept_alive_and_counted(server: "Server", limits: Limits) -> None:
    server.says("/", b"<rss/>")
    async with open_client(limits, connections=3, per_host=2) as client:
        await asyncio.gather(*(fetch_feed(server.feed(f"/?{n}"), client, limits) for n in range(40)))
    assert (len(server.requests), server.most) == (40, 2)
    assert server.connections == 2


async def test_waiting_for_a_seat_is_not_counted_against_a_feed(server: "Server", limits: Limits) -> None:
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")

    server.sends("/", slow)
    async with open_client(limits, connections=1) as client:
        tight = replace(limits, total_s=0.35)
        await asyncio.gather(*(fetch_feed(server.feed(f"/?{n}"), client, tight) for n in range(5)))
    assert server.most == 1


async def test_a_client_remembers_no_cookies_and_no_proxy(
    server: "Server", limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1/")
    server.says("/", b"<rss/>", Set_Cookie="id=1")
    async with open_client(limits) as client:
        for _ in range(2):
            await fetch_feed(server.feed("/"), client, limits)
    assert "cookie" not in server.headers()


async def test_connections_are_closed_at_the_end(server: "Server", limits: Limits) -> None:
    server.says("/", b"<rss/>")
    async with open_client(limits) as client:
        await fetch_feed(server.feed("/"), client, limits)
        assert server.open == 1
    await asyncio.sleep(0.05)
    assert server.open == 0


async def test_a_network_that_is_none_is_a_configuration_error(limits: Limits) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.allow"):
        async with open_client(replace(limits, allow=("home",))):
            pass
