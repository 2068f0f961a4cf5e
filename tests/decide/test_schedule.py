from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.decide.schedule import past_skipped, rhythm_s, span
from broadsheet.model import ParsedEntry, ParsedFeed, Policy

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = 3600
DAY = 24 * HOUR
ETAG = {"etag": '"a"'}


def dated(*hours_ago: float) -> tuple[ParsedEntry, ...]:
    return tuple(ParsedEntry(id=str(ago), title="标题", published=NOON - timedelta(hours=ago)) for ago in hours_ago)


@pytest.mark.parametrize(
    ("hours_ago", "seconds"),
    [
        ((), None),
        ((1,), None),
        ((0, 0, 0), HOUR),
        ((0, 1, 2, 3), HOUR),
        ((0, 24, 48, 72), 6 * HOUR),
        ((0, 8, 16, 24), 2 * HOUR),
        ((12, 13, 14), 3 * HOUR),
        ((900, 901), DAY),
        ((0, 1, *(range(1000, 1010))), 24 * HOUR),
        ((-30, 0, 24), 6 * HOUR),
        ((-30, -20), None),
    ],
)
def test_a_rhythm_is_a_quarter_of_the_gap_between_dates(hours_ago: tuple[float, ...], seconds: int | None) -> None:
    assert rhythm_s(dated(*hours_ago), NOON, Policy()) == seconds


def test_a_rhythm_reads_updates_where_nothing_is_published() -> None:
    entries = tuple(replace(entry, published=None, updated=entry.published) for entry in dated(0, 24))
    assert rhythm_s(entries, NOON, Policy()) == 6 * HOUR


def test_a_feed_that_falls_silent_is_asked_less_and_less(poller: "Poller") -> None:
    poller.read(*dated(0, 1, 2), headers=ETAG)
    waits = []
    for _ in range(30):
        waits.append(poller.wait_s)
        poller.sleep_until_due()
        poller.answer(304)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (HOUR, DAY)
    assert poller.state.due_reason == "this is its own rhythm"


def test_news_brings_a_silent_feed_back(poller: "Poller") -> None:
    poller.read(*dated(0, 1, 2), headers=ETAG)
    poller.sleep(30 * DAY)
    poller.answer(304)
    assert poller.wait_s == DAY
    poller.read(ParsedEntry(id="news", title="新闻"), headers=ETAG)
    assert poller.wait_s == HOUR


def test_an_empty_feed_is_not_asked_every_hour_for_ever(poller: "Poller") -> None:
    for _ in range(20):
        poller.read(headers=ETAG)
        poller.sleep_until_due()
    assert poller.read(headers=ETAG).outcome == "unchanged"
    assert poller.wait_s == DAY


@pytest.mark.parametrize(
    ("due", "hours", "days", "moved"),
    [
        (NOON, (), (), NOON),
        (NOON, (11, 13), (), NOON),
        (NOON, (12, 13), (), NOON + timedelta(hours=2)),
        (NOON, (), ("Monday",), NOON + timedelta(hours=12)),
        (NOON, (0,), ("monday",), NOON + timedelta(hours=13)),
        (NOON + timedelta(minutes=7), (12,), (), NOON + timedelta(hours=1, minutes=7)),
        (NOON, tuple(range(24)), (), NOON),
        (NOON, (99,), ("Someday",), NOON),
    ],
)
def test_skipped_hours_and_days_move_a_poll_on(
    due: datetime, hours: tuple[int, ...], days: tuple[str, ...], moved: datetime
) -> None:
    assert past_skipped(due, hours, days) == moved


def test_skipped_hours_outlive_a_304_and_are_said(poller: "Poller") -> None:
    poller.read(headers=ETAG, parsed=ParsedFeed(format="rss-2.0", skip_hours=(13, 14), skip_days=("Tuesday",)))
    assert poller.wait_s == 3 * HOUR
    assert poller.state.due_reason is not None
    assert poller.state.due_reason.endswith("and the feed skips the hours or days after that")
    poller.answer(304)
    assert poller.wait_s == 3 * HOUR


def test_scatter_is_only_ever_later_and_spreads_feeds(scattered: "Poller") -> None:
    dues = set()
    for number in range(200):
        scattered.feed = replace(scattered.feed, id=str(number))
        scattered.read(headers=ETAG)
        dues.add(scattered.wait_s)
    assert len(dues) > 100
    assert min(dues) >= HOUR
    assert max(dues) <= 1.1 * HOUR


def test_scatter_of_a_long_wait_is_at_most_an_hour(scattered: "Poller") -> None:
    scattered.read(headers=ETAG | {"cache-control": "max-age=604800"})
    assert 7 * DAY <= scattered.wait_s <= 7 * DAY + HOUR


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "5 s"),
        (60, "1 min"),
        (90, "90 s"),
        (5400, "90 min"),
        (3600, "1 h"),
        (7200, "2 h"),
        (604_800, "7 d"),
        (315_360_000, "3650 d"),
        (10_000, "2.8 h"),
    ],
)
def test_a_span_is_said_in_the_unit_that_suits_it(seconds: float, said: str) -> None:
    assert span(seconds) == said
