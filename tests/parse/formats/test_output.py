"""A feed as plain values."""

import json
from datetime import UTC, datetime

from broadsheet.model import Category, Enclosure, ParsedEntry, ParsedFeed, Person
from broadsheet.parse.formats.output import feed_json

MOMENT = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)


def test_all_that_is_absent_is_none_or_empty() -> None:
    shown = feed_json(ParsedFeed(format="rss", entries=(ParsedEntry(),)))
    (entry,) = json.loads(json.dumps(shown))["entries"]
    assert {key for key, value in entry.items() if value} == set()
    assert {key for key, value in shown.items() if value} == {"format", "entries"}


def test_values_are_plain_and_addresses_in_markup_absolute() -> None:
    entry = ParsedEntry(
        title="<a href='x'>",
        title_type="text",
        summary='<a href="/1">x</a>',
        published=MOMENT,
        authors=(Person(name="林"),),
        categories=(Category(term="a"),),
        enclosures=(Enclosure(url="https://a.example/1.mp3"),),
        base_url="https://a.example/",
    )
    shown = json.loads(json.dumps(feed_json(ParsedFeed(format="rss", entries=(entry,)))))["entries"][0]
    assert shown["title"] == "<a href='x'>"
    assert shown["summary"] == '<a href="https://a.example/1">x</a>'
    assert shown["published"] == "2026-11-23T06:05:00Z"
    assert shown["authors"] == [{"name": "林", "email": None, "url": None}]
    assert shown["categories"] == [{"term": "a", "scheme": None, "label": None}]
    assert shown["enclosures"] == [{"url": "https://a.example/1.mp3", "type": None, "length": None}]
