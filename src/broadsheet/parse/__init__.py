"""Bytes of feeds, pages and reading lists to plain values: charsets, repairs, formats, dates."""

from broadsheet.parse.charsets.decode import decode_page
from broadsheet.parse.discover import find_feeds, tells_comments
from broadsheet.parse.feed import parse_feed
from broadsheet.parse.formats.opml import parse_opml, write_opml
from broadsheet.parse.formats.output import feed_json
from broadsheet.parse.formats.postfiles import PostFile, parse_postfile

__all__ = [
    "PostFile",
    "decode_page",
    "feed_json",
    "find_feeds",
    "parse_feed",
    "parse_opml",
    "parse_postfile",
    "tells_comments",
    "write_opml",
]
