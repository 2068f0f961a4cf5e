"""JSON Feed, and JSON that nearly is one."""

import pytest

from broadsheet.errors import FeedError
from broadsheet.parse import parse_feed
from broadsheet.parse.formats.jsonfeed import read_json
from broadsheet.parse.formats.xmlfeed import Place


def test_an_item_is_read_with_its_addresses_absolute() -> None:
    reading, repairs = read_json(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": 7, "url": "/1", "tags": "a",'
        '"attachments": [{"url": "/1.mp3", "size_in_bytes": 3.0}, {"url": "/2.mp3", "size_in_bytes": -1}, "x"]}]}',
        Place("https://a.example/feed"),
    )
    (entry,) = reading.entries
    assert (reading.format, repairs, entry.words["id"]) == ("json-feed-1.1", (), "7")
    assert [link.href for link in entry.links] == ["https://a.example/1"]
    assert [(file.url, file.length) for file in entry.enclosures] == [
        ("https://a.example/1.mp3", 3),
        ("https://a.example/2.mp3", None),
    ]


def test_what_is_no_item_is_counted() -> None:
    assert read_json('{"items": [1, {}]}', Place())[0].repairs == ("entries-dropped:1",)


def test_an_original_is_an_item_alone() -> None:
    reading, _ = read_json(
        '{"version": "1", "language": "zh", "title": "T", "items": [{"id": "a"}]}', Place(originals=True)
    )
    assert reading.entries[0].original == b'{"version":"1","language":"zh","items":[{"id":"a"}]}'


@pytest.mark.parametrize(
    "text", ['{"title": "a\nb", "items": []}', '{"title": "\\ud800", "items": []}', '{"items": []} x']
)
def test_careless_json_is_read_and_marked(text: str) -> None:
    assert read_json(text, Place())[1] == ("json-lenient",)


@pytest.mark.parametrize("text", ["[]", "{}", '{"items": {}}', "{"])
def test_other_json_is_no_feed(text: str) -> None:
    with pytest.raises(FeedError) as caught:
        read_json(text, Place())
    assert caught.value.reason == "not-a-feed"


def test_authors_may_be_names_alone() -> None:
    body = b"""{"version": "https://jsonfeed.org/version/1.1", "author": "Ada", "items": [
      {"id": "1", "authors": ["Bo", " "]}, {"id": "3", "authors": ["Cy", "Ed"]}, {"id": "2", "author": "Di"}]}"""
    feed = parse_feed(body)
    assert [author.name for author in feed.authors] == ["Ada"]
    assert [[author.name for author in entry.authors] for entry in feed.entries] == [["Bo"], ["Cy", "Ed"], ["Di"]]
