import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.errors import FetchError
from broadsheet.fetch import Client, fetch_feed, open_client
from broadsheet.model import Limits, Redirect, Response

# The same bytes at any time, so that every test worker names its cases alike.
packed = partial(gzip.compress, mtime=0)

if TYPE_CHECKING:
    from tests.fetch.conftest import Server

BODY = "<rss>标题</rss>".encode()

Write = Callable[[asyncio.StreamWriter], Awaitable[None]]


def script(*parts: bytes, pause_s: float = 0.0, reset: bool = False) -> Write:
    """Write parts one after the other, then hang up, or reset the connection."""

    async def write(writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)
        if reset:
            writer.transport.abort()

    return write


def endless(head: bytes, part: bytes) -> Write:
    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(part)
            await writer.drain()

    return write


async def refusal(server: "Server", client: Client, limits: Limits, path: str = "/") -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetch_feed(server.feed(path), client, limits)
    return caught.value


async def test_an_answer_comes_whole_with_lower_case_headers(
    server: "Server", client: Client, limits: Limits
) -> None:
    head = b'HTTP/1.1 200 OK\r\nETag: W/"a  b"\r\nVary: a\r\nVARY: b\r\nX-Name: \xe6\x96\xb0\r\nX-Old: caf\xe9\r\n'
    server.sends("/feed", head + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY)
    answer = await fetch_feed(server.feed("/feed"), client, limits)
    assert (answer.status, answer.body, answer.redirects) == (200, BODY, ())
    assert answer.address == answer.final_address == server.address("/feed")
    assert answer.headers["etag"] == 'W/"a  b"'
    assert (answer.headers["vary"], answer.headers["x-name"], answer.headers["x-old"]) == ("a, b", "新", "café")
    assert answer.duration_ms >= 0


async def test_a_body_keeps_its_own_charset(server: "Server", client: Client, limits: Limits) -> None:
    body = "<rss>标题镕</rss>".encode("gb18030")
    server.says("/", body, Content_Type="text/xml; charset=utf-8")
    assert (await fetch_feed(server.feed("/"), client, limits)).body == body


async def test_a_request_says_who_asks_and_nothing_that_tracks(
    server: "Server", client: Client, limits: Limits
) -> None:
    server.says("/", Set_Cookie="id=1; Path=/")
    for _ in range(2):
        await fetch_feed(server.feed("/"), client, limits)
    headers = server.headers()
    assert headers["user-agent"] == "broadsheet/0 (+https://paper.example/)"
    assert headers["accept"].startswith("application/atom+xml, application/rss+xml, application/feed+json")
    assert headers["accept-encoding"] == "gzip, deflate, br, zstd"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


@pytest.mark.parametrize(
    ("etag", "last_modified"),
    [
        ('W/"a  b"', "Mon,  23 Nov 2026 12:00:00 +0800"),
        ("no-quotes", None),
        (None, "0"),
        ('"标题"', None),
        (None, None),
    ],
)
async def test_validators_are_sent_as_they_came(
    server: "Server", client: Client, limits: Limits, etag: str | None, last_modified: str | None
) -> None:
    server.says("/", status=304)
    sent = {name: value for name, value in (("etag", etag), ("last_modified", last_modified)) if value}
    answer = await fetch_feed(server.feed("/", **sent), client, limits)
    headers = {name: value.encode("latin-1").decode() for name, value in server.headers().items()}
    assert answer.status == 304
    assert (headers.get("if-none-match"), headers.get("if-modified-since")) == (etag, last_modified)


@pytest.mark.parametrize(
    "path",
    ["/feed?x=%7e&y=[1]&z=%E6%96%B0", "/a//b/../c;p=1?q", "/%zz?a=1&b=+|{}^`\"<>\\'", "/feed?", "/?a=b?c=d/e"],
)
async def test_an_address_is_sent_byte_for_byte(server: "Server", client: Client, limits: Limits, path: str) -> None:
    await fetch_feed(server.feed(path + "#part"), client, limits)
    assert server.requests[0].split("\r\n")[0] == f"GET {path.rstrip('?')} HTTP/1.1"


async def test_an_address_as_people_write_it_is_encoded(server: "Server", client: Client, limits: Limits) -> None:
    await fetch_feed(server.feed("/新闻 源?a=标%20题"), client, limits)
    assert " /%E6%96%B0%E9%97%BB%20%E6%BA%90?a=%E6%A0%87%20%E9%A2%98 " in server.requests[0]


async def test_the_body_of_an_error_is_left_alone(server: "Server", client: Client, limits: Limits) -> None:
    server.sends("/", endless(b"HTTP/1.1 503 Busy\r\nRetry-After: 60\r\n\r\n", b"x" * 1000))
    answer = await fetch_feed(server.feed("/"), client, limits)
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (503, b"", "60")


# Redirects


