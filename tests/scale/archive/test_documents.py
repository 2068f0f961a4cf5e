"""What a document is, told from what it says of itself."""

import pytest

from broadsheet.scale.archive.documents import MOST, kind_of, too_large


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("text/html; charset=gbk", b"<p>", "page"),
        ("Application/XHTML+XML", b"<html/>", "page"),
        ("text/html", b"\xef\xbb\xbf <rss version='2.0'>", "feed"),
        ("text/html", b"<?xml version='1.0'?>\n<!-- a -->\n<rss>", "feed"),
        ("text/html", b"<?xml version='1.0'?><!DOCTYPE html><html>", "page"),
        ("text/xml", b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "feed"),
        ("application/rss+xml", b"<rss>", "feed"),
        ("text/xml", b"<!DOCTYPE html><html>", "page"),
        ("application/json", b"{}", "feed"),
        (None, b"<?xml version='1.0'?><rss>", "feed"),
        (None, b" {}", "feed"),
        ("text/plain", b"<feed xmlns=''>", "feed"),
        ("", b"<html>", "page"),
        ("", b"words", None),
        ("image/png", b"<html>", None),
    ],
)
def test_the_type_that_a_document_came_with_counts_and_where_there_is_none_its_beginning(
    content_type: str | None, body: bytes, kind: str | None
) -> None:
    assert kind_of(content_type, body) == kind


def test_what_is_too_large_says_how_large_it_is_where_that_is_known() -> None:
    assert str(2**31) in too_large("a.warc.gz", 7, "https://news.example/", 2**31).cause
    assert str(MOST) in too_large("a.warc.gz", 7, None, None).cause
