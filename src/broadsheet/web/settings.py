"""What only the owner may: the password, tokens of programs, and who is signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.model import SignIn, Token
from broadsheet.store import Store
from broadsheet.web.doors import Visitor
from broadsheet.web.given import TheHouse, TheVisitor
from broadsheet.web.house import House
from broadsheet.web.keys import LONGEST_PASSWORD, hash_password, make_token, matches
from broadsheet.web.marking import Form
from broadsheet.web.printing import print_page

SHORTEST_PASSWORD: Final = 8
LONGEST_NAME: Final = 100
HERE: Final = "/my/settings/"


class Keys(Struct, frozen=True, kw_only=True):
    """All keys there are; `secret` is that of a token that was just made."""

    has_password: bool
    tokens: Sequence[Token]
    sessions: Sequence[SignIn]
    secret: str | None = None


@get("/my/settings/", opt={"needs": "owner"}, include_in_schema=False)
async def settings_page(house: TheHouse, visitor: TheVisitor) -> Response[bytes]:
    """Show the keys."""
    return await _page(house, visitor)


@post("/my/settings/password", opt={"needs": "owner"}, status_code=303, include_in_schema=False)
async def change_password(house: TheHouse, data: Form) -> Response[bytes]:
    """Set another password, for who knows the one there is; every session ends."""
    chosen = data.get("new", "")
    if not SHORTEST_PASSWORD <= len(chosen) <= len(chosen.encode("utf-8", "replace")) <= LONGEST_PASSWORD:
        raise ConfigError("password", f"choose one of {SHORTEST_PASSWORD} characters or more")
    await house.desk.ask(lambda store: _change(store, data.get("old", ""), chosen))
    return _to("/my/sign-in")


@post("/my/settings/tokens", opt={"needs": "owner"}, status_code=200, include_in_schema=False)
async def add_token(house: TheHouse, visitor: TheVisitor, data: Form) -> Response[bytes]:
    """Make a token, and show its secret this once."""
    name = data.get("name", "").strip()[:LONGEST_NAME]
    if not name:
        raise ConfigError("name", "is empty; say what the token is for")
    secret, token = make_token(name, "write" if data.get("scope") == "write" else "read", house.now())
    await house.desk.ask(lambda store: store.doors.add_token(token))
    return await _page(house, visitor, secret)


@post("/my/settings/tokens/{token_id:str}", opt={"needs": "owner"}, status_code=303, include_in_schema=False)
async def revoke_token(house: TheHouse, token_id: FromPath[str]) -> Response[bytes]:
    """Make a token worthless."""
    await house.desk.ask(lambda store: store.doors.revoke(token_id))
    return _to(HERE)


@post("/my/settings/sessions", opt={"needs": "owner"}, status_code=303, include_in_schema=False)
async def end_sessions(house: TheHouse) -> Response[bytes]:
    """End every session, this one too."""
    await house.desk.ask(lambda store: store.doors.close_all())
    return _to("/my/sign-in")


async def _page(house: House, visitor: Visitor, secret: str | None = None) -> Response[bytes]:
    keys = await house.desk.ask(lambda store: _keys(store, secret, house.now()))
    return print_page(house, visitor, "my-settings.html", "my/settings/index.html", {"keys": keys})


def _keys(store: Store, secret: str | None, now: datetime) -> Keys:
    return Keys(
        has_password=store.doors.password() is not None,
        tokens=[one for one in store.doors.tokens() if one.expires_at is None or one.expires_at > now],
        sessions=[one for one in store.doors.sessions() if one.expires_at > now],
        secret=secret,
    )


def _change(store: Store, old: str, new: str) -> None:
    kept = store.doors.password()
    if kept is not None and not matches(kept, old):
        raise ConfigError("password", "the present one is not this; nothing was changed")
    store.doors.set_password(hash_password(new))


def _to(address: str) -> Response[bytes]:
    return Response(b"", status_code=303, headers={"Location": address})
