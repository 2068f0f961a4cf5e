"""Asking for one image: bounded and guarded as for a feed, and a Referer only where a host needs it."""

import asyncio

import pytest
from msgspec.structs import replace
from tests.fetch.conftest import Server

from broadsheet.errors import FetchError
from broadsheet.fetch import Client, fetch_image
from broadsheet.fetch.images import referer_for
from broadsheet.model import Limits


async def test_the_bytes_come_as_they_were_sent(server: Server, client: Client, limits: Limits) -> None:
    server.says("/a.png", b"\x89PNG", Content_Type="text/html")
    answer = await fetch_image(server.address("/a.png"), client, limits)
    assert (answer.status, answer.body) == (200, b"\x89PNG")
    assert server.headers()["accept"].startswith("image/jpeg,image/png")
    assert "webp" not in server.headers()["accept"]
    assert "referer" not in server.headers()


async def test_a_redirect_into_a_private_network_is_refused(server: Server, client: Client, limits: Limits) -> None:
    server.says("/a.png", status=302, Location="http://192.168.0.1/router.png")
    with pytest.raises(FetchError) as caught:
        await fetch_image(server.address("/a.png"), client, limits)
    assert caught.value.reason == "blocked-address"


async def test_more_bytes_than_allowed_are_not_read(server: Server, client: Client, limits: Limits) -> None:
    server.says("/announced.jpg", bytes(limits.wire_bytes + 1))

    async def pour(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            writer.write(bytes(10_000))
            await writer.drain()

    server.sends("/poured.jpg", pour)
    for path in ("/announced.jpg", "/poured.jpg"):
        with pytest.raises(FetchError) as caught:
            await fetch_image(server.address(path), client, limits)
        assert caught.value.reason == "too-large"


async def test_a_server_that_drips_is_left(server: Server, client: Client, limits: Limits) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.1)

    server.sends("/slow.gif", drip)
    with pytest.raises(FetchError) as caught:
        await fetch_image(server.address("/slow.gif"), client, replace(limits, total_s=0.5))
    assert caught.value.reason == "timeout"


@pytest.mark.parametrize(
    ("address", "referer"),
    [
        ("https://wx1.sinaimg.cn/large/1.jpg", "https://weibo.com/"),
        ("https://SINAIMG.cn./1.jpg", "https://weibo.com/"),
        ("https://i.pximg.net/1.jpg", "https://www.pixiv.net/"),
        ("https://notsinaimg.cn/1.jpg", None),
        ("https://img.example/1.jpg", None),
        ("http://[::1/1.jpg", None),
    ],
)
def test_only_hosts_of_the_list_are_told_where_the_reader_comes_from(address: str, referer: str | None) -> None:
    assert referer_for(address) == referer