async def follow(server: "Server", client: Client, limits: Limits, **validators: str) -> Response:
    return await fetch_feed(server.feed("/", **validators), client, limits)


async def test_every_hop_is_followed_and_recorded(server: "Server", client: Client, limits: Limits) -> None:
    server.says("/", status=301, Location="/a#part")
    server.says("/a", status=302, Location=server.address("/b?x=%7e"))
    server.says("/b", BODY)
    answer = await follow(server, client, limits)
    assert (answer.body, answer.final_address) == (BODY, server.address("/b?x=%7e"))
    assert answer.redirects == (
        Redirect(status=301, location=server.address("/a")),
        Redirect(status=302, location=server.address("/b?x=%7e")),
    )


async def test_a_circle_is_noticed(server: "Server", client: Client, limits: Limits) -> None:
    server.says("/", status=302, Location="/a")
    server.says("/a", status=302, Location="/")
    assert (await refusal(server, client, limits)).reason == "redirect-loop"
    assert len(server.requests) == 2


async def test_endless_redirects_end(server: "Server", client: Client, limits: Limits) -> None:
    for hop in range(20):
        server.says(f"/{hop or ''}", status=307, Location=f"/{hop + 1}")
    error = await refusal(server, client, limits)
    assert error.reason == "too-many-redirects"
    assert len(server.requests) == 1 + limits.redirects


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "bad-address"),
        ("gopher://127.0.0.1/", "bad-address"),
        ("http://[::1/", "bad-address"),
        ("http://127.0.0.2/", "blocked-address"),
        ("http://169.254.169.254/latest/meta-data/", "blocked-address"),
        ("http://[::1]/", "blocked-address"),
        ("http://[::ffff:10.0.0.1]/", "blocked-address"),
        ("http://2130706434/", "bad-address"),
        ("http://0x7f.2/", "blocked-address"),
        ("http://127.2/", "bad-address"),
    ],
)
async def test_a_redirect_out_of_the_public_web_is_refused(
    server: "Server", client: Client, limits: Limits, location: str, reason: str
) -> None:
    server.says("/", status=301, Location=location)
    assert (await refusal(server, client, limits)).reason == reason


async def test_a_redirect_without_a_target_is_an_answer(server: "Server", client: Client, limits: Limits) -> None:
    server.says("/", status=302)
    answer = await follow(server, client, limits)
    assert (answer.status, answer.redirects) == (302, ())


async def test_validators_go_only_to_the_address_that_gave_them(
    server: "Server", client: Client, limits: Limits
) -> None:
    server.says("/", status=302, Location="/b")
    server.says("/b", status=304)
    await follow(server, client, limits, etag='"a"')
    assert ["If-None-Match" in request for request in server.requests] == [True, False]
    await follow(server, client, limits, etag='"b"', address=server.address("/b"))
    assert ["If-None-Match" in request for request in server.requests[2:]] == [False, True]


async def test_a_password_stays_with_its_server(server: "Server", client: Client, limits: Limits) -> None:
    other = server.address("/c", host="localhost")
    server.says("/", status=302, Location="/b")
    server.says("/b", status=302, Location=other)
    feed = server.feed_at(server.address("/").replace("http://", "http://me:secret@"))
    answer = await fetch_feed(feed, client, limits)
    assert ["Authorization" in request for request in server.requests] == [True, True, False]
    assert answer.final_address == other


# Bounds


async def test_too_long_a_body_is_refused_before_it_is_read(server: "Server", client: Client, limits: Limits) -> None:
    server.sends("/", b"HTTP/1.1 200 OK\r\nContent-Length: 209715200\r\nConnection: close\r\n\r\n")
    error = await refusal(server, client, limits)
    assert (error.reason, error.address) == ("too-large", server.address("/"))
    assert "209715200" in error.cause


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"2710\r\n" + b"x" * 10_000 + b"\r\n"),
    ],
)
async def test_an_endless_body_is_cut_off(
    server: "Server", client: Client, limits: Limits, head: bytes, part: bytes
) -> None:
    server.sends("/", endless(head, part))
    assert (await refusal(server, client, limits)).reason == "too-large"


async def test_a_bomb_is_not_unpacked(server: "Server", client: Client, limits: Limits) -> None:
    server.says("/", packed(b" " * 50_000_000), Content_Encoding="gzip")
    assert (await refusal(server, client, limits)).reason == "too-large"


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"])
async def test_a_drip_ends_at_the_deadline(server: "Server", client: Client, limits: Limits, head: bytes) -> None:
    server.sends("/", script(head, *(b"x" for _ in range(99)), pause_s=0.05))
    assert (await refusal(server, client, replace(limits, total_s=0.3))).reason == "timeout"


