"""The reader's own lists, and how posts get into them."""

import pytest
from tests.web.conftest import NOW, Client, post, shown

from broadsheet.store import Store
from broadsheet.web.reader import lists

PAGE = {"accept": "text/html"}


def test_what_is_unread_is_listed_by_feed_and_marked_at_once(client: Client, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    assert shown(client, "/my/unread/") == ids
    feed = store.post(ids[0]).feed_id
    assert shown(client, f"/my/unread/?feed={feed}") == ids[:1]
    answer = post(client, "/my/mark-all", before=NOW.isoformat(), feed=feed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/my/unread/")
    assert shown(client, "/my/unread/") == ids[1:]
    post(client, "/my/mark-all", before=NOW.isoformat())
    assert shown(client, "/my/unread/") == []
    assert post(client, "/my/mark-all", before="yesterday").status_code == 400


def test_a_long_list_has_pages(client: Client, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    ids = [ref.id for ref in store.refs()]
    first = client.get("/my/unread/", headers=PAGE).text
    assert f"after={ids[1]}" in first
    assert shown(client, f"/my/unread/?after={ids[1]}") == ids[2:]
    assert client.get("/my/unread/?after=20200101-0000000000").status_code == 404
