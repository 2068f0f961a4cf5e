"""Posts and feeds as readers are told of them."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.store.builders import make_feed
from tests.web.greader.conftest import Reader

from broadsheet.model import Enclosure, FeedState, Marks, Person, Post
from broadsheet.store import Store
from broadsheet.store.moments import to_us
from broadsheet.web.greader.items import Item, as_text, item_json, stream_json, unread_json
from broadsheet.web.greader.shelf import Shelf

AT = datetime(2026, 11, 27, 12, 0, 0, 250_000, tzinfo=UTC)


@pytest.fixture
def post(store: Store) -> Post:
    return store.post(store.refs()[0].id)


def item(post: Post, marks: Marks | None = None) -> Item:
    return Item(
        number=31, post=post, feed=make_feed(), folder="新媒体", marks=marks or Marks(), link="https://news.example/1"
    )


def test_an_item_says_what_readers_need(post: Post) -> None:
    said = item_json(item(replace(post, published=AT, updated=None, first_seen=AT + timedelta(hours=1))))
    assert said == {
        "id": "tag:google.com,2005:reader/item/000000000000001f",
        "crawlTimeMsec": "1795784400250",
        "timestampUsec": "1795784400250000",
        "published": 1795780800,
        "updated": 1795780800,
        "title": post.title,
        "canonical": [{"href": "https://news.example/1"}],
        "alternate": [{"href": "https://news.example/1", "type": "text/html"}],
        "summary": {"direction": "ltr", "content": post.html},
        "categories": ["user/-/state/com.google/reading-list", "user/-/label/新媒体"],
        "origin": {
            "streamId": f"feed/{make_feed().id}",
            "title": "https://news.example/feed.xml",
            "htmlUrl": "https://news.example/feed.xml",
        },
    }


def test_an_item_says_what_it_has_besides(post: Post) -> None:
    files = (
        Enclosure(url="https://news.example/a.mp3", type="audio/mpeg", length=9),
        Enclosure(url="https://news.example/b"),
        Enclosure(url="javascript:x"),
    )
    people = (Person(name="甲"), Person(email="b@news.example"), Person(name="丙"))
    marks = Marks(read_at=AT, starred_at=AT, tags=("汽车",))
    said = item_json(item(replace(post, enclosures=files, authors=people, updated=AT), marks))
    assert said["author"] == "甲, 丙"
    assert said["updated"] == 1795780800
    assert said["enclosure"] == [
        {"href": "https://news.example/a.mp3", "type": "audio/mpeg", "length": 9},
        {"href": "https://news.example/b", "type": "application/octet-stream"},
    ]
    assert said["categories"] == [
        "user/-/state/com.google/reading-list",
        "user/-/state/com.google/read",
        "user/-/state/com.google/starred",
        "user/-/label/新媒体",
        "user/-/label/汽车",
    ]


def test_a_page_says_where_the_next_one_goes_on(post: Post) -> None:
    assert "continuation" not in stream_json("feed/1", [], AT, None)
    said = stream_json("feed/1", [item(post)], AT, "31")
    assert (said["id"], said["updated"], said["continuation"]) == ("feed/1", 1795780800, "31")


def test_a_title_stays_text_for_readers_that_take_it_for_html() -> None:
    assert as_text("A&B 1 < 2 & 3") == "A&B 1 < 2 & 3"
    assert as_text("<b>&amp;</b>") == "＜b>＆amp;＜/b>"


def test_unread_posts_are_counted_by_feed_and_folder() -> None:
    one = make_feed(state=FeedState(last_changed=AT))
    other = make_feed("https://other.example/")
    shelf = Shelf(feeds={one.id: one, other.id: other}, unfiled="Unfiled")
    said = unread_json(shelf, {one.id: 2, other.id: 3})
    newest = str(to_us(AT))
    assert said["max"] == 5
    assert said["unreadcounts"] == [
        {"id": f"feed/{one.id}", "count": 2, "newestItemTimestampUsec": newest},
        {"id": f"feed/{other.id}", "count": 3, "newestItemTimestampUsec": str(to_us(other.added_at))},
        {"id": "user/-/label/新媒体 / 最新", "count": 5, "newestItemTimestampUsec": newest},
        {"id": "user/-/state/com.google/reading-list", "count": 5, "newestItemTimestampUsec": newest},
    ]
    assert unread_json(Shelf(feeds={}, unfiled="Unfiled"), {})["max"] == 0


def test_folders_and_tags_are_told_apart(reader: Reader, store: Store) -> None:
    store.reading.tag([store.refs()[0].id], add=["汽车", "新媒体 / 最新"])
    assert reader.read("tag/list?output=json")["tags"] == [
        {"id": "user/-/state/com.google/starred"},
        {"id": "user/-/label/新媒体 / 最新", "type": "folder"},
        {"id": "user/-/label/汽车", "type": "tag"},
    ]
