"""Rows and lines of dumps, under the names that dumps use."""

import base64
from datetime import UTC, datetime

import pytest
from tests.scale.archive.samples import NOW, page, rss

from broadsheet.parse import parse_feed
from broadsheet.scale.archive.documents import MOST, Document, Rejected
from broadsheet.scale.archive.dumps import columns_read, read_record

URL = "https://news.example/1"


def read(fields: dict[str, object]) -> Document | Rejected:
    return read_record(fields, "a.jsonl", 7, NOW)


def document(fields: dict[str, object]) -> Document:
    found = read(fields)
    assert isinstance(found, Document), found
    return found


def rejected(fields: dict[str, object]) -> str:
    found = read(fields)
    assert isinstance(found, Rejected)
    return found.reason


def test_a_row_with_a_body_is_a_document() -> None:
    found = document({"url": URL, "body": rss(), "fetched_at": "2026-11-20T08:00:00Z"})
    assert (found.kind, found.address, found.body) == ("feed", URL, rss())
    assert found.seen_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert document({"link": URL, "body": page(1).decode(), "content_type": "text/html"}).kind == "page"
    assert document({"url": URL, "body_base64": base64.b64encode(rss()).decode()}).body == rss()


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        (datetime(2026, 11, 20, 8), datetime(2026, 11, 20, 8, tzinfo=UTC)),  # noqa: DTZ001  as tables without zones say it
        (1_795_000_000, datetime.fromtimestamp(1_795_000_000, UTC)),
        (1e30, NOW),
        (True, NOW),
        ("never", NOW),
        ([], NOW),
        (None, NOW),
    ],
)
def test_when_a_document_came_is_read_in_every_form_else_it_is_now(said: object, moment: datetime) -> None:
    assert document({"url": URL, "body": rss(), "crawled_at": said}).seen_at == moment


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"url": URL, "body_base64": "?"}, "bad-encoding"),
        ({"url": URL, "body": b" " * (MOST + 1)}, "too-large"),
        ({"url": URL, "title": "x" * (MOST + 1)}, "too-large"),
        ({"url": URL, "body": "words"}, "media-type"),
        ({"url": URL, "body": "x", "content_type": "image/png"}, "media-type"),
        ({"body": rss()}, "no-address"),
        ({"url": URL}, "no-article"),
        ({"title": "x"}, "no-article"),
    ],
)
def test_what_is_neither_a_document_nor_an_article_is_rejected(fields: dict[str, object], reason: str) -> None:
    assert rejected(fields) == reason


def test_a_row_with_words_is_an_article_of_its_server() -> None:
    said = {
        "url": URL,
        "title": "A bridge",
        "text": "It stands.",
        "date": datetime(2026, 11, 20, tzinfo=UTC),
        "authors": ["Li Lei", 3],
        "lang": "en",
        "description": "Of a bridge.",
    }
    found = document(said)
    assert (found.kind, found.address, found.only, found.base) == ("feed", "pages:news.example", URL, URL)
    (entry,) = parse_feed(found.body, found.content_type).entries
    assert (entry.title, entry.content, entry.content_type) == ("A bridge", "It stands.", "text")
    assert entry.published == said["date"]
    assert [author.name for author in entry.authors] == ["Li Lei"]


def test_html_stands_above_text_and_a_dump_may_name_its_feeds() -> None:
    found = document(
        {"id": 5, "html": "<p>a", "text": "b", "feed": "https://e.example/feed", "published": "2026-11-20"}
    )
    assert (found.address, found.only, found.base) == ("https://e.example/feed", "5", None)
    (entry,) = parse_feed(found.body, found.content_type).entries
    assert entry.content == "<p>a"
    assert document({"id": "5", "title": "b", "author": "Li Lei"}).address == "dump:a.jsonl"


def test_only_columns_with_known_names_are_read() -> None:
    assert columns_read(["url", "embedding", "body"]) == ["url", "body"]
