"""Any bytes are a feed or a FeedError; an entry's original reads as the same entry."""

import sys

import atheris

with atheris.instrument_imports(include=["broadsheet.parse"]):
    from broadsheet.errors import FeedError
    from broadsheet.parse import feed_json, parse_feed

BASE = "https://news.example/feed"


def check(data: bytes) -> None:
    """Hold the promises of `parse_feed`."""
    try:
        parsed = parse_feed(data, None, BASE, originals=True)
    except FeedError:
        return
    feed_json(parsed)
    for entry in parsed.entries[:3]:
        assert entry.original is not None
        again = parse_feed(entry.original, None, BASE, originals=True)
        assert again.entries == (entry,), "the original reads as another entry"


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
