"""Whole rounds of readers, asked as each of them writes its requests."""

import pytest
from msgspec.structs import replace
from tests.store.builders import ADDRESS
from tests.web.conftest import NOW
from tests.web.greader.conftest import FORM, LONG, STATE, Reader

from broadsheet.model import feed_id
from broadsheet.store import Store

FEED = feed_id(ADDRESS)
FRESHRSS = "/api/greader.php"


def auth_of(reader: Reader, root: str, form: str) -> str:
    answer = reader.client.post(f"{root}/accounts/ClientLogin", content=form, headers=FORM)
    return str(next(line[5:] for line in answer.text.split("\n") if line.startswith("Auth=")))


def test_newsboat_with_freshrss(reader: Reader) -> None:
    """newsboat from 2.24: src/freshrssapi.cpp."""
    form = (
        "service=reader&Email=me&Passwd=bs_writing&source=newsboat%2F2.36.0"
        "&accountType=HOSTED_OR_GOOGLE&continue=http://www.google.com/"
    )
    boat = Reader(reader.client, auth_of(reader, FRESHRSS, form), f"{FRESHRSS}/reader/api/0/")
    feeds = boat.read("subscription/list?output=json")["subscriptions"]
    assert [category["label"] for category in feeds[0]["categories"]] == ["新媒体 / 最新"]
    items = boat.read(f"stream/contents/{feeds[0]['id'].replace('/', '%2F')}?n=20")["items"]
    assert [set(item) >= {"title", "canonical", "summary", "id", "published", "categories"} for item in items]
    assert isinstance(items[0]["published"], int)
    token, guid = boat.ask("token").text, items[0]["id"]
    boat.do("edit-tag", f"i={guid}&a={STATE}read&r={STATE}kept-unread&ac=edit&T={token}")
    again = boat.read(f"stream/contents/feed%2F{FEED}?n=20")["items"]
    assert [f"{STATE}read" in item["categories"] for item in again] == [True, False, False]
    boat.do("edit-tag", f"i={guid}&a={STATE}starred&ac=edit&T={token}")
    boat.do("edit-tag", f"i={guid}&a={STATE}broadcast&ac=edit&T={token}")
    boat.do("edit-tag", f"i={guid}&r={STATE}starred&ac=edit&T={token}")
    kept = f"a={STATE}kept-unread&a={STATE}tracking-kept-unread"
    boat.do("edit-tag", f"i={guid}&r={STATE}read&{kept}&ac=edit&T={token}")
    assert len(boat.unread()) == 4
    boat.do("mark-all-as-read", f"s=feed/{FEED}&T={token}")
    assert len(boat.unread()) == 1


def test_netnewswire(reader: Reader, store: Store) -> None:
    """NetNewsWire 6: Account/Sources/Account/ReaderAPI/ReaderAPICaller.swift."""
    wire = Reader(reader.client, auth_of(reader, FRESHRSS, "Email=me&Passwd=bs_writing"), f"{FRESHRSS}/reader/api/0/")
    assert wire.read("tag/list?output=json")["tags"][0]["id"] == f"{STATE}starred"
    since = NOW.timestamp() - 90 * 86_400
    listed = wire.read(f"stream/items/ids?ot={since}&n=10000&output=json&xt={STATE}read&s={STATE}reading-list")[
        "itemRefs"
    ]
    wanted = "&".join(f"i={int(ref['id']):x}" for ref in listed)
    token = wire.ask("token").text
    entries = wire.send("stream/items/contents", f"T={token}&output=json&{wanted}").json()
    assert isinstance(entries["id"], str)
    assert isinstance(entries["updated"], int)
    numbers = [int(entry["id"].split("/")[-1], 16) for entry in entries["items"]]
    assert numbers == [int(ref["id"]) for ref in listed]
    for entry in entries["items"]:
        assert entry["summary"]["content"]
        assert entry["alternate"][0]["href"]
        assert entry["origin"]["streamId"].startswith("feed/")
        assert all(isinstance(one, str) for one in entry["categories"])
    marked = "&".join(f"i={number:016x}" for number in numbers[:2])
    wire.do("edit-tag", f"T={token}&{marked}&a={STATE}read")
    wire.do("edit-tag", f"T={token}&{marked}&a={STATE}starred")
    assert wire.ids(f"{STATE}starred") == numbers[:2]
    assert wire.unread() == numbers[2:]
    wire.do("subscription/edit", f"T={token}&s=feed/{FEED}&ac=edit&t=别名 甲")
    wire.do("subscription/edit", f"T={token}&s=feed/{FEED}&ac=edit&a=user/-/label/科技")
    assert (store.feed(FEED).label, store.feed(FEED).section) == ("别名 甲", ("科技",))
    wire.do("rename-tag", f"T={token}&s=user/-/label/科技&dest=user/-/label/技术")
    wire.do("subscription/edit", f"T={token}&s=feed/{FEED}&ac=edit&r=user/-/label/技术")
    wire.do("subscription/edit", f"T={token}&s=feed/{FEED}&ac=unsubscribe")
    assert len(wire.read("subscription/list?output=json")["subscriptions"]) == 1


def test_read_you(reader: Reader, store: Store) -> None:
    """Read You 0.10: GoogleReaderAPI.kt and GoogleReaderRssService.kt, which trips over what is missing."""
    store.save_feed(replace(store.feed(FEED), section=()))
    form = "output=json&Email=me&Passwd=bs_writing&client=ReadYou%2F0.10&accountType=HOSTED_OR_GOOGLE&service=reader"
    you = Reader(reader.client, auth_of(reader, "", form))
    feeds = you.read("subscription/list?output=json")["subscriptions"]
    assert all(feed["categories"][0]["id"].startswith("user/-/label/") for feed in feeds)
    assert all(feed["title"] and feed["url"] for feed in feeds)
    refs = you.read(f"stream/items/ids?output=json&s={STATE}reading-list&xt={STATE}read&n=10000")["itemRefs"]
    token = you.ask("token").text
    wanted = "&".join(f"i={int(ref['id']):016x}" for ref in refs)
    items = you.send("stream/items/contents?output=json", f"{wanted}&T={token}").json()["items"]
    known = {feed["id"] for feed in feeds}
    for item in items:
        assert item["canonical"][0]["href"]
        assert item["origin"]["streamId"] in known
        assert int(item["crawlTimeMsec"])
    long = LONG.replace(":", "%3A").replace(",", "%2C").replace("/", "%2F")
    you.do("edit-tag?output=json", f"i={long}{int(refs[0]['id']):016x}&a={STATE}read&T={token}")
    since = int(NOW.timestamp()) - 30 * 86_400
    read = you.read(f"stream/items/ids?output=json&s={STATE}read&ot={since}&n=10000")["itemRefs"]
    assert read == refs[:1]
    moved = f"ac=edit&s=feed/{FEED}&a=user/-/label/科技&r=user/-/label/未分栏&T={token}"
    you.do("subscription/edit?output=json", moved)
    assert store.feed(FEED).section == ("科技",)


@pytest.mark.parametrize("path", ["stream/contents/reading-list", "preference/list", "stream/items/count"])
def test_what_it_does_not_have_it_says(reader: Reader, path: str) -> None:
    assert reader.ask(f"{path}?output=json").status_code in {400, 404}
