"""The door: formats, what came instead of a feed, and that no bytes make it raise anything else."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import BroadsheetError, FeedError
from broadsheet.parse import parse_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><link>https://example.org/</link>
<item><title>One</title><link>https://example.org/1</link><guid isPermaLink="false">urn:1</guid>
<pubDate>Mon, 23 Nov 2026 14:05:00 +0800</pubDate><description>&lt;p&gt;Text&lt;/p&gt;</description></item>
</channel></rss>"""


def test_an_rss_entry_is_read_whole() -> None:
    feed = parse_feed(RSS)
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.link) == ("rss-2.0", "Paper", "https://example.org/")
    assert (entry.id, entry.link, entry.title) == ("urn:1", "https://example.org/1", "One")
    assert entry.published == datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    assert (entry.summary, entry.summary_type) == ("<p>Text</p>", "html")
    assert feed.repairs == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html><body>Hi</body></html>", "html"),
        (b"<html><p>unclosed<br></html>", "html"),
        (b"Not found", "not-a-feed"),
        (b"<opml/>", "not-a-feed"),
        (b'{"a": 1}', "not-a-feed"),
        (b"<<<", "not-a-feed"),
        (b'{"items":' + b"[" * 100_000, "too-deep"),
        (b'{"raw":"\n","items":' + b"[" * 100_000, "too-deep"),
        (b'{"items":[} ', "not-a-feed"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(body)
    assert caught.value.reason == reason


@settings(max_examples=150)
@given(st.binary(max_size=400) | st.text(alphabet="<>/&;![]CDATA rsfeditmn\"'=:x中", max_size=300).map(str.encode))
def test_no_bytes_raise_anything_but_our_own_error(body: bytes) -> None:
    for prefix in (b"", b"<rss><channel><item>", b'{"items":['):
        try:
            parse_feed(prefix + body, originals=True)
        except BroadsheetError:
            continue
