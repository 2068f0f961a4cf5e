"""Originals read again: feeds' and post files', with dates put right."""

from datetime import timedelta

from msgspec.structs import replace
from tests.pipeline.outlet import START, rss

from broadsheet.model import Clock, Feed, FeedState, Original
from broadsheet.pipeline.workers.originals import entry_again, remake_from

FEED = Feed(id="a", address="https://paper.example/feed", added_at=START)
ORIGINAL = Original(
    post_id="20261123-0000000000",
    feed_id="a",
    entry_id="甲",
    number=1,
    seen_at=START,
    reason="new",
    body=rss(("甲", "一")).encode(),
    media_type="application/xml",
    base_url=None,
)


def test_an_original_is_read_and_kept_as_it_is() -> None:
    entry = entry_again(ORIGINAL, FEED)
    assert entry is not None
    made = remake_from(entry, ORIGINAL)
    assert (made.post_id, made.entry_id, made.reason, made.original) == (
        ORIGINAL.post_id,
        "甲",
        "new",
        ORIGINAL.body,
    )


def test_a_post_file_is_read() -> None:
    file = replace(ORIGINAL, body="---\ntitle: 乙\n---\n\n<p>二</p>\n".encode(), media_type="text/html")
    entry = entry_again(file, FEED)
    assert entry is not None
    assert entry.title == "乙"


def test_what_is_no_original_has_no_entry() -> None:
    assert entry_again(replace(ORIGINAL, body=b"nothing"), FEED) is None
    assert entry_again(replace(ORIGINAL, body=rss().encode()), FEED) is None


def test_the_clock_of_a_feed_puts_dates_right() -> None:
    clock = Clock(ahead_s=3600, since=START)
    wrong = replace(FEED, state=FeedState(clock=clock))
    before, after = entry_again(ORIGINAL, FEED), entry_again(ORIGINAL, wrong)
    assert before is not None
    assert before.published is not None
    assert after is not None
    assert after.published == before.published - timedelta(hours=1)
