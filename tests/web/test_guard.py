"""The door of every route, asked by everyone who might ask."""

from pathlib import Path

import pytest
from litestar.testing import RequestFactory
from msgspec.structs import replace
from tests.web import permissions
from tests.web.conftest import NOW, Client

from broadsheet.config import Config
from broadsheet.web.access.doors import is_safe
from broadsheet.web.guard import asker_of, is_in, peer_of, token_of
from broadsheet.web.house.house import open_house


def test_every_route_lets_through_whom_it_should_and_nobody_else(tmp_path: Path) -> None:
    with permissions.guarded(tmp_path) as client:
        rows = permissions.table(client)
    wrong = [
        (door.method, door.path, asking.name, through)
        for door, asking, through in rows
        if through != (door.need in (asking.safe if is_safe(door.method) else asking.unsafe))
    ]
    assert wrong == []
    assert {door.need for door, _, _ in rows} >= {"open", "read", "write"}


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    every = permissions.doors
    monkeypatch.setattr(permissions, "doors", lambda app: [door for door in every(app) if door.path == "/my/mark"])
    permissions.main()
    table = capsys.readouterr().out
    assert "cross-site" in table
    assert "POST /my/mark " in table


def test_a_token_is_read_as_programs_send_it() -> None:
    assert token_of("Bearer bs_1") == "bs_1"
    assert token_of("GoogleLogin auth=me/bs_1") == "bs_1"
    assert token_of("GoogleLogin auth=bs_1") == "bs_1"
    assert token_of("Basic bWU6MQ==") == ""
    assert token_of("") == ""


def test_a_peer_is_known_by_its_address_alone() -> None:
    assert peer_of({"client": ("10.0.0.7", 5)}) == "10.0.0.7"
    assert peer_of({"client": None}) == ""
    assert is_in("10.0.0.7", ("192.168.0.0/16", "10.0.0.0/8"))
    assert is_in("::1", ("::1",))
    assert not is_in("10.0.0.7", ())
    assert not is_in("testclient", ("0.0.0.0/0",))


def test_a_form_that_cannot_be_read_brings_no_secret(client: Client) -> None:
    headers = {"sec-fetch-site": "same-origin", "content-type": "multipart/form-data"}
    assert client.post("/my/mark", content=b"rubbish", headers=headers).status_code in {400, 403}


async def test_behind_a_trusted_proxy_the_asker_is_who_it_says_last(paper: Config) -> None:
    trusting = replace(paper, web=replace(paper.web, proxies=("10.0.0.0/8",)))
    house = open_house(trusting, "10.0.0.1", lambda: NOW)
    factory = RequestFactory()

    def asked(peer: str, said: str) -> str:
        request = factory.get("/", headers={"x-forwarded-for": said} if said else {})
        request.scope["client"] = (peer, 1)
        return asker_of(request, house)

    assert asked("10.0.0.7", "198.51.100.1, 203.0.113.9") == "203.0.113.9"
    assert asked("10.0.0.7", "") == "10.0.0.7"
    assert asked("192.0.2.1", "203.0.113.9") == "192.0.2.1"
