"""What holds for every document and every header."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.decide import Policy, decide_update
from broadsheet.model import Feed, FeedState, Known, KnownEntry, ParsedEntry, ParsedFeed, Response, Update

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = Feed(id="feed", address="https://news.example/feed", added_at=NOON)

words = st.none() | st.sampled_from(["甲", "乙", "https://news.example/1", "https://news.example/2"])
moments = st.none() | st.integers(-100, 100).map(lambda hours: NOON + timedelta(hours=hours))
entries = st.builds(ParsedEntry, id=words, link=words, title=words, content=words, published=moments)
documents = st.lists(entries, max_size=8).map(tuple)
delays = st.sampled_from(
    ["", "0", "-1", "60", "86400", "9" * 30, "soon", "Mon, 23 Nov 2026 13:00:00 GMT", "max-age=9"]
)
headers = st.dictionaries(st.sampled_from(["etag", "age", "expires", "date", "cache-control", "retry-after"]), delays)


def poll(known: Known, document: tuple[ParsedEntry, ...], at: datetime = NOON) -> Update:
    body = repr(document).encode()
    response = Response(address=FEED.address, final_address=FEED.address, status=200, body=body, received_at=at)
    return decide_update(known, ParsedFeed(format="rss-2.0", entries=document), response, at)


def after(known: Known, update: Update) -> Known:
    held = {entry.entry_id: entry for entry in known.entries}
    held |= {one.entry_id: KnownEntry(one.entry_id, one.post_id, one.entry_digest) for one in update.choices}
    return Known(feed=update.feed, entries=tuple(held.values()))


@settings(max_examples=150)
@given(documents)
def test_a_document_read_twice_brings_nothing_the_second_time(document: tuple[ParsedEntry, ...]) -> None:
    first = poll(Known(feed=FEED), document)
    second = poll(after(Known(feed=FEED), first), document, NOON + timedelta(days=9))
    assert second.choices == ()
    assert second.unchanged == len(first.choices)


@settings(max_examples=150)
@given(documents, documents)
def test_no_entry_is_decided_twice_and_no_post_takes_two(
    old: tuple[ParsedEntry, ...], new: tuple[ParsedEntry, ...]
) -> None:
    known = after(Known(feed=FEED), poll(Known(feed=FEED), old))
    update = poll(known, new)
    names = [choice.entry_id for choice in update.choices]
    posts = [choice.post_id for choice in update.choices]
    assert len(set(names)) == len(names)
    assert len(set(posts)) == len(posts)
    assert {
        choice.reason for choice in update.choices if choice.entry_id not in {e.entry_id for e in known.entries}
    } <= {"new"}


@settings(max_examples=150)
@given(st.sampled_from([200, 304, 403, 404, 429, 500, 503]), headers, st.integers(0, 50), st.integers(-99, 99))
def test_a_feed_is_always_due_again_within_bounds_unless_it_is_lost(
    status: int, said: dict[str, str], failures: int, last_polled_h: int
) -> None:
    state = FeedState(failures=failures, last_polled=NOON + timedelta(hours=last_polled_h))
    response = Response(
        address=FEED.address, final_address=FEED.address, status=status, headers=said, received_at=NOON
    )
    known = Known(feed=replace(FEED, state=state))
    after_poll = decide_update(known, ParsedFeed(format="rss-2.0"), response, NOON).feed.state
    due = after_poll.next_due
    lost = status == 404 and failures + 1 >= Policy().lost_polls
    assert (after_poll.standing == "gone", due is None) == (lost, lost)
    assert due is None or timedelta(hours=1) <= due - NOON <= timedelta(days=16)
