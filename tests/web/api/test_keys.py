"""Keys by the API, for the owner alone."""

from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace
from tests.web.api.conftest import Api
from tests.web.permissions import NOW, SAME, guarded, sign_in

from broadsheet.model import SignIn
from broadsheet.store import Store, open_store
from broadsheet.web.access.keys import digest_of, matches


def test_a_token_is_made_shown_once_and_revoked(api: Api, store: Store) -> None:
    made = api.send("POST", "tokens", {"name": "手机", "scope": "write", "days": 3}, 201)
    token = made["token"]
    assert (token["name"], token["scope"], token["expires_at"]) == ("手机", "write", "2026-11-30T12:00:00Z")
    assert store.doors.tokens()[0].digest == digest_of(made["secret"])
    assert api.read("tokens") == [token]
    assert made["secret"] not in str(api.read("tokens"))
    api.send("DELETE", f"tokens/{token['id']}", status=204)
    assert api.read("tokens") == []
    api.send("DELETE", f"tokens/{token['id']}", status=404)
    api.send("POST", "tokens", {"name": " "}, 400)


def test_no_token_makes_another(tmp_path: Path) -> None:
    with guarded(tmp_path) as client:
        headers = {"authorization": "Bearer writing token"}
        for method, path in (("GET", "tokens"), ("POST", "tokens"), ("GET", "sessions"), ("PUT", "password")):
            assert client.request(method, f"/api/{path}", headers=headers).status_code == 403


def test_sessions_are_listed_and_ended(tmp_path: Path) -> None:
    with guarded(tmp_path) as client:
        own, csrf = sign_in(client)
        client.cookies.set("broadsheet", own)
        headers = {**SAME, "x-csrf-token": csrf}
        other = SignIn(digest=digest_of("other"), csrf="c", opened_at=NOW, used_at=NOW, expires_at=NOW, agent="Phone")
        with open_store(client.app.state.house.config.store_url) as store:
            store.doors.open(replace(other, expires_at=NOW + timedelta(days=1)))
        lines = client.get("/api/sessions").json()
        assert {(line["agent"], line["current"]) for line in lines} == {("", True), ("Phone", False)}
        assert other.digest not in str(lines)
        gone = other.digest[:16]
        assert client.delete(f"/api/sessions/{gone}", headers=headers).status_code == 204
        assert client.delete(f"/api/sessions/{gone}", headers=headers).status_code == 404
        assert client.delete("/api/sessions", headers=headers).status_code == 204
        assert client.get("/api/sessions").status_code == 401


def test_the_password_is_changed_by_who_knows_it(tmp_path: Path) -> None:
    with guarded(tmp_path) as client:
        own, csrf = sign_in(client)
        client.cookies.clear()
        client.cookies.set("broadsheet", own)

        def change(old: str | None, new: str) -> int:
            headers = {**SAME, "x-csrf-token": csrf}
            return client.put("/api/password", json={"old": old, "new": new}, headers=headers).status_code

        assert change("a long password", "short") == 400
        assert change("a long password", "汉" * 1000) == 400
        assert [change("wrong", "another password") for _ in range(5)] == [400] * 5
        assert change("a long password", "another password") == 429


def test_a_first_password_needs_none_before(api: Api, store: Store) -> None:
    assert api.send("PUT", "password", {"new": "a long password"}, 204) is None
    kept = store.doors.password()
    assert kept
    assert matches(kept, "a long password")
    api.read("tokens", 401)
