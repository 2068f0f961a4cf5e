from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.decide import say
from broadsheet.decide.moves import permanent_target

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

NEW = "https://new.example/feed"
CDN = "https://cdn.example/feed"


@pytest.mark.parametrize(
    ("chain", "target"),
    [
        ([], None),
        ([(301, NEW)], NEW),
        ([(308, NEW)], NEW),
        ([(302, NEW)], None),
        ([(303, NEW)], None),
        ([(307, NEW)], None),
        ([(301, CDN), (308, NEW)], NEW),
        ([(301, NEW), (302, CDN)], NEW),
        ([(302, CDN), (301, NEW)], None),
        ([(301, CDN), (301, "https://news.example/feed")], None),
    ],
)
def test_a_move_goes_as_far_as_the_first_temporary_hop(
    poller: "Poller", chain: Sequence[tuple[int, str]], target: str | None
) -> None:
    assert permanent_target(poller.response(200, redirects=chain)) == target


def test_a_move_is_believed_after_agreeing_polls_over_a_day(poller: "Poller") -> None:
    for _ in range(poller.policy.move_polls - 1):
        poller.read(headers={"etag": '"a"'}, redirects=[(301, NEW)])
        assert poller.feed.address == "https://news.example/feed"
        poller.sleep(8 * 3600)
    poller.answer(304, redirects=[(301, NEW)])
    assert poller.feed.address == NEW
    assert poller.feed.id == "feed"
    assert poller.state.move is None
    assert poller.state.validators.etag is None
    assert poller.state.advice
    assert say(poller.state.advice) == f"moved for good from https://news.example/feed to {NEW}"


def test_many_polls_within_a_day_are_not_enough(poller: "Poller") -> None:
    for _ in range(20):
        poller.read(redirects=[(301, NEW)])
        poller.sleep(3600)
    assert poller.feed.address == "https://news.example/feed"


@pytest.mark.parametrize("other", [[], [(302, NEW)], [(301, CDN)]])
def test_a_poll_that_disagrees_starts_the_count_again(poller: "Poller", other: list[tuple[int, str]]) -> None:
    for _ in range(4):
        poller.read(redirects=[(301, NEW)])
        poller.sleep(86_400)
    poller.read(redirects=other)
    poller.sleep(86_400)
    poller.read(redirects=[(301, NEW)])
    assert poller.feed.address == "https://news.example/feed"
    assert poller.state.move is not None
    assert poller.state.move.seen == 1


def test_a_redirect_to_something_that_is_no_feed_never_counts(poller: "Poller") -> None:
    for _ in range(20):
        poller.fail("not-a-feed", 200)
        poller.sleep(86_400)
    assert poller.feed.address == "https://news.example/feed"
    assert poller.state.move is None


def test_where_another_was_asked_in_the_feeds_place_the_feed_has_not_moved(poller: "Poller") -> None:
    answer = poller.response(304, redirects=[(301, NEW)])
    poller.decide(None, replace(answer, address="https://instance.example/route"))
    assert poller.state.move is None
