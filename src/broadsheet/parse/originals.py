"""An original read again: the one entry that it was kept for."""

from broadsheet.errors import FeedError
from broadsheet.model import Original, ParsedEntry
from broadsheet.parse.feed import parse_feed
from broadsheet.parse.formats.postfiles import parse_postfile


def read_original(original: Original, zone: str | None) -> ParsedEntry | None:
    """Read the entry of an original again, its bare times in `zone` (IANA); None where today's rules find none."""
    try:
        if original.media_type.startswith("text/"):
            return parse_postfile(original.body, original.post_id).entry
        parsed = parse_feed(original.body, original.media_type, original.base_url, zone=zone)
    except FeedError:
        return None
    return parsed.entries[0] if parsed.entries else None
