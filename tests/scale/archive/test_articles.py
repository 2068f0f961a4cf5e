"""Pages as the document of the feed that might have told of them."""

import msgspec
import pytest
from tests.scale.archive.samples import NOW, page

from broadsheet.parse import parse_feed
from broadsheet.scale.archive.articles import feed_of_host, one_article, read_article
from broadsheet.scale.archive.documents import Document, Rejected

HERE = "https://news.example/1"


def document(body: bytes, content_type: str | None = "text/html") -> Document:
    return Document(
        kind="page", source="a.warc.gz", offset=7, address=HERE, body=body, content_type=content_type, seen_at=NOW
    )


def test_a_page_becomes_a_feed_of_one_entry_that_says_what_the_page_says() -> None:
    made = read_article(document(page(3)))
    assert isinstance(made, Document)
    assert (made.kind, made.address, made.only, made.base) == ("feed", "pages:news.example", HERE, HERE)
    (entry,) = parse_feed(made.body, made.content_type).entries
    assert (entry.id, entry.link, entry.title, entry.language) == (HERE, HERE, "Bridge 3 is open", "en")
    assert entry.published is not None
    assert f"{entry.published:%F}" == "2026-11-13"
    assert "bridge number 3" in (entry.content or "")


def test_authors_and_the_lead_picture_are_told_too() -> None:
    head = b'<meta name=author content="Li Lei"><meta property="og:image" content="/1.jpg"></head>'
    made = read_article(document(page(1).replace(b"</head>", head)))
    assert isinstance(made, Document)
    (entry,) = parse_feed(made.body, made.content_type, made.base).entries
    assert [author.name for author in entry.authors] == ["Li Lei"]
    assert entry.images == ("https://news.example/1.jpg",)


@pytest.mark.parametrize(
    ("charset", "content_type"),
    [
        ("gbk", "text/html; charset=gbk"),
        ("gbk", "text/html; charset=utf-8"),
        ("gbk", None),
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("utf-8", "text/html; charset=nonsense"),
    ],
)
def test_a_wrong_charset_is_seen_through(charset: str, content_type: str | None) -> None:
    text = "小镇上周五在河上建成了新的大桥，工程历时九年。" * 8
    made = read_article(document(f"<html><body><p>{text}</p></body></html>".encode(charset), content_type))
    assert isinstance(made, Document)
    assert "工程历时九年" in made.body.decode()


def test_a_page_without_an_article_is_rejected_with_the_reason() -> None:
    refused = read_article(document(b"<html><body></body></html>"))
    assert isinstance(refused, Rejected)
    assert (refused.reason, refused.offset, refused.address) == ("no-article", 7, HERE)


def test_what_is_empty_is_not_said() -> None:
    assert msgspec.json.decode(one_article({"id": "1", "title": ""}))["items"] == [{"id": "1"}]
    assert msgspec.json.decode(one_article({"id": "1"}, "en"))["language"] == "en"


def test_articles_of_one_server_are_of_one_feed() -> None:
    assert feed_of_host("https://News.example:8080/1") == "pages:news.example"
