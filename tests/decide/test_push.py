"""Hubs: asked when it is time, believed while they tell, dropped to polling where they do not."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from broadsheet.decide import Policy, decide_update, when_told, wishes
from broadsheet.decide.push import HEARD_WITHIN, RETRY, hubs_of, tells, topic_of
from broadsheet.model import Failure, Feed, FeedState, Known, ParsedEntry, ParsedFeed, Push, Response

if TYPE_CHECKING:
    from tests.decide.conftest import Poller

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HUB, OTHER = "https://hub.example/", "https://other.example/"
ADDRESS = "https://news.example/feed"
LEASE = timedelta(days=10)
ALIVE = Push(
    feed_id="feed",
    hub=HUB,
    topic=ADDRESS,
    path="p",
    secret="s",
    asked_at=NOW - timedelta(hours=6),
    since=NOW - timedelta(hours=6),
    until=NOW + LEASE,
)


def feed(**state: object) -> Feed:
    known = FeedState(hubs=(HUB, OTHER), last_polled=NOW - timedelta(hours=1))
    return Feed(id="feed", address=ADDRESS, added_at=NOW, state=replace(known, **state))


def answer(**headers: str) -> Response:
    return Response(address=ADDRESS, final_address=ADDRESS, status=200, headers=headers, received_at=NOW)


def polled(push: Push | None, news: bool = True, **state: object) -> FeedState:
    """The state after a poll that finds news, or the same as ever."""
    entries = (ParsedEntry(id="1", title="news"),) if news else ()
    parsed = ParsedFeed(format="rss-2.0", hubs=(HUB,), entries=entries)
    known = Known(feed=feed(validators=replace(FeedState().validators, etag='"1"'), **state), push=push)
    response = answer(etag='"1"')
    return decide_update(known, parsed, response, NOW, Policy(jitter=0)).feed.state


def wait(state: FeedState) -> timedelta:
    assert state.next_due is not None
    return state.next_due - NOW


def test_hubs_and_topic_come_from_the_header_first_then_from_the_document() -> None:
    parsed = ParsedFeed(format="atom-1.0", hubs=(OTHER, HUB, "ftp://x"), self_link="https://news.example/self")
    linked = answer(link=f'<{HUB}>; rel="hub", <https://news.example/topic>; rel="self"')
    assert hubs_of(parsed, linked) == (HUB, OTHER)
    assert topic_of(parsed, linked) == "https://news.example/topic"
    assert (hubs_of(parsed, answer()), topic_of(parsed, answer())) == ((OTHER, HUB), "https://news.example/self")
    assert topic_of(ParsedFeed(format="rss-2.0"), answer()) is None


def test_what_a_poll_reads_of_hubs_is_kept() -> None:
    assert polled(None).hubs == (HUB,)


def test_while_a_hub_tells_polls_drop_to_daily() -> None:
    assert wait(polled(None)) == timedelta(hours=1)
    assert wait(polled(ALIVE, news=False)) == timedelta(days=1)


def test_a_lease_that_ends_sooner_ends_the_wait() -> None:
    assert wait(polled(replace(ALIVE, until=NOW + timedelta(hours=5)), news=False)) == timedelta(hours=5)


@pytest.mark.parametrize(
    "push",
    [None, replace(ALIVE, since=None, until=None), replace(ALIVE, until=NOW)],
    ids=["none", "unverified", "over"],
)
def test_without_a_living_lease_polls_go_on_as_ever(push: Push | None) -> None:
    assert wait(polled(push)) == timedelta(hours=1)


def test_news_that_a_hub_kept_to_itself_ends_the_trust_until_the_next_lease() -> None:
    lied = polled(ALIVE)
    assert lied.unheard_at == NOW
    assert wait(lied) == timedelta(hours=1)
    assert wait(polled(ALIVE, news=False, unheard_at=NOW)) == timedelta(hours=1)
    renewed = replace(ALIVE, since=NOW + timedelta(hours=1))
    assert tells(renewed, lied, NOW + timedelta(hours=2))


@pytest.mark.parametrize(
    "push",
    [
        replace(ALIVE, heard_at=NOW - timedelta(minutes=1)),
        replace(ALIVE, since=NOW - HEARD_WITHIN / 2),
        replace(ALIVE, until=NOW - timedelta(seconds=1)),
        replace(ALIVE, since=None, until=None),
    ],
    ids=["it told", "too new", "over", "unverified"],
)
def test_news_that_a_hub_need_not_have_told_is_no_lie(push: Push) -> None:
    assert polled(push).unheard_at is None


def test_a_304_keeps_what_is_known_of_hubs(poller: "Poller") -> None:
    poller.read(parsed=ParsedFeed(format="rss-2.0", hubs=(HUB,), self_link=ADDRESS))
    poller.answer(304)
    assert (poller.state.hubs, poller.state.topic) == ((HUB,), ADDRESS)


def test_a_feed_with_a_hub_is_subscribed_once(poller: "Poller") -> None:
    assert [(wish.hub, wish.topic, wish.before) for wish in wishes([feed()], {}, NOW)] == [(HUB, ADDRESS, None)]
    assert [wish.topic for wish in wishes([feed(topic="https://x.example/")], {}, NOW)] == ["https://x.example/"]
    assert not list(wishes([feed()], {"feed": ALIVE}, NOW))


@pytest.mark.parametrize(
    "sick", [{"hubs": ()}, {"standing": "paused"}, {"failures": 1}], ids=["no hub", "paused", "failing"]
)
def test_a_feed_that_cannot_use_a_hub_asks_none(sick: dict[str, object]) -> None:
    assert not list(wishes([feed(**sick)], {}, NOW))


@pytest.mark.parametrize(
    ("push", "hubs"),
    [
        (replace(ALIVE, since=NOW - LEASE * 0.7, until=NOW + LEASE * 0.3), []),
        (replace(ALIVE, since=NOW - LEASE * 0.9, until=NOW + LEASE * 0.1), [HUB]),
        (replace(ALIVE, since=NOW - LEASE * 0.9, until=NOW + LEASE * 0.1, asked_at=NOW - timedelta(minutes=9)), []),
        (replace(ALIVE, since=None, until=None, asked_at=NOW - RETRY / 2), []),
        (replace(ALIVE, since=None, until=None, asked_at=NOW - RETRY), [OTHER]),
        (replace(ALIVE, until=NOW, asked_at=NOW - RETRY), [OTHER]),
        (replace(ALIVE, hub="https://named.no.more/", until=NOW, asked_at=NOW - RETRY), [HUB]),
        (replace(ALIVE, hub=OTHER, until=NOW, asked_at=NOW - RETRY), [HUB]),
    ],
    ids=["young", "old", "just asked", "patient", "never verified", "over", "another hub", "the first again"],
)
def test_a_lease_is_renewed_before_its_end_and_a_hub_that_fails_gives_way(push: Push, hubs: list[str]) -> None:
    assert [wish.hub for wish in wishes([feed()], {"feed": push}, NOW)] == hubs


HEARD = replace(ALIVE, heard_at=NOW)


@pytest.mark.parametrize(
    ("known", "push", "when"),
    [
        (feed(), HEARD, "now"),
        (feed(last_polled=None), HEARD, "now"),
        (feed(last_polled=NOW - timedelta(minutes=4)), HEARD, "later"),
        (feed(last_polled=NOW), HEARD, "never"),
        (feed(failures=1), HEARD, "never"),
        (feed(standing="gone"), HEARD, "never"),
        (feed(), ALIVE, "never"),
        (feed(), None, "never"),
        (None, HEARD, "never"),
    ],
)
def test_what_a_hub_told_of_is_polled_at_once_but_not_in_a_burst(
    known: Feed | None, push: Push | None, when: str
) -> None:
    assert when_told(known, push, NOW, Policy()) == when


def test_a_failing_feed_waits_as_ever() -> None:
    known = Known(feed=feed(), push=ALIVE)
    failure = Failure(reason="timeout", message="", at=NOW)
    assert wait(decide_update(known, None, failure, NOW, Policy(jitter=0)).feed.state) == timedelta(hours=1)
