"""Where robots may go: robots.txt of an origin, asked for and read (RFC 9309)."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from msgspec.structs import replace

from broadsheet.errors import FetchError
from broadsheet.fetch.client import Client
from broadsheet.fetch.http import follow
from broadsheet.model import Limits, Robots

MAX_BYTES = 2 * 1024 * 1024
MAX_READ = 512 * 1024
"""A parser must read at least 500 KiB (section 2.5)."""

_NAME = "broadsheet"  # what `User-agent:` lines call us; our User-Agent header begins with it
_OTHERWISE = frozenset({"too-many-redirects", "redirect-loop"})


def origin_of(address: str) -> str:
    """The scheme, host and port that one robots.txt speaks for."""
    parts = urlsplit(address)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


async def fetch_robots(origin: str, client: Client, limits: Limits, now: datetime) -> Robots:
    """Ask an origin for its robots.txt.

    A 4xx, or too many redirects, means that there are no rules; a 5xx, or no whole answer, that nobody may go for now
    (section 2.3.1). Never raises for what a server does.
    """
    bounds = replace(limits, wire_bytes=MAX_BYTES, body_bytes=MAX_BYTES)
    try:
        answer = await follow(f"{origin}/robots.txt", _headers, client, bounds)
    except FetchError as error:
        unruled = error.reason in _OTHERWISE
        return Robots(origin=origin, asked_at=now, access="open" if unruled else "unreachable")
    if 200 <= answer.status < 300:
        rules = answer.body[:MAX_READ].decode("utf-8", "replace").removeprefix("\ufeff")
        return Robots(origin=origin, asked_at=now, access="rules", rules=rules)
    return Robots(origin=origin, asked_at=now, access="unreachable" if answer.status >= 500 else "open")


def may_go(robots: Robots, address: str) -> bool:
    """Tell whether we may ask for an address of this origin."""
    if robots.access != "rules":
        return robots.access == "open"
    from protego import Protego  # only here: no poll needs it

    return bool(Protego.parse(robots.rules).can_fetch(address, _NAME))


def _headers(_: str) -> Mapping[str, str]:
    return {"Accept": "text/plain, */*;q=0.1"}
