from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.decide.asking import may_ask, put_off
from broadsheet.model import Standing

if TYPE_CHECKING:
    from tests.decide.conftest import Poller


def may(poller: "Poller", *, by_hand: bool = False) -> bool:
    return may_ask(poller.feed, poller.now, poller.policy, by_hand=by_hand)


def test_a_feed_never_asked_is_asked_at_once(poller: "Poller") -> None:
    assert may(poller)
    assert may(poller, by_hand=True)


def test_a_feed_is_asked_when_it_is_due_and_not_before(poller: "Poller") -> None:
    poller.read()
    assert not may(poller)
    poller.sleep_until_due()
    assert may(poller)


def test_by_hand_a_feed_is_asked_before_it_is_due_but_not_in_a_hurry(poller: "Poller") -> None:
    poller.read()
    poller.sleep(299)
    assert not may(poller, by_hand=True)
    poller.sleep(1)
    assert may(poller, by_hand=True)


def test_a_throttled_feed_is_not_asked_even_by_hand(poller: "Poller") -> None:
    poller.answer(429, {"retry-after": "86400"})
    poller.sleep(3600)
    assert not may(poller, by_hand=True)
    poller.sleep_until_due()
    assert may(poller, by_hand=True)


@pytest.mark.parametrize(
    ("standing", "by_itself", "by_hand"),
    [("active", True, True), ("paused", False, True), ("gone", False, True), ("imported", False, False)],
)
def test_only_an_active_feed_is_asked_by_itself(
    poller: "Poller", standing: Standing, by_itself: bool, by_hand: bool
) -> None:
    poller.feed = replace(poller.feed, state=replace(poller.state, standing=standing))
    assert may(poller) is by_itself
    assert may(poller, by_hand=True) is by_hand


def test_a_feed_that_waited_into_an_hour_it_skips_is_put_off_to_the_next_open_one(poller: "Poller") -> None:
    feed = replace(poller.feed, state=replace(poller.state, skip_hours=(12, 13), next_due=poller.now))
    late = put_off(feed, poller.now + timedelta(minutes=5))
    assert late is not None
    assert late.state.next_due == poller.now + timedelta(hours=2, minutes=5)
    assert put_off(feed, poller.now - timedelta(minutes=5)) is None
