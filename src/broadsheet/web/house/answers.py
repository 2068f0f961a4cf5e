"""How the server answers what it cannot do, and what it says with every answer: nothing of what is inside."""

import logging
from typing import Any, Final
from urllib.parse import quote, unquote

from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException
from litestar.types import Message, Scope

from broadsheet.errors import BroadsheetError, BusyError, ConfigError, NotFoundError, StoreError
from broadsheet.web.access.doors import Refusal

log = logging.getLogger("broadsheet.web")

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: http: https:; "
    "media-src 'self' http: https:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""With every answer; CSP Level 3, and what browsers heed beside it."""

APART: Final = (*HEADERS, (b"cross-origin-opener-policy", b"same-origin"))
"""With what is the reader's alone: whoever opened its window keeps no hold of it.

A browser begins a process of its own for such a page. Pages of the edition do not wait for that: nothing in them
heeds another window, and none may frame them.
"""

OWN: Final = "/my"


class RefusedError(Exception):
    """A request that a door turned away."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why)
        self.refusal = refusal


async def with_headers(message: Message, scope: Scope) -> None:
    """Add to an answer what every answer says."""
    if message["type"] == "http.response.start":
        said = {name.lower() for name, _ in message["headers"]}
        told = APART if scope["path"].startswith(OWN) else HEADERS
        message["headers"] = [*message["headers"], *(pair for pair in told if pair[0] not in said)]
        if b"cache-control" not in said:
            message["headers"] = [*message["headers"], (b"cache-control", b"no-store")]
        cookie: Cookie | None = scope.get("state", {}).get("cookie")
        if cookie and b"set-cookie" not in said:
            message["headers"] = [*message["headers"], cookie.to_encoded_header()]


def refused(request: Request[Any, Any, Any], error: RefusedError) -> Response[Any]:
    """Answer who may not: people are led to signing in, programs are told why."""
    refusal = error.refusal
    if refusal.status == 401 and wants_page(request) and request.method == "GET":
        target = quote(path_of(request), safe="/")
        return see_other(f"/my/sign-in?next={target}")
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
    return told(request, refusal.status, refusal.why, headers)


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer what went wrong: a fault of the asking in its own words, one of ours in none."""
    if isinstance(error, HTTPException):
        return told(request, error.status_code, _told_of(error), dict(error.headers or {}))
    if isinstance(error, NotFoundError):
        return told(request, 404, str(error))
    if isinstance(error, BusyError):
        return told(request, 503, str(error), {"Retry-After": "60"})
    if isinstance(error, BroadsheetError) and not isinstance(error, StoreError):
        return told(request, 400 if isinstance(error, ConfigError) else 422, str(error))
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return told(request, 500, "something broke here; the server's log says what")


def _told_of(error: HTTPException) -> str:
    """Say what is wrong with a request: of one that is not as described, which parts."""
    parts = error.extra if isinstance(error.extra, list) else []
    named = [f"{part.get('key') or part.get('source', 'request')}: {part['message']}" for part in parts]
    return "; ".join(named) or error.detail


def told(
    request: Request[Any, Any, Any], status: int, why: str, headers: dict[str, str] | None = None
) -> Response[Any]:
    """Say one sentence as whoever asked can read it: a page, or JSON."""
    if wants_page(request):
        house = request.app.state.house
        page = house.theme.render("my-fault.html", "my/fault.html", {"status": status, "why": why, "root": "/"})
        return Response(page, status_code=status, media_type=MediaType.HTML, headers=headers)
    return Response({"status": status, "error": why}, status_code=status, media_type=MediaType.JSON, headers=headers)


def see_other(address: str) -> Response[bytes]:
    """Lead a browser on after its form was taken (RFC 9110, section 15.4.4)."""
    return Response(b"", status_code=303, headers={"Location": address})


def path_of(request: Request[Any, Any, Any]) -> str:
    """The path as it was asked for, with the closing "/" that routing takes off."""
    return unquote(request.scope["raw_path"].partition(b"?")[0].decode("ascii", "replace"))


def wants_page(request: Request[Any, Any, Any]) -> bool:
    """Whether a browser asks for a page, rather than a program for data."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(
        ("/api/", "/accounts/", "/reader/")
    )
