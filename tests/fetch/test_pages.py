"""Asking for one web page: HTML only, bounded, and no step of a redirect without leave."""

import pytest
from tests.fetch.conftest import Server

from broadsheet.errors import FetchError
from broadsheet.fetch import Client, fetch_page
from broadsheet.model import Limits, Response

MOST = 100_000


async def anywhere(_: str) -> None:
    """Let every address be asked."""


async def ask(server: Server, path: str, client: Client, limits: Limits) -> Response:
    return await fetch_page(server.address(path), client, limits, MOST, anywhere)


async def refused(server: Server, path: str, client: Client, limits: Limits) -> str:
    with pytest.raises(FetchError) as caught:
        await ask(server, path, client, limits)
    return caught.value.reason


@pytest.mark.parametrize("kind", ["text/html; charset=gbk", "TEXT/HTML", "application/xhtml+xml"])
async def test_a_page_comes_as_it_was_sent(server: Server, client: Client, limits: Limits, kind: str) -> None:
    server.says("/1", b"<p>\xb5\xda</p>", Content_Type=kind)
    answer = await ask(server, "/1", client, limits)
    assert (answer.status, answer.body) == (200, b"<p>\xb5\xda</p>")
    assert server.headers()["accept"].startswith("text/html")
    assert server.headers()["user-agent"] == limits.user_agent
    assert "if-none-match" not in server.headers()


async def test_a_page_without_a_content_type_is_taken_for_one(server: Server, client: Client, limits: Limits) -> None:
    server.says("/1", b"<p>x</p>")
    assert (await ask(server, "/1", client, limits)).status == 200


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/plain", "application/json", "text/html5"])
async def test_what_is_no_page_is_refused(server: Server, client: Client, limits: Limits, kind: str) -> None:
    server.says("/1", b"x", Content_Type=kind)
    assert await refused(server, "/1", client, limits) == "not-a-page"


async def test_a_refusal_is_an_answer(server: Server, client: Client, limits: Limits) -> None:
    server.says("/1", b"gone", status=410, Content_Type="text/plain")
    assert (await ask(server, "/1", client, limits)).status == 410


async def test_a_page_larger_than_allowed_is_not_read(server: Server, client: Client, limits: Limits) -> None:
    server.says("/1", bytes(MOST + 1), Content_Type="text/html")
    assert await refused(server, "/1", client, limits) == "too-large"


async def test_a_redirect_into_a_private_network_is_refused(server: Server, client: Client, limits: Limits) -> None:
    server.says("/1", status=302, Location="http://192.168.0.1/")
    assert await refused(server, "/1", client, limits) == "blocked-address"


async def test_no_redirect_is_followed_without_leave(server: Server, client: Client, limits: Limits) -> None:
    server.says("/1", status=302, Location="/secret")
    server.says("/secret", b"<p>x</p>", Content_Type="text/html")

    async def nowhere(address: str) -> None:
        raise FetchError(address, "robots", "robots may not go there")

    with pytest.raises(FetchError) as caught:
        await fetch_page(server.address("/1"), client, limits, MOST, nowhere)
    assert (caught.value.reason, caught.value.address) == ("robots", server.address("/secret"))
    assert len(server.requests) == 1
