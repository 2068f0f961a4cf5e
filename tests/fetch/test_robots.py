"""Where robots may go: what each answer means, and a table of rules (RFC 9309)."""

import asyncio
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from tests.fetch.conftest import Server

from broadsheet.fetch import Client, fetch_robots, may_go, origin_of
from broadsheet.fetch.robots import MAX_BYTES, MAX_READ
from broadsheet.model import Limits, Robots

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SITE = "https://paper.example"
TABLE = (
    ("", "/a", True),
    ("User-agent: *\nDisallow:", "/a", True),
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow: /a", "/abc", False),
    ("User-agent: *\nDisallow: /a/", "/a", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
    ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    ("User-agent: *\nDisallow: /*.html$", "/x/1.html", False),
    ("User-agent: *\nDisallow: /*.html$", "/x/1.html?y", True),
    ("User-agent: *\nDisallow: /*?print=", "/x?print=1", False),
    ("User-agent: *\nDisallow: /新闻", "/%E6%96%B0%E9%97%BB/1", False),
    ("User-agent: *\nDisallow: /%E6%96%B0", "/新闻", False),
    ("User-agent: *\nDisallow: /\n\nUser-agent: broadsheet\nAllow: /", "/a", True),
    ("User-agent: *\nAllow: /\n\nUser-agent: BroadSheet\nDisallow: /", "/a", False),
    ("User-agent: broadsheet\nUser-agent: other\nDisallow: /", "/a", False),
    ("User-agent: broadsheet\nDisallow: /a\n\nUser-agent: broadsheet\nDisallow: /b", "/b", False),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("User-agent: *\nDisallow: / # all of it", "/a", False),
    ("user-agent:*\r\ndisallow:/a\r\n", "/a", False),
    ("<html><body>no such page</body></html>", "/a", True),
    ("Disallow: /", "/a", True),
)


@pytest.mark.parametrize(("rules", "path", "allowed"), TABLE)
def test_rules_are_obeyed(rules: str, path: str, allowed: bool) -> None:
    robots = Robots(origin=SITE, asked_at=NOW, access="rules", rules=rules)
    assert may_go(robots, SITE + path) is allowed


@pytest.mark.parametrize(("access", "allowed"), [("open", True), ("unreachable", False)])
def test_without_rules_the_answer_was_enough(access: str, allowed: bool) -> None:
    robots = Robots(origin=SITE, asked_at=NOW, access=access)  # type: ignore[arg-type]
    assert may_go(robots, f"{SITE}/a") is allowed


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /" + "*a" * 400 + "b",
        "User-agent: *\n" + "Disallow: /a*b*c*d$\n" * 20_000,
        "a:" * 200_000,
        "\x00" * 1000,
    ],
)
def test_hostile_rules_take_no_time(rules: str) -> None:
    robots = Robots(origin=SITE, asked_at=NOW, access="rules", rules=rules)
    began = datetime.now(UTC)
    may_go(robots, f"{SITE}/{'abc' * 700}")
    assert (datetime.now(UTC) - began).total_seconds() < 5


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Paper.Example/a/b?c#d", "https://paper.example"),
        ("HTTP://paper.example:8080/", "http://paper.example:8080"),
        ("https://user:secret@paper.example/a", "https://paper.example"),
    ],
)
def test_one_file_speaks_for_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin


async def asked(server: Server, client: Client, limits: Limits) -> Robots:
    return await fetch_robots(server.address(""), client, limits, NOW)


async def test_rules_are_read(server: Server, client: Client, limits: Limits) -> None:
    server.says("/robots.txt", b"\xef\xbb\xbfUser-agent: *\nDisallow: /\xff")
    robots = await asked(server, client, limits)
    assert (robots.access, robots.rules) == ("rules", "User-agent: *\nDisallow: /\ufffd")
    assert (robots.origin, robots.asked_at) == (server.address(""), NOW)
    assert server.headers()["user-agent"].startswith("broadsheet/")


@pytest.mark.parametrize(
    ("status", "access"),
    [(404, "open"), (401, "open"), (403, "open"), (410, "open"), (500, "unreachable"), (503, "unreachable")],
)
async def test_a_status_says_whether_there_are_rules(
    server: Server, client: Client, limits: Limits, status: int, access: str
) -> None:
    server.says("/robots.txt", status=status)
    assert (await asked(server, client, limits)).access == access


async def test_a_redirect_is_followed_and_a_circle_means_no_rules(
    server: Server, client: Client, limits: Limits
) -> None:
    server.says("/robots.txt", status=301, Location="/moved.txt")
    server.says("/moved.txt", b"User-agent: *\nDisallow: /")
    assert (await asked(server, client, limits)).access == "rules"
    server.says("/moved.txt", status=301, Location="/robots.txt")
    assert (await asked(server, client, limits)).access == "open"


async def test_no_answer_means_nobody_may_go(server: Server, client: Client, limits: Limits) -> None:
    server.sends("/robots.txt", b"")
    assert (await asked(server, client, replace(limits, total_s=0.5))).access == "unreachable"


async def test_only_so_much_is_read(server: Server, client: Client, limits: Limits) -> None:
    server.says("/robots.txt", b"#" * MAX_READ + b"User-agent: *\nDisallow: /")
    assert len((await asked(server, client, limits)).rules) == MAX_READ

    async def pour(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"#" * (MAX_BYTES + 1))
        await writer.drain()

    server.sends("/robots.txt", pour)
    assert (await asked(server, client, limits)).access == "unreachable"
