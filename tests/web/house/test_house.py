"""The paper that is served, and where."""

import pytest
from tests.web.conftest import NOW

from broadsheet.config import Config
from broadsheet.web.house.house import is_loopback, open_house


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost"])
def test_only_this_machine_is_private(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "paper.example"])
def test_others_reach_all_else(host: str) -> None:
    assert not is_loopback(host)


def test_its_own_files_are_named_by_their_content(paper: Config) -> None:
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    assert house.assets[house.asset("reader.css")].startswith(b"/* broadsheet")
    assert house.asset("reader.js").endswith(".js")
    assert house.is_private
    assert house.now() == NOW
    assert "localhost" in house.names
    house.desk.close()
