"""One web page over HTTP: the same guard, redirect loop and bounds as for a feed, hop by hop where robots may go."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from broadsheet.errors import FetchError
from broadsheet.fetch.addresses import shown
from broadsheet.fetch.client import Client
from broadsheet.fetch.http import Permit, follow
from broadsheet.model import Limits, Response

ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"
_PAGE = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)


async def fetch_page(address: str, client: Client, limits: Limits, max_bytes: int, permit: Permit) -> Response:
    """Ask for a web page once; `permit` raises where an address on the way may not be asked for.

    Raises:
        FetchError: there is no whole answer, "not-a-page" where the answer is something else than HTML, or what
            `permit` raised; the other reasons are those of `fetch_feed`.
    """
    bounds = replace(limits, wire_bytes=min(max_bytes, limits.wire_bytes), body_bytes=max_bytes)
    answer = await follow(address, _headers, client, bounds, permit)
    kind = answer.headers.get("content-type", "text/html")
    if answer.status < 300 and not _PAGE.match(kind):
        raise FetchError(shown(address), "not-a-page", f"it is {kind[:60]}, not a web page")
    return answer


def _headers(_: str) -> Mapping[str, str]:
    return {"Accept": ACCEPT}
