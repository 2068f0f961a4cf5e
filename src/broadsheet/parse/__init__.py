"""Bytes of feeds and reading lists to plain values: charsets, repairs, formats, dates."""

from broadsheet.parse.feed import parse_feed
from broadsheet.parse.output import feed_json

__all__ = ["feed_json", "parse_feed"]
