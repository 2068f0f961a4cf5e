"""Signing in and out: one owner, one password, a session in a cookie that only this server reads."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from litestar import MediaType, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery

from broadsheet.store import Store
from broadsheet.web.access.doors import Visitor
from broadsheet.web.access.keys import LONGEST_PASSWORD, digest_of, matches
from broadsheet.web.access.sessions import COOKIE, cookie_of, open_session
from broadsheet.web.guard import asker_of
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/my/sign-in", opt={"needs": "open"}, include_in_schema=False)
async def sign_in_page(house: TheHouse, visitor: TheVisitor, next: FromQuery[str] = "/") -> Response[bytes]:  # noqa: A002
    """Ask for the password."""
    return _form(house, visitor, next)


@post("/my/sign-in", opt={"needs": "open"}, status_code=303, include_in_schema=False)
async def sign_in(
    request: Request[Any, Any, Any], house: TheHouse, visitor: TheVisitor, data: Form
) -> Response[bytes]:
    """Open a session for who knows the password, always a new one."""
    peer, target = asker_of(request, house), data.get("next", "/")
    if wait := house.attempts.wait_s(peer, house.now()):
        page = _form(house, visitor, target, wait_s=wait, status=429)
        page.set_header("Retry-After", str(wait))
        return page
    if not await house.desk.ask(lambda store: _knows(store, data.get("password", ""))):
        house.attempts.failed(peer, house.now())
        return _form(house, visitor, target, wrong=True, status=401)
    house.attempts.succeeded(peer)
    agent = request.headers.get("user-agent", "")[:200]
    secret = await house.desk.ask(lambda store: open_session(store, house.now(), agent))
    return _go(inside(target), cookie_of(secret, secure=house.is_secure))


@post("/my/sign-out", opt={"needs": "owner"}, status_code=303, include_in_schema=False)
async def sign_out(request: Request[Any, Any, Any], house: TheHouse) -> Response[bytes]:
    """Close this session."""
    secret = request.cookies.get(COOKIE, "")
    await house.desk.ask(lambda store: store.doors.close(digest_of(secret)))
    return _go("/my/sign-in", cookie_of("", secure=house.is_secure))


def inside(target: str) -> str:
    """Keep where to go next on this server, whatever a link says."""
    parts = urlsplit(target)
    own = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if own and target.isprintable() else "/"


def _knows(store: Store, password: str) -> bool:
    kept = store.doors.password()
    return (
        kept is not None and len(password.encode("utf-8", "replace")) <= LONGEST_PASSWORD and matches(kept, password)
    )


def _form(
    house: House, visitor: Visitor, target: str, *, wrong: bool = False, wait_s: int = 0, status: int = 200
) -> Response[bytes]:
    context = {"next": inside(target), "wrong": wrong, "minutes": -(-wait_s // 60)}
    return print_page(house, visitor, "my-sign-in.html", "my/sign-in", context, status=status)


def _go(target: str, cookie: Cookie) -> Response[bytes]:
    return Response(b"", status_code=303, headers={"Location": target}, cookies=[cookie], media_type=MediaType.TEXT)