async def test_the_deadline_covers_all_hops(server: "Server", client: Client, limits: Limits) -> None:
    for hop in range(5):
        head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /%d\r\n\r\n" % (hop + 1)
        server.sends(f"/{hop or ''}", script(b"HTTP/1.1 102 Wait\r\n\r\n", head, pause_s=0.1))
    assert (await refusal(server, client, replace(limits, total_s=0.3))).reason == "timeout"


@pytest.mark.parametrize(
    "flood",
    [
        b"X-Long: " + b"x" * 1_000_000 + b"\r\n",
        b"X: x\r\n" * 5000,
        b"".join(b"X-%d: %s\r\n" % (number, b"x" * 200) for number in range(60)),
    ],
)
async def test_a_flood_of_headers_is_refused(server: "Server", client: Client, limits: Limits, flood: bytes) -> None:
    server.sends("/", script(b"HTTP/1.1 200 OK\r\n" + flood + b"\r\n"))
    assert (await refusal(server, client, limits)).reason == "headers-too-large"


# Broken answers


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n", "truncated"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "truncated"),
        (b"", "truncated"),
        (b"\x16\x03\x01 hello", "protocol"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "protocol"),
        (b"HTTP/1.1 200 OK\r\nNo colon\r\n\r\n", "protocol"),
    ],
)
async def test_half_an_answer_is_none(
    server: "Server", client: Client, limits: Limits, sent: bytes, reason: str
) -> None:
    server.sends("/", script(sent))
    assert (await refusal(server, client, limits)).reason == reason


async def test_a_connection_that_breaks_at_once_is_tried_once_more_and_no_more(
    server: "Server", client: Client, limits: Limits
) -> None:
    server.sends("/", script(b"", reset=True))
    await refusal(server, client, limits)
    assert len(server.requests) == 2


async def test_what_follows_an_answer_is_not_taken_for_the_next(
    server: "Server", client: Client, limits: Limits
) -> None:
    server.says("/", BODY + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", Content_Length=str(len(BODY)))
    for _ in range(3):
        assert (await fetch_feed(server.feed("/"), client, limits)).body == BODY


@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>"])
async def test_a_reset_connection_is_half_an_answer(
    server: "Server", client: Client, limits: Limits, sent: bytes
) -> None:
    server.sends("/", script(sent, reset=True))
    assert (await refusal(server, client, limits)).reason == "truncated"


async def test_truncated_gzip_keeps_nothing(server: "Server", client: Client, limits: Limits) -> None:
    server.says("/", packed(BODY)[:-9], Content_Encoding="gzip")
    assert (await refusal(server, client, limits)).reason == "truncated"


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (packed(BODY), "gzip"),
        (zlib.compress(BODY), "deflate"),
        (packed(packed(BODY)), "gzip"),
        (BODY, "gzip"),
        (packed(BODY), ""),
    ],
)
async def test_codings_are_undone_whatever_the_label(
    server: "Server", client: Client, limits: Limits, body: bytes, coding: str
) -> None:
    server.says("/", body, Content_Encoding=coding)
    assert (await fetch_feed(server.feed("/"), client, limits)).body == BODY


# Connections


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1:1/", "refused"),
        ("http://no-such-host.invalid/", "dns"),
        (f"http://{'x' * 70}.example/", "dns"),
        ("http://10.0.0.1/", "blocked-address"),
        ("ftp://127.0.0.1/", "bad-address"),
        ("http://127.0.0.1:99999/", "bad-address"),
    ],
)
async def test_a_host_that_cannot_be_asked_says_why(
    server: "Server", client: Client, limits: Limits, address: str, reason: str
) -> None:
    with pytest.raises(FetchError) as caught:
        await fetch_feed(server.feed_at(address), client, limits)
    assert caught.value.reason == reason


async def test_a_host_without_tls_cannot_be_asked_over_it(server: "Server", client: Client, limits: Limits) -> None:
    def chat(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"this is no TLS")
        writer.close()

    async with await asyncio.start_server(chat, "127.0.0.1", 0) as listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(FetchError) as caught:
            await fetch_feed(server.feed_at(f"https://127.0.0.1:{port}/"), client, limits)
    assert caught.value.reason == "tls"


async def test_a_blocked_address_says_what_opens_it(server: "Server", limits: Limits) -> None:
    async with open_client(replace(limits, allow=())) as client:
        error = await refusal(server, client, limits)
        with pytest.raises(FetchError, match=r"fetch\.allow"):
            await fetch_feed(server.feed_at(server.address("/", host="localhost")), client, limits)
    assert error.reason == "blocked-address"
    assert "127.0.0.1" in error.cause
    assert server.connections == 0


async def test_messages_keep_passwords_to_themselves(server: "Server", client: Client, limits: Limits) -> None:
    with pytest.raises(FetchError) as caught:
        await fetch_feed(server.feed_at("http://me:secret@127.0.0.1:1/"), client, limits)
    assert "secret" not in str(caught.value)
