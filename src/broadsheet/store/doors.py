"""Keys in the store: the owner's password as it was hashed, sessions, tokens; of secrets only their digests."""

from datetime import datetime, timedelta
from typing import Final

from broadsheet.errors import NotFoundError
from broadsheet.model import SignIn, Token
from broadsheet.store.engines.engine import Engine, Row
from broadsheet.store.moments import from_us, to_us

_HASHED: Final = "password"
_USE_IS_TOLD_AFTER: Final = timedelta(minutes=5)


class Doors:
    """Who gets into the live reader of a paper."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def password(self) -> str | None:
        """Read the password as it was hashed; None: there is none."""
        row = self._engine.row("meta", name=_HASHED)
        return (row[0] or None) if row else None

    def set_password(self, hashed: str | None) -> None:
        """Keep another password, hashed, or none; every session ends."""
        with self._engine.transaction():
            self._engine.write("set_meta", {"name": _HASHED, "value": hashed or ""})
            self._engine.write("close_sessions", {})

    def open(self, session: SignIn) -> None:
        """Begin a session; those that ran out are forgotten."""
        with self._engine.transaction():
            self._engine.write("drop_old_sessions", {"now": to_us(session.opened_at)})
            self._engine.write(
                "open_session",
                {
                    "digest": session.digest,
                    "csrf": session.csrf,
                    "opened_at": to_us(session.opened_at),
                    "used_at": to_us(session.used_at),
                    "expires_at": to_us(session.expires_at),
                    "agent": session.agent,
                },
            )

    def session(self, digest: str, now: datetime) -> SignIn | None:
        """Find a session that has not run out."""
        row = self._engine.row("find_session", digest=digest, now=to_us(now))
        return _session(row) if row else None

    def sessions(self) -> list[SignIn]:
        """List all sessions, the oldest first."""
        return [_session(row) for row in self._engine.rows("all_sessions")]

    def touch(self, digest: str, now: datetime, expires_at: datetime) -> None:
        """Note that a session is in use, and let it last longer."""
        values = {"digest": digest, "now": to_us(now), "expires_at": to_us(expires_at)}
        self._engine.write("touch_session", values)

    def close(self, digest: str) -> None:
        """End a session."""
        self._engine.write("close_session", {"digest": digest})

    def close_all(self) -> int:
        """End every session; returns how many there were."""
        return self._engine.write("close_sessions", {})

    def add_token(self, token: Token) -> None:
        """Keep a new token."""
        self._engine.write(
            "add_token",
            {
                "id": token.id,
                "name": token.name,
                "scope": token.scope,
                "digest": token.digest,
                "created_at": to_us(token.created_at),
                "expires_at": to_us(token.expires_at),
            },
        )

    def tokens(self) -> list[Token]:
        """List all tokens, the oldest first."""
        return [_token(row) for row in self._engine.rows("all_tokens")]

    def token(self, digest: str, now: datetime) -> Token | None:
        """Find a token that has not run out, and note now and then that it is in use."""
        row = self._engine.row("find_token", digest=digest, now=to_us(now))
        if row is None:
            return None
        token = _token(row)
        if token.used_at is None or now - token.used_at > _USE_IS_TOLD_AFTER:
            self._engine.write("token_used", {"id": token.id, "now": to_us(now)})
        return token

    def revoke(self, token_id: str) -> None:
        """Make a token worthless.

        Raises:
            NotFoundError: there is none with this id.
        """
        if not self._engine.write("drop_token", {"id": token_id}):
            raise NotFoundError(token_id, "no such token; `broadsheet token list` shows them")


def _session(row: Row) -> SignIn:
    digest, csrf, opened_at, used_at, expires_at, agent = row
    return SignIn(
        digest=digest,
        csrf=csrf,
        opened_at=from_us(opened_at),
        used_at=from_us(used_at),
        expires_at=from_us(expires_at),
        agent=agent,
    )


def _token(row: Row) -> Token:
    token_id, name, scope, digest, created_at, used_at, expires_at = row
    return Token(
        id=token_id,
        name=name,
        scope=scope,
        digest=digest,
        created_at=from_us(created_at),
        used_at=from_us(used_at),
        expires_at=from_us(expires_at),
    )
