"""The door of every route: recognises who asks, and turns away who may not."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any, Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from broadsheet.model import Token
from broadsheet.store import Store
from broadsheet.web.answers import RefusedError
from broadsheet.web.doors import Asked, Need, Visitor, admit, is_safe
from broadsheet.web.house import House
from broadsheet.web.keys import digest_of
from broadsheet.web.sessions import COOKIE, cookie_of, resume

_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let a request through, its visitor noted in the connection's state, or refuse it.

    What a route needs is its `opt["needs"]`; without one, reading for safe methods and changing for all others.

    Raises:
        RefusedError: this visitor may not, or this request is none of ours.
    """
    house: House = connection.app.state.house
    method = str(connection.scope.get("method", "GET"))
    need: Need = handler.opt.get("needs") or ("read" if is_safe(method) else "write")
    visitor = await recognise(connection, house)
    connection.state.visitor = visitor
    headers = connection.headers
    asked = Asked(
        method=method,
        host=headers.get("host", ""),
        origin=headers.get("origin", ""),
        fetch_site=headers.get("sec-fetch-site", ""),
        csrf=await _csrf(connection, visitor) if not is_safe(method) else "",
    )
    if refusal := admit(asked, visitor, need, house.names):
        raise RefusedError(refusal)


async def recognise(connection: ASGIConnection[Any, Any, Any, Any], house: House) -> Visitor:
    """Find out who asks: by a token, a trusted proxy, a session, or because no password is needed on this machine."""
    headers = connection.headers
    if secret := token_of(headers.get("authorization", "")):
        return await _by_token(secret, house)
    if _is_vouched_for(connection, house):
        return Visitor(known="proxy", scope="write", csrf=house.secret)
    cookie = connection.cookies.get(COOKIE, "")
    is_local, may_turn = _is_local(connection, house), headers.get("sec-fetch-mode") == "navigate"
    visitor, fresh = await house.desk.ask(
        lambda store: _at_home(store, cookie, house, is_local=is_local, may_turn=may_turn)
    )
    if fresh:
        connection.state.cookie = cookie_of(fresh, secure=house.is_secure)
    return visitor


def token_of(authorization: str) -> str:
    """Read the token in an Authorization header: Bearer (RFC 6750), or GoogleLogin, as Google Reader had it."""
    scheme, _, rest = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() == "googlelogin":
        return rest.strip().removeprefix("auth=").rpartition("/")[2]
    return ""


async def _by_token(secret: str, house: House) -> Visitor:
    token: Token | None = await house.desk.ask(lambda store: store.doors.token(digest_of(secret), house.now()))
    return Visitor(known="token", scope=token.scope) if token else Visitor()


def _at_home(
    store: Store, cookie: str, house: House, *, is_local: bool, may_turn: bool
) -> tuple[Visitor, str | None]:
    found = resume(store, cookie, house.now(), may_turn=may_turn) if cookie else None
    if found:
        return Visitor(known="session", scope="write", csrf=found[0].csrf), found[1]
    if is_local and store.doors.password() is None:
        return Visitor(known="house", scope="write", csrf=house.secret), None
    return Visitor(), None


def _is_local(connection: ASGIConnection[Any, Any, Any, Any], house: House) -> bool:
    """Whether a request was made on this machine: one that a proxy passed on came from elsewhere."""
    return house.is_private and not any(name in connection.headers for name in _FORWARDED)


def _is_vouched_for(connection: ASGIConnection[Any, Any, Any, Any], house: House) -> bool:
    chosen = house.config.web
    return bool(
        chosen.user_header
        and connection.headers.get(chosen.user_header.lower())
        and is_in(peer_of(connection.scope), chosen.proxies)
    )


def peer_of(scope: Mapping[str, Any]) -> str:
    """The address at the other end of a connection."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_in(address: str, networks: tuple[str, ...]) -> bool:
    """Say whether an address lies in one of some networks (CIDR)."""
    try:
        there = ip_address(address)
    except ValueError:
        return False
    return any(there in ip_network(network, strict=False) for network in networks)


async def _csrf(connection: ASGIConnection[Any, Any, Any, Any], visitor: Visitor) -> str:
    """Find the secret that a form of ours brings back, in a header or a field."""
    if visitor.known in {"nobody", "token"}:
        return ""
    sent = connection.headers.get("x-csrf-token", "")
    if not sent and isinstance(connection, Request) and connection.headers.get("content-type", "").startswith(_FORMS):
        sent = str((await connection.form()).get("csrf", ""))
    return sent
