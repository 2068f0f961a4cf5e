"""Originals are read again."""

from datetime import UTC, datetime

import pytest

from broadsheet.model import Original
from broadsheet.parse.originals import read_original

RSS = '<rss version="2.0"><channel><title>f</title>{}</channel></rss>'


def original(body: str, media_type: str) -> Original:
    return Original(
        post_id="p",
        feed_id="f",
        entry_id="e",
        number=1,
        seen_at=datetime(2026, 11, 22, tzinfo=UTC),
        reason="new",
        body=body.encode(),
        media_type=media_type,
        base_url=None,
    )


@pytest.mark.parametrize(
    ("body", "media_type", "title"),
    [
        (RSS.format("<item><title>甲</title></item>"), "application/xml", "甲"),
        ("---\ntitle: 乙\n---\n<p>x</p>", "text/markdown", "乙"),
        (RSS.format(""), "application/xml", None),
        ("nothing", "application/xml", None),
        ("nothing", "text/markdown", None),
    ],
)
def test_the_entry_of_an_original_is_found_or_none(body: str, media_type: str, title: str | None) -> None:
    entry = read_original(original(body, media_type), None)
    assert (entry.title if entry else None) == title


def test_bare_times_are_of_the_zone_of_the_feed() -> None:
    body = RSS.format("<item><title>x</title><pubDate>2026-11-22 08:00:00</pubDate></item>")
    entry = read_original(original(body, "application/xml"), "Asia/Shanghai")
    assert entry is not None
    assert entry.published == datetime(2026, 11, 22, tzinfo=UTC)
