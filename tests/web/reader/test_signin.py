"""Signing in and out, and who gets in without."""

import pytest
from msgspec.structs import replace
from tests.web.conftest import Client, Serve, post

from broadsheet.config import Config
from broadsheet.store import Store
from broadsheet.web.access.keys import hash_password
from broadsheet.web.reader.signin import inside

PAGE = {"accept": "text/html"}
SECRET = "a long password"


@pytest.fixture
def guarded(store: Store, serve: Serve) -> Client:
    store.doors.set_password(hash_password(SECRET))
    return serve()


def sign_in(client: Client, password: str, **fields: str) -> object:
    headers = {"sec-fetch-site": "same-origin", **PAGE}
    return client.post("/my/sign-in", data={"password": password, **fields}, headers=headers)


def test_a_stranger_is_led_to_the_door_and_sees_nothing_of_the_paper(guarded: Client) -> None:
    answer = guarded.get("/p/some/", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/my/sign-in?next=/p/some/")
    assert guarded.get("/feed.atom").json()["status"] == 401
    door = guarded.get("/my/sign-in?next=/p/some/", headers=PAGE)
    assert 'value="/p/some/"' in door.text
    assert "my/unread" not in door.text


def test_who_knows_the_password_gets_a_session_and_may_end_it(guarded: Client, store: Store) -> None:
    answer = sign_in(guarded, SECRET, next="/feeds/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/feeds/")  # type: ignore[attr-defined]
    cookie = answer.headers["set-cookie"]  # type: ignore[attr-defined]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert guarded.get("/", headers=PAGE).status_code == 200
    assert len(store.doors.sessions()) == 1
    secret = guarded.cookies["broadsheet"]
    assert secret not in store.doors.sessions()[0].digest
    assert post(guarded, "/my/sign-out").headers["location"] == "/my/sign-in"
    assert store.doors.sessions() == []
    guarded.cookies.set("broadsheet", secret)
    assert guarded.get("/", headers=PAGE).status_code == 303


def test_every_sign_in_is_a_new_session(guarded: Client, store: Store) -> None:
    for _ in range(2):
        sign_in(guarded, SECRET)
    assert len({one.digest for one in store.doors.sessions()}) == 2


def test_guessing_has_to_wait(guarded: Client) -> None:
    for _ in range(5):
        wrong = sign_in(guarded, "guess")
        assert wrong.status_code == 401  # type: ignore[attr-defined]
    waiting = sign_in(guarded, SECRET)
    assert waiting.status_code == 429  # type: ignore[attr-defined]
    assert int(waiting.headers["retry-after"]) > 800  # type: ignore[attr-defined]


def test_an_endless_password_is_not_even_hashed(guarded: Client) -> None:
    assert sign_in(guarded, "x" * 2000).status_code == 401  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "/a\nb", ""]
)
def test_signing_in_leads_nowhere_else(target: str) -> None:
    assert inside(target) == "/"
    assert inside("/p/one/?a=b#c") == "/p/one/?a=b#c"


def test_without_a_password_only_this_machine_gets_in(serve: Serve) -> None:
    assert serve().get("/", headers=PAGE).status_code == 200
    assert serve(host="0.0.0.0").get("/", headers=PAGE).status_code == 303
    assert serve().get("/", headers={"x-forwarded-for": "203.0.113.9", **PAGE}).status_code == 303
    assert serve().get("/", headers={"host": "evil.example"}).status_code == 421


def test_a_trusted_proxy_says_who_signed_in_there(paper: Config, serve: Serve) -> None:
    trusting = replace(paper, web=replace(paper.web, proxies=("10.0.0.0/8",), user_header="Remote-User"))
    client = serve(trusting, host="10.0.0.1")
    assert client.get("/", headers={"remote-user": "me", **PAGE}).status_code == 303
    trusted = replace(trusting, web=replace(trusting.web, proxies=("10.0.0.0/8", "0.0.0.0/0")))
    # The test client's own address is the word "testclient", which lies in no network.
    assert serve(trusted, host="10.0.0.1").get("/", headers={"remote-user": "me", **PAGE}).status_code == 303
