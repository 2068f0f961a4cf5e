"""The walk: what feeds nest, and how deep."""

from datetime import UTC, datetime

import pytest

from broadsheet.errors import FeedError
from broadsheet.parse import parse_feed


def test_channels_nested_beyond_sense_are_not_followed() -> None:
    inner = "<channel>" * 6 + "<item><title>deep</title></item>" + "</channel>" * 6
    assert parse_feed(f"<rss><channel><item/>{inner}</channel></rss>".encode()).entries[1:] == ()


def test_an_original_of_a_zone_less_entry_remembers_the_language_of_its_feed() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><dc:language>zh</dc:language></channel>
      <item><title>One</title><dc:date>2026-11-23 14:05</dc:date></item></rdf:RDF>"""
    (entry,) = parse_feed(body, originals=True).entries
    assert entry.published == datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    assert entry.original is not None
    assert parse_feed(entry.original, originals=True).entries == (entry,)


def test_the_base_of_markup_is_the_documents_else_the_entrys_link() -> None:
    stated = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><entry><content/></entry></feed>'
    )
    assert parse_feed(stated, None, "https://b.example/").entries[0].base_url == "https://a.example/"
    linked = b"<rss><channel><item><link>https://c.example/1</link></item><item/></channel></rss>"
    assert [entry.base_url for entry in parse_feed(linked, None, "https://b.example/").entries] == [
        "https://c.example/1",
        "https://b.example/",
    ]


def test_the_zone_and_the_moment_of_reading_are_heard() -> None:
    dates = ("3分钟前", "2026-11-23 01:05")
    items = "".join(f"<item><pubDate>{text}</pubDate></item>" for text in dates)
    body = f"<rss><channel>{items}</channel></rss>"
    now = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    first, second = parse_feed(body.encode(), zone="America/New_York", now=now).entries
    assert first.published == datetime(2026, 11, 23, 6, 2, tzinfo=UTC)
    assert second.published == now


def test_a_feed_served_as_a_web_page_is_still_a_feed() -> None:
    body = b"<!DOCTYPE html>\n<rss><channel><title>T</title></channel></rss>"
    assert parse_feed(body, "text/html").title == "T"


def test_c1_characters_are_read_as_windows_writes_them() -> None:
    body = "<rss><channel><title>It\x92s · fine</title></channel></rss>".encode()
    assert parse_feed(body).title == "It’s · fine"


def test_a_language_beside_the_entries_counts_for_their_dates() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <entry><updated>2026-11-23 14:05</updated></entry><dc:language>zh-TW</dc:language></feed>"""
    feed = parse_feed(body)
    assert feed.language == "zh-TW"
    assert feed.entries[0].updated == datetime(2026, 11, 23, 6, 5, tzinfo=UTC)


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
STORIES = "".join(
    f"<item><title>Story {number}</title><link>https://a.example/{number}</link></item>" for number in range(4)
)


def test_rss_1_0_that_was_cut_keeps_the_entries_behind_its_channel() -> None:
    feed = parse_feed(f"{RDF}<channel><title>Tide</title></channel>{STORIES}<item><title>Half a".encode())
    assert [entry.title for entry in feed.entries] == ["Story 0", "Story 1", "Story 2", "Story 3", "Half a"]
    assert "trailing-junk" not in feed.repairs


def test_rss_1_0_is_found_behind_a_warning_of_its_server() -> None:
    warning = "<?xml version='1.0'?><br />\n<b>Warning</b>: no such cache in <b>/srv/feed</b><br />\n"
    feed = parse_feed(f"{warning}{RDF}<channel><title>Tide</title></channel>{STORIES}</rdf:RDF>".encode())
    assert (feed.title, len(feed.entries)) == ("Tide", 4)


def test_rdf_in_a_web_page_is_no_feed_unless_it_has_a_feeds_parts() -> None:
    page = f"<html><head>{RDF}<License/></rdf:RDF></head><body>text</body></html>"
    with pytest.raises(FeedError, match="web page"):
        parse_feed(page.encode())
    assert len(parse_feed(page.replace("<License/>", STORIES).encode()).entries) == 4
