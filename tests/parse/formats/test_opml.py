"""Reading lists of five readers in, ours out and in again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from broadsheet.errors import BroadsheetError, FeedError
from broadsheet.model import Feed, Subscription, feed_id
from broadsheet.parse import parse_opml, write_opml
from broadsheet.parse.formats.opml import unusable_addresses

NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
FOLDER = Path(__file__).parents[1] / "golden" / "opml"
EXPECTED = (
    Subscription(
        address="https://a.example/feed", section=("新媒体", "cnBeta"), name="甲", link="https://a.example/"
    ),
    Subscription(address="https://b.example/rss?x=1&y=2", section=("新媒体",), name="乙"),
    Subscription(address="http://c.example/atom", name="丙"),
)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.stem)
def test_the_dialects_of_readers_say_the_same(path: Path) -> None:
    assert parse_opml(path.read_bytes()) == EXPECTED


def made(address: str, section: tuple[str, ...], name: str | None) -> Feed:
    return Feed(id=feed_id(address), address=address, section=section, name=name, added_at=NOW)


def test_what_is_written_is_read_again() -> None:
    feeds = [
        made("https://a.example/?a=1&b=2", ("新媒体", "cnBeta", "最新"), "最新 <b>"),
        made("https://b.example/", (), "Top"),
        made("https://c.example/", ("新媒体",), "Middle"),
    ]
    body = write_opml(feeds, "My \x01paper", NOW)
    assert {(each.address, each.section, each.name) for each in parse_opml(body)} == {
        (feed.address, feed.section, feed.name) for feed in feeds
    }
    assert b"<title>My paper</title>" in body
    assert body.count(b'text="\xe6\x96\xb0\xe5\xaa\x92\xe4\xbd\x93"') == 1


def test_the_page_of_a_feed_is_kept() -> None:
    feed = Feed(id="x", address="https://a.example/feed", link="https://a.example/", title="A", added_at=NOW)
    (again,) = parse_opml(write_opml([feed], "p", NOW))
    assert again == Subscription(address=feed.address, name="A", link="https://a.example/")


@pytest.mark.parametrize(
    ("body", "reason"), [(b"", "empty"), (b"<rss/>", "not-opml"), (b"plain", "not-opml"), (b"{}", "not-opml")]
)
def test_what_is_no_list_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_opml(body)
    assert caught.value.reason == reason


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).map(str.strip).filter(bool)


@settings(max_examples=50)
@given(
    st.lists(st.tuples(st.integers(0, 999), st.lists(names, max_size=3)), unique_by=lambda pair: pair[0], max_size=5)
)
def test_any_sections_survive_the_round(rows: list[tuple[int, list[str]]]) -> None:
    feeds = [made(f"https://x.example/{number}", tuple(section), "n") for number, section in rows]
    body = write_opml(feeds, "t", NOW)
    etree.fromstring(body)
    assert {(each.address, each.section) for each in parse_opml(body)} == {
        (feed.address, tuple(part.replace("\ufffe", "").replace("\uffff", "") for part in feed.section))
        for feed in feeds
    }


@settings(max_examples=80)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_our_own_error(body: bytes) -> None:
    for whole in (body, b"<opml><body>" + body):
        try:
            parse_opml(whole)
        except BroadsheetError:
            continue


def test_addresses_of_dangerous_schemes_are_named_once() -> None:
    said = ('xmlUrl="data:,a"', 'type="rss" url="file:///b"', 'type="link" xmlUrl="data:,c"')
    outlines = "".join(
        f"<outline {given}/>" for given in (*said, said[0], 'text="a folder"', 'xmlUrl="https://c.example/"')
    )
    body = f'<opml version="2.0"><body>{outlines}</body></opml>'.encode()
    assert unusable_addresses(body) == ("data:,a", "file:///b")
    assert [one.address for one in parse_opml(body)] == ["https://c.example/"]
