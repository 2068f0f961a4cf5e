"""The slots of pages, printed once for all pages they are the same on."""

import pytest
from tests.web.conftest import NOW

from broadsheet.config import Config
from broadsheet.web.access.doors import Visitor
from broadsheet.web.house import slots
from broadsheet.web.house.house import open_house

OWNER = Visitor(known="session", scope="write", csrf="one")


def test_pages_of_one_depth_share_their_slots_and_the_readers_own_have_their_own(paper: Config) -> None:
    printer = open_house(paper, "127.0.0.1", lambda: NOW).slots
    assert printer.of(OWNER, "p/a/index.html") is printer.of(OWNER, "p/b/index.html")
    assert b'href="../../my/unread/"' in printer.of(OWNER, "p/a/index.html").nav
    assert b'aria-current="page"' in printer.of(OWNER, "my/unread/index.html").nav
    assert printer.of(Visitor(), "index.html").nav.strip() == b""
    assert b'content="two"' in printer.of(Visitor(known="house", scope="write", csrf="two"), "index.html").head


def test_few_are_kept(paper: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "MOST_KEPT", 1)
    printer = open_house(paper, "127.0.0.1", lambda: NOW).slots
    first = printer.of(OWNER, "index.html")
    printer.of(OWNER, "p/a/index.html")
    assert printer.of(OWNER, "index.html") is not first
