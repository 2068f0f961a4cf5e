"""The door of every route: recognises who asks, and turns away who may not."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any, Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from broadsheet.model import SignIn, Token
from broadsheet.web.access.doors import Asked, Need, Visitor, admit, is_safe
from broadsheet.web.access.keys import digest_of
from broadsheet.web.access.sessions import COOKIE, cookie_of, is_due, renew
from broadsheet.web.house.answers import RefusedError
from broadsheet.web.house.house import House

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
    cookie, may_turn = connection.cookies.get(COOKIE, ""), headers.get("sec-fetch-mode") == "navigate"
    session = house.desk.glance(lambda store: store.doors.session(digest_of(cookie), house.now())) if cookie else None
    if session:
        await _renew(connection, house, session, may_turn=may_turn)
        return Visitor(known="session", scope="write", csrf=session.csrf)
    if _is_local(connection, house) and house.desk.glance(lambda store: store.doors.password()) is None:
        return Visitor(known="house", scope="write", csrf=house.secret)
    return Visitor()


async def _renew(
    connection: ASGIConnection[Any, Any, Any, Any], house: House, session: SignIn, *, may_turn: bool
) -> None:
    """Let a session go on; a page that is asked for may bring its next secret."""
    now = house.now()
    if is_due(session, now, may_turn=may_turn):
        fresh = await house.desk.ask(lambda store: renew(store, session, now, may_turn=may_turn))
        if fresh:
            connection.state.cookie = cookie_of(fresh, secure=house.is_secure)


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


def asker_of(connection: ASGIConnection[Any, Any, Any, Any], house: House) -> str:
    """The address that a request came from: what a trusted proxy says last, else the other end."""
    peer = peer_of(connection.scope)
    if not is_in(peer, house.config.web.proxies):
        return peer
    return connection.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or peer


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
