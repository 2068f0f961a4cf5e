"""A feed that calls its local time UTC is found out by when its entries appear, and by nothing else."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from broadsheet.decide.clock import put_right
from broadsheet.model import Clock, ParsedEntry, ParsedFeed, Update

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

HOUR = timedelta(hours=1)
BEIJING, LONDON, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin")
SUMMER = datetime(2026, 6, 1, tzinfo=UTC)
Stamp = Callable[[datetime], datetime]
NUMBERS = count(1)


def true(moment: datetime) -> datetime:
    return moment


def local(zone: ZoneInfo) -> Stamp:
    """The stamps of a server that writes the time of its zone and calls it UTC."""
    return lambda moment: moment.astimezone(zone).replace(tzinfo=UTC)


def ahead(hours: float) -> Stamp:
    """The stamps of a clock that is fast."""
    return lambda moment: moment + timedelta(hours=hours)


def entry(stamp: datetime | None) -> ParsedEntry:
    number = next(NUMBERS)
    return ParsedEntry(id=str(number), title=f"第{number}条", link=f"https://news.example/{number}", published=stamp)


def live(
    poller: "Poller",
    polls: int,
    stamp: Stamp,
    *,
    every: timedelta = HOUR,
    ages: Iterable[int] = (5, 25),
    language: str | None = "zh-CN",
) -> list[Update]:
    """Poll a feed whose entries appeared so many minutes before each poll, stamped by `stamp`."""
    updates = []
    for _ in range(polls):
        poller.now += every
        entries = [entry(stamp(poller.now - timedelta(minutes=age))) for age in ages]
        updates.append(poller.read(*entries, parsed=ParsedFeed(format="rss-2.0", language=language)))
    return updates


def errors(poller: "Poller", updates: Iterable[Update]) -> set[timedelta]:
    """By how much the dates given to the newest entries differ from the moments of their polls, in whole hours."""
    return {
        timedelta(hours=round((update.choices[0].published - (update.feed.state.last_polled or poller.now)) / HOUR))
        for update in updates
    }


def test_a_feed_that_calls_beijing_time_gmt_is_put_right(poller: "Poller") -> None:
    updates = live(poller, 6, local(BEIJING))
    assert errors(poller, updates[:2]) == {8 * HOUR}
    assert errors(poller, updates[2:]) == {0 * HOUR}
    assert poller.state.clock == Clock(ahead_s=28_800, zone="Asia/Shanghai", since=poller.now - 5 * HOUR)
    assert [bool(update.clock) for update in updates] == [False, False, True, False, False, False]


def test_identity_follows_the_date_that_is_meant_and_what_is_known_keeps_its_own(poller: "Poller") -> None:
    poller.now = datetime(2026, 11, 23, 14, tzinfo=UTC)
    first, *_ = live(poller, 4, local(BEIJING))
    (wrong, _) = first.choices
    (right, *_) = live(poller, 1, local(BEIJING))[0].choices
    assert (wrong.post_id[:8], right.post_id[:8]) == ("20261123", "20261123")
    edited = replace(wrong.entry, title="改过的标题")
    (again,) = poller.read(edited, parsed=ParsedFeed(format="rss-2.0", language="zh")).choices
    assert (again.post_id, again.reason) == (wrong.post_id, "edited: title")
    assert again.published == wrong.published - 8 * HOUR


def test_the_rhythm_is_that_of_the_true_dates(poller: "Poller") -> None:
    live(poller, 2, local(BEIJING))
    assert poller.state.interval_s is None
    live(poller, 1, local(BEIJING))
    assert poller.state.interval_s == 3600


@pytest.mark.parametrize("every", [HOUR, 4 * HOUR, timedelta(hours=24)])
def test_an_ordinary_feed_is_left_alone(poller: "Poller", every: timedelta) -> None:
    updates = live(poller, 20, true, every=every)
    assert poller.state.clock is None
    assert errors(poller, updates) == {0 * HOUR}


def test_entries_without_a_date_and_polls_without_entries_say_nothing(poller: "Poller") -> None:
    for _ in range(5):
        poller.now += HOUR
        poller.read(entry(None))
        poller.answer(304)
    assert (poller.state.lead, poller.state.clock) == (None, None)


def test_a_post_scheduled_once_changes_nothing(poller: "Poller") -> None:
    live(poller, 5, true)
    (update,) = live(poller, 1, ahead(8))
    live(poller, 5, true)
    assert poller.state.clock is None
    assert errors(poller, [update]) == {8 * HOUR}


def test_an_embargoed_feed_is_ahead_by_another_time_each_time(poller: "Poller") -> None:
    for hours in (8, 3, 11, 8, 26, 5, 8, 1, 14, 8, 7.9, 2):
        live(poller, 1, ahead(hours), ages=(5,))
    assert poller.state.clock is None


def test_stamps_of_midnight_to_come_are_no_zone(poller: "Poller") -> None:
    live(poller, 40, lambda moment: moment.replace(hour=0) + timedelta(days=1), every=5 * HOUR)
    assert poller.state.clock is None


def test_a_mixed_feed_is_left_alone(poller: "Poller") -> None:
    for _ in range(10):
        poller.now += HOUR
        poller.read(
            entry(poller.now + 8 * HOUR - timedelta(minutes=5)),
            entry(poller.now - timedelta(minutes=9)),
            parsed=ParsedFeed(format="rss-2.0", language="zh"),
        )
    assert poller.state.clock is None


def test_a_server_whose_clock_is_a_little_fast_is_no_zone(poller: "Poller") -> None:
    live(poller, 60, ahead(40 / 60))
    live(poller, 60, ahead(1 / 3), language="en-GB")
    assert poller.state.clock is None


def test_british_summer_time_called_gmt_is_put_right_and_ends_by_itself(poller: "Poller") -> None:
    poller.now = SUMMER
    updates = live(poller, 4, local(LONDON), language="en-GB")
    assert poller.state.clock == Clock(ahead_s=3600, zone="Europe/London", since=SUMMER + HOUR)
    assert errors(poller, updates[2:]) == {0 * HOUR}
    poller.now = datetime(2026, 12, 1, tzinfo=UTC)
    assert errors(poller, live(poller, 5, local(LONDON), language="en-GB")) == {0 * HOUR}


def test_an_english_feed_of_no_country_is_put_right_after_a_day(poller: "Poller") -> None:
    updates = live(poller, 30, ahead(1), language="en")
    found = [update for update in updates if update.clock]
    assert len(found) == 1
    assert poller.state.clock == Clock(ahead_s=3600, since=poller.now - 29 * HOUR)
    assert errors(poller, updates[-4:]) == {0 * HOUR}


def test_daylight_saving_time_is_that_of_each_date(poller: "Poller") -> None:
    poller.now = SUMMER
    live(poller, 4, local(BERLIN), language="de")
    old = entry(local(BERLIN)(datetime(2026, 1, 15, 12, tzinfo=UTC)))
    (update,) = (poller.read(old, parsed=ParsedFeed(format="rss-2.0", language="de")),)
    assert update.choices[0].published == datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("every", [HOUR, 3 * HOUR])
def test_a_server_that_was_mended_is_believed_at_once_and_doubted_afterwards(
    poller: "Poller", every: timedelta
) -> None:
    clocks = [live(poller, 5, local(BEIJING), every=every)[-1].feed.state.clock]
    updates = live(poller, 6, true, every=every)
    assert errors(poller, updates) == {0 * HOUR}
    clocks += [update.feed.state.clock for update in live(poller, 7, local(BEIJING), every=every)[4::2]]
    assert [clock and clock.zone for clock in clocks] == ["Asia/Shanghai", None, "Asia/Shanghai"]


def test_entries_added_late_or_scheduled_do_not_deny_what_is_known(poller: "Poller") -> None:
    live(poller, 4, local(BEIJING))
    poller.read(entry(poller.now - timedelta(days=3)))
    poller.read(entry(poller.now + timedelta(hours=30)))
    assert poller.state.clock


def test_after_a_failure_nobody_knows_when_an_entry_appeared(poller: "Poller") -> None:
    live(poller, 4, local(BEIJING))
    poller.fail("timeout")
    live(poller, 1, true)
    after_failure = poller.state.clock
    live(poller, 1, true)
    assert (after_failure is None, poller.state.clock is None) == (False, True)


@pytest.mark.parametrize(
    ("address", "link", "language", "zone", "found"),
    [
        ("https://news.example/feed", None, "zh-Hant-TW", None, "Asia/Taipei"),
        ("https://news.example/feed", "https://news.example.jp/", None, None, "Asia/Tokyo"),
        ("https://news.example.cn/feed", None, "en", None, "Asia/Shanghai"),
        ("https://news.example/feed", "http://[", None, "Asia/Tokyo", "Asia/Tokyo"),
        ("https://news.example/feed", None, None, "No/Such", None),
        ("https://news.example/feed", None, None, "America/New_York", None),
        ("https://news.example/feed", None, None, None, None),
    ],
)
def test_a_feed_is_at_home_where_its_owner_language_or_domain_says(
    poller: "Poller", address: str, link: str | None, language: str | None, zone: str | None, found: str | None
) -> None:
    poller.feed = replace(poller.feed, address=address, link=link, zone=zone)
    home = ZoneInfo(found or "Asia/Tokyo")
    live(poller, 4, local(home), language=language)
    assert (poller.state.clock and poller.state.clock.zone) == found


def test_a_difference_that_no_zone_has_is_never_found(poller: "Poller") -> None:
    live(poller, 60, ahead(4.3), language=None)
    assert poller.state.clock is None


def test_all_dates_of_an_entry_are_put_right() -> None:
    clock = Clock(ahead_s=28_800, since=SUMMER)
    late = SUMMER + 8 * HOUR
    assert put_right(ParsedEntry(published=late, updated=late), clock) == ParsedEntry(
        published=SUMMER, updated=SUMMER
    )
    assert put_right(ParsedEntry(), clock) == ParsedEntry()


def test_one_true_stamp_among_others_of_the_future_was_added_late(poller: "Poller") -> None:
    live(poller, 4, local(BEIJING))
    poller.now += HOUR
    poller.read(entry(poller.now - timedelta(minutes=9)), entry(poller.now + 8 * HOUR - timedelta(minutes=5)))
    assert poller.state.clock


def test_a_feed_made_some_time_after_its_entries_denies_nothing(poller: "Poller") -> None:
    live(poller, 30, ahead(1), language="en", ages=(8,))
    live(poller, 20, ahead(1), language="en", ages=(70, 85))
    assert poller.state.clock


def test_a_feed_of_two_sources_is_doubted_more_each_time_they_disagree(poller: "Poller") -> None:
    for turn in range(30):
        live(poller, 1, true if turn % 4 == 3 else local(BEIJING), ages=(5,))
    found = live(poller, 12, local(BEIJING), ages=(5,))
    assert [bool(update.feed.state.clock) for update in found].count(True) == 0
    assert poller.state.lead is not None
    assert poller.state.lead.doubts > 3
