"""Sessions: another secret every day, and none that lasts for ever."""

from datetime import timedelta

import pytest
from tests.web.conftest import NOW, Serve

from broadsheet.store import Store
from broadsheet.web.keys import hash_password
from broadsheet.web.sessions import LASTS, OLD_LASTS, TURNS_AFTER, USE_IS_TOLD_AFTER, cookie_of, open_session, resume

LATER = NOW + TURNS_AFTER + timedelta(seconds=1)


def test_a_session_is_resumed_and_its_use_is_noted_now_and_then(store: Store) -> None:
    secret = open_session(store, NOW, "browser")
    found = resume(store, secret, NOW, may_turn=True)
    assert found is not None
    assert (found[0].agent, found[1]) == ("browser", None)
    resume(store, secret, NOW + USE_IS_TOLD_AFTER, may_turn=False)
    assert store.doors.sessions()[0].used_at == NOW
    at = NOW + USE_IS_TOLD_AFTER + timedelta(seconds=1)
    resume(store, secret, at, may_turn=False)
    assert (store.doors.sessions()[0].used_at, store.doors.sessions()[0].expires_at) == (at, at + LASTS)
    assert resume(store, "another", NOW, may_turn=True) is None


def test_its_secret_turns_every_day_and_the_old_one_is_taken_for_a_moment(store: Store) -> None:
    secret = open_session(store, NOW, "")
    csrf = store.doors.sessions()[0].csrf
    assert resume(store, secret, LATER, may_turn=False) is not None
    found = resume(store, secret, LATER, may_turn=True)
    assert found is not None
    assert found[1] not in {None, secret}
    again = resume(store, secret, LATER + OLD_LASTS / 2, may_turn=True)
    assert again is not None
    assert (again[0].csrf, again[1]) == (csrf, None)
    assert resume(store, secret, LATER + OLD_LASTS, may_turn=True) is None
    assert resume(store, found[1] or "", LATER + OLD_LASTS, may_turn=True) is not None


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
