"""Keys in the live reader: the password, tokens, sessions."""

import pytest
from tests.web.conftest import Client, Serve, post

from broadsheet.store import Store
from broadsheet.web.access.keys import digest_of, hash_password, matches

PAGE = {"accept": "text/html"}


def test_a_token_is_shown_once_and_revoked(client: Client, store: Store) -> None:
    page = post(client, "/my/settings/tokens", name="phone", scope="write").text
    secret = page.partition("<code>")[2].partition("</code>")[0]
    (token,) = store.doors.tokens()
    assert (token.name, token.scope, token.digest) == ("phone", "write", digest_of(secret))
    again = client.get("/my/settings/", headers=PAGE).text
    assert "phone" in again
    assert secret not in again
    assert post(client, f"/my/settings/tokens/{token.id}").headers["location"] == "/my/settings/"
    assert store.doors.tokens() == []
    assert post(client, f"/my/settings/tokens/{token.id}").status_code == 404
    assert post(client, "/my/settings/tokens", name=" ").status_code == 400


@pytest.mark.parametrize("new", ["short", "", "字" * 400])
def test_a_password_is_neither_short_nor_endless(client: Client, store: Store, new: str) -> None:
    assert post(client, "/my/settings/password", new=new).status_code == 400
    assert store.doors.password() is None


def test_a_password_is_set_on_this_machine_and_then_asked_for(client: Client, store: Store) -> None:
    answer = post(client, "/my/settings/password", new="a long password")
    assert answer.headers["location"] == "/my/sign-in"
    kept = store.doors.password()
    assert kept is not None
    assert matches(kept, "a long password")
    assert client.get("/", headers=PAGE).status_code == 303


def test_who_changes_the_password_must_know_it_and_every_session_ends(store: Store, serve: Serve) -> None:
    store.doors.set_password(hash_password("a long password"))
    client = serve()
    headers = {"sec-fetch-site": "same-origin", **PAGE}
    client.post("/my/sign-in", data={"password": "a long password"}, headers=headers)
    assert post(client, "/my/settings/password", old="wrong", new="another password").status_code == 400
    assert "Chrome" not in client.get("/my/settings/", headers=PAGE).text
    assert len(store.doors.sessions()) == 1
    post(client, "/my/settings/password", old="a long password", new="another password")
    assert store.doors.sessions() == []


def test_every_session_is_ended_at_once(store: Store, serve: Serve) -> None:
    store.doors.set_password(hash_password("a long password"))
    client = serve()
    headers = {"sec-fetch-site": "same-origin", **PAGE}
    client.post("/my/sign-in", data={"password": "a long password"}, headers=headers)
    assert post(client, "/my/settings/sessions").headers["location"] == "/my/sign-in"
    assert store.doors.sessions() == []
