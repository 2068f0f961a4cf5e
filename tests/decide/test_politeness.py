"""The promises to a server's owner, one by one, under a virtual clock."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.decide import Policy
from broadsheet.model import Notice, ParsedEntry, ParsedFeed, Validators

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENTRY = ParsedEntry(id="1", title="标题", content="正文")
HOUR = 3600
DAY = 24 * HOUR
ETAG = {"etag": '"a"'}
RSS = ParsedFeed(format="rss-2.0")


@pytest.mark.parametrize(
    ("headers", "validators"),
    [
        (
            {"etag": 'W/"a  b"', "last-modified": "Mon,  23 Nov 2026 12:00:00 +0800"},
            Validators(etag='W/"a  b"', last_modified="Mon,  23 Nov 2026 12:00:00 +0800"),
        ),
        ({"etag": "no-quotes"}, Validators(etag="no-quotes")),
        ({"last-modified": "0"}, Validators(last_modified="0")),
        ({}, Validators()),
    ],
)
def test_01_validators_are_kept_as_they_came(
    poller: "Poller", headers: dict[str, str], validators: Validators
) -> None:
    poller.read(ENTRY, headers=headers)
    assert poller.state.validators == validators


@pytest.mark.parametrize(("headers", "floor_s"), [({"etag": '"a"'}, HOUR), ({"last-modified": "0"}, HOUR), ({}, DAY)])
def test_02_without_any_validator_a_feed_is_asked_once_a_day(
    poller: "Poller", headers: dict[str, str], floor_s: int
) -> None:
    poller.read(ENTRY, headers=headers)
    assert poller.wait_s == floor_s


def test_02_unless_the_user_wants_it_otherwise(poller: "Poller") -> None:
    poller.policy = Policy(blind_s=900, floor_s=900, jitter=0)
    poller.read(ENTRY)
    assert poller.wait_s == 900


@pytest.mark.parametrize(
    ("headers", "validators"),
    [
        ({}, Validators(etag='"a"', last_modified="monday")),
        ({"last-modified": "tuesday"}, Validators(etag='"a"', last_modified="tuesday")),
        ({"etag": '"b"'}, Validators(etag='"b"', last_modified="monday")),
    ],
)
def test_03_a_304_replaces_only_what_it_brings(
    poller: "Poller", headers: dict[str, str], validators: Validators
) -> None:
    poller.read(ENTRY, headers={"etag": '"a"', "last-modified": "monday"})
    known = dict(poller.known)
    poller.sleep_until_due()
    update = poller.answer(304, headers, b"a body that a 304 may not have")
    assert (update.outcome, update.choices) == ("not-modified", ())
    assert poller.state.validators == validators
    assert poller.known == known
    assert poller.wait_s >= HOUR


def test_04_a_200_replaces_both_validators(poller: "Poller") -> None:
    poller.read(ENTRY, headers={"etag": '"a"', "last-modified": "monday"})
    poller.read(ENTRY, headers={"etag": '"b"'})
    assert poller.state.validators == Validators(etag='"b"')


def test_04_a_challenge_page_saves_no_validators(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG)
    poller.fail("not-a-feed", 200)
    assert poller.state.validators == Validators(etag='"a"')


def test_05_a_moved_feed_takes_no_validators_along(poller: "Poller") -> None:
    for _ in range(5):
        poller.read(ENTRY, headers=ETAG, redirects=[(301, "https://new.example/")])
        poller.sleep(DAY)
    assert poller.feed.address == "https://new.example/"
    assert poller.state.validators == Validators()


def test_06_no_validator_is_ever_made_up(poller: "Poller") -> None:
    poller.read(replace(ENTRY, published=poller.now, updated=poller.now), headers={"date": "Mon, 23 Nov 2026"})
    poller.answer(304)
    assert poller.state.validators == Validators()


@pytest.mark.parametrize("seconds", [0, 60, 900, 3599])
def test_09_nothing_the_server_says_brings_polls_under_the_floor(poller: "Poller", seconds: int) -> None:
    busy = tuple(replace(ENTRY, id=str(n), published=poller.now - timedelta(minutes=n)) for n in range(10))
    poller.read(*busy, headers=ETAG | {"cache-control": f"max-age={seconds}"}, parsed=replace(RSS, ttl_minutes=1))
    assert poller.wait_s == HOUR
    assert poller.state.due_reason == "no feed is asked more often than every 1 h"


def test_09_the_wait_counts_from_the_end_of_the_answer(poller: "Poller") -> None:
    answer = poller.response(200, ETAG)
    late = replace(answer, received_at=poller.now + timedelta(seconds=50))
    poller.decide(RSS, late)
    assert poller.state.next_due == late.received_at + timedelta(hours=1)


def test_09_hours_do_not_drift_below_the_hour(scattered: "Poller") -> None:
    scattered.read(ENTRY, headers=ETAG)
    for _ in range(50):
        before = scattered.now
        scattered.sleep_until_due()
        assert (scattered.now - before).total_seconds() >= HOUR
        scattered.answer(304)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "max-age=7200"}, 7200),
        ({"cache-control": "max-age=7200", "age": "1000"}, 6200),
        ({"cache-control": "no-cache, max-age=7200"}, HOUR),
        ({"cache-control": "max-age=forever"}, HOUR),
        ({"cache-control": "max-age=315360000"}, 7 * DAY),
        ({"expires": "Sat, 23 Nov 2024 14:00:00 GMT", "date": "Sat, 23 Nov 2024 12:00:00 GMT"}, 7200),
    ],
)
def test_10_a_fresh_answer_is_not_asked_for_again(poller: "Poller", headers: dict[str, str], seconds: int) -> None:
    poller.read(ENTRY, headers=ETAG | headers)
    assert poller.wait_s == seconds
    poller.answer(304, headers)
    assert poller.wait_s == seconds


def test_10_the_longest_of_all_wishes_counts_and_is_said(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG | {"cache-control": "max-age=7200"}, parsed=replace(RSS, ttl_minutes=180))
    assert (poller.wait_s, poller.state.due_reason) == (3 * HOUR, "the feed asks for 3 h between polls")
    poller.read(ENTRY, headers=ETAG | {"cache-control": "max-age=7200"}, parsed=replace(RSS, ttl_minutes=60))
    assert (poller.wait_s, poller.state.due_reason) == (2 * HOUR, "the server calls its answer fresh for 2 h")


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("86400", DAY),
        ("Tue, 24 Nov 2026 12:00:00 GMT", DAY),
        ("0", HOUR),
        ("-10", HOUR),
        ("soon", HOUR),
        (None, HOUR),
        ("315360000", 14 * DAY),
        ("Mon, 23 Nov 2036 12:00:00 GMT", 14 * DAY),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_11_retry_after_is_obeyed(poller: "Poller", status: int, retry_after: str | None, seconds: int) -> None:
    poller.answer(status, {} if retry_after is None else {"retry-after": retry_after})
    assert poller.wait_s == seconds


def test_11_throttled_again_the_feed_waits_longer_and_asks_with_its_validators(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG)
    waits = []
    for _ in range(4):
        poller.answer(429, {"retry-after": "60"})
        waits.append(poller.wait_s)
        poller.sleep_until_due()
    assert waits == [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR]
    assert poller.state.validators == Validators(etag='"a"')
    assert poller.state.advice is not None


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 530, None])
def test_12_a_failing_address_backs_off(poller: "Poller", status: int | None) -> None:
    waits = []
    for _ in range(9):
        poller.fail("timeout") if status is None else poller.answer(status)
        waits.append(poller.wait_s / HOUR)
        poller.sleep_until_due()
    assert waits == [1, 2, 4, 8, 16, 32, 48, 48, 48]


def test_12_a_feed_that_failed_for_years_still_has_a_due_time(poller: "Poller") -> None:
    poller.feed = replace(poller.feed, state=replace(poller.state, failures=100_000))
    poller.fail("dns")
    assert poller.wait_s == 2 * DAY


@pytest.mark.parametrize(
    ("status", "headers"),
    [(401, {}), (403, {}), (451, {}), (403, {"retry-after": "60"}), (503, {"cf-mitigated": "challenge"})],
)
def test_13_a_refusal_is_a_throttle(poller: "Poller", status: int, headers: dict[str, str]) -> None:
    for _ in range(3):
        poller.answer(status, headers)
        assert poller.wait_s == DAY
        poller.sleep_until_due()
    assert poller.state.standing == "active"


def test_14_a_feed_not_found_is_asked_once_a_week(poller: "Poller") -> None:
    waits = []
    for _ in range(7):
        poller.answer(404)
        waits.append(poller.wait_s / HOUR)
        poller.sleep_until_due()
    assert waits == [1, 2, 4, 8, 168, 168, 168]
    assert poller.state.standing == "active"
    assert poller.state.advice is not None


def test_14_a_feed_not_found_for_months_is_left_alone_until_somebody_asks(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG)
    known = dict(poller.known)
    for _ in range(17):
        poller.answer(404)
        poller.sleep_until_due()
    assert poller.now - START > timedelta(days=90)
    poller.answer(404)
    assert (poller.state.standing, poller.state.next_due) == ("gone", None)
    assert poller.state.advice == Notice(code="lost")
    assert poller.known == known
    poller.read(ENTRY, headers=ETAG)
    assert poller.state.standing == "active"
    assert poller.state.next_due is not None


def test_14_a_feed_that_is_gone_is_not_asked_again(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG)
    known = dict(poller.known)
    poller.answer(410)
    assert (poller.state.standing, poller.state.next_due) == ("gone", None)
    assert poller.state.advice is not None
    assert poller.known == known


def test_14_a_feed_that_was_gone_comes_back_by_hand(poller: "Poller") -> None:
    poller.answer(410)
    poller.read(ENTRY, headers=ETAG)
    assert poller.state.standing == "active"
    assert (poller.wait_s, poller.state.advice) == (HOUR, None)


def test_16_a_new_address_in_the_document_is_only_advice(poller: "Poller") -> None:
    parsed = replace(RSS, new_address="https://new.example/", self_link="https://self.example/")
    for _ in range(20):
        poller.read(ENTRY, headers=ETAG, parsed=parsed)
        poller.sleep(DAY)
        poller.answer(304)
    assert poller.feed.address == "https://news.example/feed"
    assert poller.state.advice == Notice(code="new-address", values={"now": "https://new.example/"})


def test_20_an_etag_that_always_changes_makes_no_news(poller: "Poller") -> None:
    poller.decide(replace(RSS, entries=(ENTRY,)), poller.response(200, {"etag": '"1"'}, b"<rss/>"))
    update = poller.answer(200, {"etag": '"2"', "last-modified": "now"}, b"<rss/>")
    assert (update.outcome, update.choices) == ("unchanged", ())


def test_20_a_document_that_only_changes_its_own_date_makes_no_news(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG)
    assert poller.read(ENTRY, headers=ETAG, parsed=replace(RSS, updated=poller.now)).outcome == "unchanged"


def test_21_a_delta_is_merged_and_never_taken_for_the_whole_list(poller: "Poller") -> None:
    poller.read(ENTRY, replace(ENTRY, id="2", title="第二"), headers=ETAG)
    delta = replace(RSS, entries=(replace(ENTRY, id="3", title="第三"),))
    update = poller.decide(delta, poller.response(226, {"etag": '"b"', "im": "feed"}, b"a delta"))
    assert [choice.entry_id for choice in update.choices] == ["3"]
    assert set(poller.known) == {"1", "2", "3"}
    assert poller.state.failures == 0


@pytest.mark.parametrize(
    ("parsed", "seconds"),
    [
        (replace(RSS, ttl_minutes=240), 4 * HOUR),
        (replace(RSS, ttl_minutes=525_600), 7 * DAY),
        (replace(RSS, skip_hours=(13,)), 2 * HOUR),
        (replace(RSS, skip_days=("Monday",)), 12 * HOUR),
    ],
)
def test_22_what_the_document_asks_for_is_honoured_also_after_a_304(
    poller: "Poller", parsed: ParsedFeed, seconds: int
) -> None:
    poller.read(ENTRY, headers=ETAG, parsed=parsed)
    assert poller.wait_s == seconds
    poller.answer(304)
    assert poller.wait_s == seconds


def test_25_an_entry_from_the_future_does_not_postpone_polling(poller: "Poller") -> None:
    tomorrow = tuple(replace(ENTRY, id=str(n), published=poller.now + timedelta(days=n)) for n in range(1, 9))
    poller.read(*tomorrow, headers=ETAG)
    assert poller.wait_s == HOUR


def test_25_a_clock_set_back_does_not_bring_the_next_poll_forward(poller: "Poller") -> None:
    poller.read(ENTRY, headers=ETAG)
    due = poller.state.next_due
    poller.sleep(-HOUR)
    poller.answer(304)
    assert poller.state.next_due == due


def test_25_a_clock_that_was_years_ahead_does_not_stop_polling(poller: "Poller") -> None:
    poller.sleep(1000 * DAY)
    poller.read(ENTRY, headers=ETAG)
    poller.sleep(-1000 * DAY)
    poller.answer(304)
    assert poller.wait_s <= DAY
