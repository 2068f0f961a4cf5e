"""Streams and items over the wire."""

from urllib.parse import quote

import pytest
from lxml import etree
from msgspec.structs import replace
from tests.store.builders import ADDRESS, make_batch, make_feed, make_revision, minutes
from tests.web.conftest import NOW
from tests.web.greader.conftest import LONG, STATE, Reader

from broadsheet.model import Enclosure, Person, SafeHtml, feed_id
from broadsheet.store import Store
from broadsheet.web.greader import reading

ALL = f"{STATE}reading-list"


def titles(found: object) -> list[str]:
    return [item["title"] for item in found["items"]]  # type: ignore[index]


def test_subscriptions_name_their_folders(reader: Reader, store: Store) -> None:
    other = store.feed("https://other.example/feed")
    store.save_feed(replace(other, section=(), name="别家", link="https://other.example/"))
    listed = reader.read("subscription/list?output=json")["subscriptions"]
    assert listed[1] == {
        "id": f"feed/{other.id}",
        "title": "别家",
        "categories": [{"id": "user/-/label/未分栏", "label": "未分栏"}],
        "url": "https://other.example/feed",
        "htmlUrl": "https://other.example/",
    }
    assert reader.ids("user/-/label/未分栏") == reader.ids(f"feed/{other.id}")
    assert reader.read("unread-count?output=json")["max"] == 4


def test_a_stream_is_named_in_the_path_or_by_a_field(reader: Reader) -> None:
    feed = feed_id(ADDRESS)
    asked = [
        f"stream/contents/feed/{feed}",
        f"stream/contents/feed%2F{feed}?output=json",
        f"stream/contents/feed/{ADDRESS}",
        f"stream/contents?s=feed/{feed}",
        f"stream/contents/?s=feed%2F{feed}",
    ]
    for path in asked:
        assert len(reader.read(path)["items"]) == 3, path
    label = quote("user/-/label/新媒体 / 最新", safe="")
    assert len(reader.read(f"stream/contents/{label}")["items"]) == 4
    assert len(reader.read("stream/contents")["items"]) == 4
    assert reader.read(f"stream/contents/{ALL}")["id"] == ALL
    assert reader.ask("stream/contents/nonsense").status_code == 400


def test_pages_go_on_where_the_last_one_ended_in_either_order(reader: Reader) -> None:
    whole = reader.ids(ALL)
    assert whole == sorted(whole, reverse=True)
    for order, expected in (("n", whole), ("o", whole[::-1])):
        found: list[int] = []
        more = ""
        while True:
            page = reader.read(f"stream/items/ids?s={ALL}&n=3&r={order}{more}")
            found += [int(item["id"]) for item in page["itemRefs"]]
            if "continuation" not in page:
                break
            more = f"&c={page['continuation']}"
        assert found == expected
    assert reader.ask(f"stream/items/ids?s={ALL}&c=5").status_code == 400
    assert reader.ask(f"stream/items/ids?s={ALL}&c=x").status_code == 400


