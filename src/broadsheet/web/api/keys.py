"""Keys by the API, for the owner in person: tokens, sessions, the password. No token may do any of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from litestar import Request, delete, get, post, put
from litestar.params import JSONBody, PathParameter
from msgspec import Meta, Struct

from broadsheet.errors import NotFoundError
from broadsheet.model import SignIn, Token, TokenScope
from broadsheet.store import Store
from broadsheet.web.access.keys import LONGEST_NAME, LONGEST_PASSWORD, SHORTEST_PASSWORD, digest_of, make_token
from broadsheet.web.access.sessions import COOKIE
from broadsheet.web.api.shapes import faults
from broadsheet.web.guard import asker_of
from broadsheet.web.house.given import TheHouse
from broadsheet.web.reader.passwords import change_password

OWNER: Final[Mapping[str, Any]] = {"needs": "owner"}
SESSION: Final = [{"session": list[str]()}]
SESSION_ID: Final = 16
"""Hexadecimal digits of a session's digest: enough to name it, and of no use to be it."""

TokenPath = Annotated[str, PathParameter(pattern="^[0-9a-f]{8}$", max_length=8, description="The id of a token.")]
SessionPath = Annotated[
    str, PathParameter(pattern="^[0-9a-f]{16}$", max_length=16, description="The id of a session.")
]
TokenName = Annotated[str, Meta(pattern=r"^[^\x00-\x20\u3000]", min_length=1, max_length=LONGEST_NAME)]
Days = Annotated[float, Meta(ge=1, le=36_500, description="Whole days; 3.0 is a whole number in JSON, too.")]
Password = Annotated[str, Meta(max_length=LONGEST_PASSWORD)]
NewPassword = Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)]


class TokenLine(Struct, frozen=True, kw_only=True):
    """A token: what it may, and until when; null: for ever. Its secret is not kept."""

    id: str
    name: str
    scope: TokenScope
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class NewToken(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token to be made; good for so many days, null: for ever."""

    name: TokenName
    scope: TokenScope = "read"
    days: Days | None = None


class MadeToken(Struct, frozen=True, kw_only=True):
    """A token with its secret, which is shown this once."""

    token: TokenLine
    secret: str


class SessionLine(Struct, frozen=True, kw_only=True):
    """A browser that signed in; `current` is the one that asks."""

    id: str
    agent: str
    opened_at: datetime
    used_at: datetime
    expires_at: datetime
    current: bool


class PasswordChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password there is, null without one, and the new one."""

    old: Password | None = None
    new: NewPassword


@get("/api/tokens", opt=OWNER, security=SESSION, tags=["keys"], summary="List tokens", responses=faults())
async def list_tokens(house: TheHouse) -> list[TokenLine]:
    """List the tokens."""
    return [_token(one) for one in await house.desk.ask(lambda store: store.doors.tokens())]


@post("/api/tokens", opt=OWNER, security=SESSION, tags=["keys"], summary="Make a token", responses=faults(413))
async def add_token(house: TheHouse, data: JSONBody[NewToken]) -> MadeToken:
    """Make a token; the secret is not shown again."""
    secret, made = make_token(data.name, data.scope, house.now(), int(data.days) if data.days else None)
    await house.desk.ask(lambda store: store.doors.add_token(made))
    return MadeToken(token=_token(made), secret=secret)


@delete(
    "/api/tokens/{token_id:str}",
    opt=OWNER,
    security=SESSION,
    tags=["keys"],
    summary="Revoke a token",
    responses=faults(404),
)
async def revoke_token(house: TheHouse, token_id: TokenPath) -> None:
    """Make a token worthless, at once."""
    await house.desk.ask(lambda store: store.doors.revoke(token_id))


@get("/api/sessions", opt=OWNER, security=SESSION, tags=["keys"], summary="List sessions", responses=faults())
async def list_sessions(request: Request[Any, Any, Any], house: TheHouse) -> list[SessionLine]:
    """List the browsers that are signed in."""
    own, now = digest_of(request.cookies.get(COOKIE, "")), house.now()
    found = await house.desk.ask(lambda store: store.doors.sessions())
    return [_session(one, own) for one in found if one.expires_at > now]


@delete(
    "/api/sessions/{session_id:str}",
    opt=OWNER,
    security=SESSION,
    tags=["keys"],
    summary="End a session",
    responses=faults(404),
)
async def end_session(house: TheHouse, session_id: SessionPath) -> None:
    """End one session."""

    def end(store: Store) -> None:
        found = [one.digest for one in store.doors.sessions() if one.digest.startswith(session_id)]
        if not found:
            raise NotFoundError(session_id, "no such session; /api/sessions lists them")
        store.doors.close(found[0])

    await house.desk.ask(end)


@delete("/api/sessions", opt=OWNER, security=SESSION, tags=["keys"], summary="End all sessions", responses=faults())
async def end_sessions(house: TheHouse) -> None:
    """End every session, the one that asks too."""
    await house.desk.ask(lambda store: store.doors.close_all())


@put(
    "/api/password",
    opt=OWNER,
    security=SESSION,
    status_code=204,
    tags=["keys"],
    summary="Set the password",
    responses=faults(413, 429),
)
async def set_password(request: Request[Any, Any, Any], house: TheHouse, data: JSONBody[PasswordChange]) -> None:
    """Set another password, for who knows the one there is; every session ends."""
    await change_password(house, asker_of(request, house), data.old or "", data.new)


def _token(token: Token) -> TokenLine:
    return TokenLine(
        id=token.id,
        name=token.name,
        scope=token.scope,
        created_at=token.created_at,
        used_at=token.used_at,
        expires_at=token.expires_at,
    )


def _session(session: SignIn, own: str) -> SessionLine:
    return SessionLine(
        id=session.digest[:SESSION_ID],
        agent=session.agent,
        opened_at=session.opened_at,
        used_at=session.used_at,
        expires_at=session.expires_at,
        current=session.digest == own,
    )
