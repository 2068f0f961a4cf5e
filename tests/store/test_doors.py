"""Keys in the store: found while they are good, gone when they are not."""

import pytest
from msgspec.structs import replace
from tests.store.builders import NOON, minutes

from broadsheet.errors import NotFoundError
from broadsheet.model import SignIn, Token
from broadsheet.store import Store

SESSION = SignIn(digest="one", csrf="c", opened_at=NOON, used_at=NOON, expires_at=minutes(60), agent="browser")
TOKEN = Token(id="t1", name="phone", scope="read", digest="d1", created_at=NOON)


def test_there_is_no_password_until_one_is_set(store: Store) -> None:
    assert store.doors.password() is None
    store.doors.set_password("hashed")
    assert store.doors.password() == "hashed"
    store.doors.set_password(None)
    assert store.doors.password() is None


def test_another_password_ends_every_session(store: Store) -> None:
    store.doors.open(SESSION)
    store.doors.set_password("hashed")
    assert store.doors.sessions() == []


def test_a_session_is_good_until_it_runs_out(store: Store) -> None:
    store.doors.open(SESSION)
    assert store.doors.session("one", minutes(59)) == SESSION
    assert store.doors.session("one", minutes(60)) is None
    assert store.doors.session("two", NOON) is None
    store.doors.touch("one", minutes(30), minutes(90))
    assert store.doors.session("one", minutes(60)) == replace(SESSION, used_at=minutes(30), expires_at=minutes(90))


def test_sessions_end_one_by_one_or_all(store: Store) -> None:
    for name in ("one", "two", "three"):
        store.doors.open(replace(SESSION, digest=name))
    store.doors.close("two")
    assert [one.digest for one in store.doors.sessions()] == ["one", "three"]
    assert store.doors.close_all() == 2


def test_what_ran_out_is_forgotten_when_somebody_signs_in(store: Store) -> None:
    store.doors.open(SESSION)
    store.doors.open(replace(SESSION, digest="two", opened_at=minutes(60), expires_at=minutes(90)))
    assert [one.digest for one in store.doors.sessions()] == ["two"]


def test_a_token_is_found_by_its_digest_and_its_use_is_noted_now_and_then(store: Store) -> None:
    store.doors.add_token(TOKEN)
    assert store.doors.token("d1", minutes(1)) == TOKEN
    assert store.doors.token("d1", minutes(2)) == replace(TOKEN, used_at=minutes(1))
    store.doors.token("d1", minutes(7))
    assert store.doors.tokens() == [replace(TOKEN, used_at=minutes(7))]
    assert store.doors.token("d2", NOON) is None


def test_a_token_that_ran_out_or_was_revoked_opens_nothing(store: Store) -> None:
    store.doors.add_token(replace(TOKEN, expires_at=minutes(5)))
    assert store.doors.token("d1", minutes(5)) is None
    store.doors.revoke("t1")
    with pytest.raises(NotFoundError, match="token list"):
        store.doors.revoke("t1")