def test_streams_are_narrowed_by_state_and_moment(reader: Reader, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    whole = reader.ids(ALL)
    store.reading.mark(ids[:1], NOW, read=True)
    store.reading.mark(ids[1:2], NOW, starred=True)
    assert reader.ids(f"{STATE}read") == whole[:1]
    assert reader.unread() == whole[1:]
    assert reader.ids(f"{STATE}starred") == whole[1:2]
    assert reader.ids(ALL, f"&it={STATE}starred") == whole[1:2]
    assert reader.ids(ALL, f"&xt={STATE}starred") == [whole[0], *whole[2:]]
    assert reader.ids(ALL, f"&xt={STATE}starred&xt={STATE}read&n=1") == whole[2:]
    assert reader.ids(f"{STATE}broadcast") == []
    came = [int(minutes(number).timestamp()) for number in range(4)][::-1]
    assert reader.ids(ALL, f"&ot={came[1]}") == whole[:2]
    assert reader.ids(ALL, f"&ot={came[2]}.5&nt={came[0]}") == whole[1:2]


def test_a_page_is_full_whatever_is_left_out(reader: Reader, store: Store) -> None:
    whole = reader.ids(ALL)
    store.reading.mark([ref.id for ref in store.refs()][:2], NOW, starred=True)
    page = reader.read(f"stream/items/ids?s={ALL}&xt={STATE}starred&n=1")
    assert page["itemRefs"] == [{"id": str(whole[2])}]
    assert page["continuation"] == str(whole[2])


def test_items_are_found_by_any_form_of_their_ids_in_the_order_asked(reader: Reader) -> None:
    whole = reader.ids(ALL)
    forms = [str(whole[2]), f"{whole[0]:016x}", f"{LONG}{whole[3]:016x}", f"{whole[1]:x}", str(whole[2]), "7"]
    found = reader.send("stream/items/contents", "&".join(f"i={form}" for form in forms)).json()
    assert [int(item["id"][-16:], 16) for item in found["items"]] == [whole[2], whole[0], whole[3], whole[1]]
    assert reader.send("stream/items/contents", "i=x").status_code == 400
    assert reader.send("stream/items/contents", "").json()["items"] == []


def test_a_post_without_a_link_leads_to_its_page_in_the_paper(reader: Reader, store: Store) -> None:
    item = reader.read(f"stream/contents/{ALL}?n=1")["items"][0]
    assert item["canonical"] == [{"href": f"http://127.0.0.1:8080/p/{store.refs()[0].id}/"}]


def test_what_is_read_without_a_token_is_nothing(reader: Reader) -> None:
    stranger = Reader(reader.client, "me/bs_wrong")
    answer = stranger.ask("subscription/list?output=json")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_streams_are_asked_for_by_either_method(looker: Reader) -> None:
    ids = looker.ids(ALL)
    assert len(looker.send("stream/items/ids", f"s={ALL}&n=3").json()["itemRefs"]) == 3
    assert len(looker.send("stream/contents", f"s={ALL}&n=3").json()["items"]) == 3
    assert len(looker.read(f"stream/items/contents?i={ids[0]}&i={ids[1]}")["items"]) == 2


def test_the_address_that_freshrss_has_is_right_too(reader: Reader) -> None:
    there = Reader(reader.client, reader.secret, "/api/greader.php/reader/api/0/")
    assert there.unread() == reader.unread()
    assert there.read(f"stream/contents/feed/{ADDRESS}?n=1")["items"]


def test_a_stream_is_atom_for_readers_that_know_only_that(reader: Reader, store: Store) -> None:
    revision = make_revision("entry-9", title="A & B <\x01>", at=minutes(9))
    revision = replace(
        revision,
        authors=(Person(name="甲"), Person(email="b@c.example"), Person(name="乙")),
        enclosures=(Enclosure(url="https://a.example/a.mp3", type="audio/mpeg", length=3),),
        clean=replace(revision.clean, html=SafeHtml("<p>1 &lt; 2</p>"), language="en", link="https://a.example/?b&c"),
    )
    store.apply([make_batch(revision, feed=make_feed("https://third.example/"))])
    posts = store.refs()
    store.reading.mark([posts[0].id], NOW, read=True, starred=True)
    store.reading.tag([posts[0].id], add=["read"])
    key = feed_id("https://third.example/")
    answer = reader.client.get(f"/reader/atom/feed%2F{key}?n=9", headers=reader.headers)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.fromstring(answer.content)
    assert feed.findtext("a:title", namespaces=atom) == "https://third.example/"
    (entry,) = feed.findall("a:entry", atom)
    assert entry.findtext("a:title", namespaces=atom) == "A & B <>"
    assert entry.findtext("a:author/a:name", namespaces=atom) == "甲, 乙"
    assert entry.findtext("a:content", namespaces=atom) == "<p>1 &lt; 2</p>"
    assert [link.get("href") for link in entry.findall("a:link", atom)] == [
        "https://a.example/?b&c",
        "https://a.example/a.mp3",
    ]
    marks = [one.get("label") for one in entry.findall("a:category", atom) if one.get("scheme")]
    assert marks == ["reading-list", "read", "starred"]
    whole = etree.fromstring(reader.client.get(f"/reader/atom/{ALL}", headers=reader.headers).content)
    fresh = [one.get("label") for one in whole.findall("a:entry[2]/a:category", atom) if one.get("scheme")]
    assert fresh == ["reading-list", "fresh"]
    assert whole.findtext("a:entry[2]/a:author/a:name", namespaces=atom) == "https://other.example/feed"


def test_the_most_that_one_answer_holds_is_bounded(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ITEMS", 2)
    page = reader.read(f"stream/contents/{ALL}?n=1000")
    assert len(titles(page)) == 2
    assert "continuation" in page
