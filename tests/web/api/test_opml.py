"""Reading lists by the API."""

import pytest
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.store import Store
from broadsheet.web.api import opml

LIST = '<opml version="2.0"><body><outline text="x" type="rss" xmlUrl="https://new.example/feed"/></body></opml>'


def test_reading_lists_come_in_and_go_out(api: Api, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(body: str) -> int:
        return api.client.post("/api/opml", content=body.encode(), headers=api.headers).status_code

    assert send(LIST) == 200
    assert store.feed("https://new.example/feed").added_at == NOW
    assert b"https://new.example/feed" in api.client.get("/api/opml").content
    assert send("no list") == 422
    monkeypatch.setattr(opml, "LARGEST_LIST", 10)
    assert send(LIST) == 413
