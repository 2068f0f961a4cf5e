"""Sessions: another secret every day, and none that lasts for ever."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.web.conftest import NOW, Serve

from broadsheet.model import SignIn
from broadsheet.store import Store
from broadsheet.web.access.keys import digest_of, hash_password
from broadsheet.web.access.sessions import (
    LASTS,
    OLD_LASTS,
    TURNS_AFTER,
    USE_IS_TOLD_AFTER,
    cookie_of,
    is_due,
    open_session,
    renew,
)

LATER = NOW + TURNS_AFTER + timedelta(seconds=1)


def session_of(store: Store, secret: str, at: datetime) -> SignIn:
    found = store.doors.session(digest_of(secret), at)
    assert found is not None
    return found


def test_its_use_is_noted_now_and_then(store: Store) -> None:
    secret = open_session(store, NOW, "browser")
    session = session_of(store, secret, NOW)
    assert session.agent == "browser"
    assert not is_due(session, NOW + USE_IS_TOLD_AFTER, may_turn=True)
    at = NOW + USE_IS_TOLD_AFTER + timedelta(seconds=1)
    assert is_due(session, at, may_turn=False)
    assert renew(store, session, at, may_turn=True) is None
    assert session_of(store, secret, at) == replace(session, used_at=at, expires_at=at + LASTS)


def test_its_secret_turns_every_day_and_the_old_one_is_taken_for_a_moment(store: Store) -> None:
    secret = open_session(store, NOW, "")
    session = session_of(store, secret, LATER)
    assert renew(store, session, LATER, may_turn=False) is None
    fresh = renew(store, session_of(store, secret, LATER), LATER, may_turn=True)
    assert fresh not in {None, secret}
    old = session_of(store, secret, LATER + OLD_LASTS / 2)
    assert old.csrf == session.csrf
    assert not is_due(old, LATER + OLD_LASTS / 2, may_turn=True)
    assert store.doors.session(digest_of(secret), LATER + OLD_LASTS) is None
    assert session_of(store, fresh or "", LATER + OLD_LASTS).csrf == session.csrf


@pytest.mark.parametrize(("secure", "secret"), [(True, "s"), (False, "")])
def test_no_script_and_no_other_site_gets_the_cookie(secure: bool, secret: str) -> None:
    cookie = cookie_of(secret, secure=secure)
    assert (cookie.httponly, cookie.samesite, cookie.secure) == (True, "lax", secure)
    assert (cookie.max_age == 0) == (not secret)


def test_a_page_brings_the_new_secret_and_nothing_else_does(store: Store, serve: Serve) -> None:
    store.doors.set_password(hash_password("a long password"))
    secret = open_session(store, NOW - TURNS_AFTER - timedelta(hours=1), "")
    client = serve()
    client.cookies.set("broadsheet", secret)
    assert "set-cookie" not in client.get("/feed.atom").headers
    turned = client.get("/", headers={"accept": "text/html", "sec-fetch-mode": "navigate"})
    assert turned.headers["set-cookie"].startswith("broadsheet=")
    assert secret not in turned.headers["set-cookie"]
    assert len(store.doors.sessions()) == 2
