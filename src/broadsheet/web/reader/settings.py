"""What only the owner may: the password, tokens of programs, and who is signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.params import FromPath
from msgspec import Struct

from broadsheet.model import SignIn, Token
from broadsheet.store import Store
from broadsheet.web.access.doors import Visitor
from broadsheet.web.access.keys import make_token, token_name
from broadsheet.web.guard import asker_of
from broadsheet.web.house.answers import see_other
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page
from broadsheet.web.reader.marking import Form
from broadsheet.web.reader.passwords import change_password

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
async def set_password(request: Request[Any, Any, Any], house: TheHouse, data: Form) -> Response[bytes]:
    """Set another password, for who knows the one there is; every session ends."""
    await change_password(house, asker_of(request, house), data.get("old", ""), data.get("new", ""))
    return see_other("/my/sign-in")


@post("/my/settings/tokens", opt={"needs": "owner"}, status_code=200, include_in_schema=False)
async def add_token(house: TheHouse, visitor: TheVisitor, data: Form) -> Response[bytes]:
    """Make a token, and show its secret this once."""
    name = token_name(data.get("name", ""))
    secret, token = make_token(name, "write" if data.get("scope") == "write" else "read", house.now())
    await house.desk.ask(lambda store: store.doors.add_token(token))
    return await _page(house, visitor, secret)


@post("/my/settings/tokens/{token_id:str}", opt={"needs": "owner"}, status_code=303, include_in_schema=False)
async def revoke_token(house: TheHouse, token_id: FromPath[str]) -> Response[bytes]:
    """Make a token worthless."""
    await house.desk.ask(lambda store: store.doors.revoke(token_id))
    return see_other(HERE)


@post("/my/settings/sessions", opt={"needs": "owner"}, status_code=303, include_in_schema=False)
async def end_sessions(house: TheHouse) -> Response[bytes]:
    """End every session, this one too."""
    await house.desk.ask(lambda store: store.doors.close_all())
    return see_other("/my/sign-in")


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
