"""Sessions: a secret in a cookie that no script reads, another one every day; good for a month after a visit."""

from datetime import datetime, timedelta
from typing import Final

from litestar.datastructures import Cookie
from msgspec.structs import replace

from broadsheet.model import SignIn
from broadsheet.store import Store
from broadsheet.web.access.keys import digest_of, new_secret

COOKIE: Final = "broadsheet"
LASTS: Final = timedelta(days=30)
TURNS_AFTER: Final = timedelta(days=1)
OLD_LASTS: Final = timedelta(minutes=1)
"""How long the secret before the present one is still taken: for pages that were asked for at the same moment."""

USE_IS_TOLD_AFTER: Final = timedelta(minutes=5)


def open_session(store: Store, now: datetime, agent: str) -> str:
    """Begin a session; returns its secret, of which only a digest is kept."""
    secret = new_secret()
    store.doors.open(
        SignIn(
            digest=digest_of(secret),
            csrf=new_secret(),
            opened_at=now,
            used_at=now,
            expires_at=now + LASTS,
            agent=agent,
        )
    )
    return secret


def is_due(session: SignIn, now: datetime, *, may_turn: bool) -> bool:
    """Say whether something of a session is to be renewed: its secret, or when it was used last."""
    return _turns(session, now, may_turn=may_turn) or now - session.used_at > USE_IS_TOLD_AFTER


def renew(store: Store, session: SignIn, now: datetime, *, may_turn: bool) -> str | None:
    """Note that a session is in use; returns the secret that takes its place from now on, if it is time for one."""
    if not _turns(session, now, may_turn=may_turn):
        store.doors.touch(session.digest, now, now + LASTS)
        return None
    secret = new_secret()
    store.doors.open(replace(session, digest=digest_of(secret), opened_at=now, used_at=now, expires_at=now + LASTS))
    store.doors.touch(session.digest, now, now + OLD_LASTS)
    return secret


def _turns(session: SignIn, now: datetime, *, may_turn: bool) -> bool:
    """A secret turns once a day; one that is about to end was turned already."""
    return may_turn and now - session.opened_at > TURNS_AFTER and session.expires_at - now > OLD_LASTS


def cookie_of(secret: str, *, secure: bool) -> Cookie:
    """Make the cookie of a session; of none, one that takes it away."""
    return Cookie(
        key=COOKIE,
        value=secret,
        path="/",
        max_age=int(LASTS.total_seconds()) if secret else 0,
        httponly=True,
        samesite="lax",
        secure=secure,
    )
