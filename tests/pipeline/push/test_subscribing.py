"""Subscriptions at a scripted hub, in virtual time."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping

import pytest
from msgspec.structs import replace
from tests.pipeline.simulated import virtual_means
from tests.pipeline.virtual import START, Time
from tests.pipeline.web import Asked, Said, Web

from broadsheet.model import Feed, FeedState, Policy, Push
from broadsheet.pipeline.push.subscribing import MOST_ASKED, Pushes
from broadsheet.store import Store

HUB = "https://hub.example/"
CALLBACK = "https://paper.example/websub/"
DAY_S = 86_400
BODY = b"news"


def feed(number: int = 1, hubs: tuple[str, ...] = (HUB,)) -> Feed:
    address = f"https://news.example/{number}"
    state = FeedState(hubs=hubs, last_polled=START, validators=replace(FeedState().validators, etag='"1"'))
    return Feed(id=str(number), address=address, added_at=START, state=state)


class Hub:
    """Keeps what it was asked for, and is asked in its own time."""

    def __init__(self, status: int = 202) -> None:
        self.forms: list[Mapping[str, str]] = []
        self.status = status
        self.woken = 0
        self.web = Web(Time(), self.serve)

    def serve(self, asked: Asked) -> Said:
        self.forms.append(asked.form)
        return Said(self.status)

    def pushes(self, store: Store) -> Pushes:
        return Pushes(store, self.web.time.now, CALLBACK, self.wake)

    def wake(self) -> None:
        self.woken += 1

    def ask(self, pushes: Pushes, *feeds: Feed) -> None:
        with asyncio.Runner(loop_factory=self.web.time.new_loop) as runner:
            runner.run(pushes.ask_hubs(feeds, virtual_means(self.web)))

    @property
    def path(self) -> str:
        return self.forms[-1]["hub.callback"].removeprefix(CALLBACK)

    def question(self, **changes: str) -> dict[str, str]:
        """What the hub asks to verify its newest subscription."""
        asked = {
            "hub.mode": "subscribe",
            "hub.topic": self.forms[-1]["hub.topic"],
            "hub.challenge": "c",
            "hub.lease_seconds": str(10 * DAY_S),
        }
        return asked | {f"hub.{name}": value for name, value in changes.items()}

    def signature(self, body: bytes = BODY) -> str:
        return "sha1=" + hmac.new(self.forms[-1]["hub.secret"].encode(), body, hashlib.sha1).hexdigest()


def test_a_subscription_is_asked_verified_and_kept_over_a_restart(store: Store) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    assert pushes.by_feed()["1"].until is None
    assert pushes.verify(hub.path, hub.question())
    pushes.save(store)
    kept = hub.pushes(store).by_feed()["1"]
    assert kept.until is not None
    assert (kept.until - hub.web.time.now()).total_seconds() == 10 * DAY_S
    hub.ask(hub.pushes(store), feed())
    assert len(hub.forms) == 1


def test_each_feed_has_a_path_and_a_secret_that_nobody_guesses(store: Store) -> None:
    hub = Hub()
    hub.ask(hub.pushes(store), feed(1), feed(2))
    for name in ("hub.callback", "hub.secret"):
        values = {form[name] for form in hub.forms}
        assert len(values) == 2
        assert min(map(len, values)) >= 32


@pytest.mark.parametrize(
    "changes",
    [{"topic": "https://evil.example/"}, {"mode": "unsubscribe"}, {"mode": ""}, {"challenge": ""}],
    ids=["another topic", "unsubscribe", "no mode", "no challenge"],
)
def test_what_was_not_asked_for_is_not_confirmed(store: Store, changes: dict[str, str]) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    assert not pushes.verify(hub.path, hub.question(**changes))
    assert not pushes.verify("guessed", hub.question())
    assert pushes.by_feed()["1"].until is None


def test_a_denied_subscription_ends(store: Store) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    pushes.verify(hub.path, hub.question())
    assert pushes.verify(hub.path, hub.question(mode="denied"))
    assert pushes.by_feed()["1"].until is None


def test_a_lease_is_renewed_with_the_same_callback_before_it_ends(store: Store) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    pushes.verify(hub.path, hub.question())
    for days in (7, 8.1):
        hub.web.time.seconds = days * DAY_S
        hub.ask(pushes, feed())
    assert len(hub.forms) == 2
    assert hub.forms[0] == hub.forms[1]
    assert pushes.verify(hub.path, hub.question())
    until = pushes.by_feed()["1"].until
    assert until is not None
    assert (until - START).total_seconds() > 18 * DAY_S


@pytest.mark.parametrize("status", [0, 400, 500])
def test_a_hub_that_fails_is_asked_again_in_a_day(store: Store, status: int) -> None:
    hub = Hub(status)
    pushes = hub.pushes(store)
    for hours in (0, 1, 12, 25):
        hub.web.time.seconds = 3600 * hours
        hub.ask(pushes, feed())
    assert len(hub.forms) == 2


def test_another_hub_of_a_feed_has_its_turn_with_a_path_of_its_own(store: Store) -> None:
    hub = Hub(500)
    pushes = hub.pushes(store)
    hub.ask(pushes, feed(hubs=(HUB, "https://second.example/")))
    first = hub.path
    hub.web.time.forward(2 * DAY_S)
    hub.ask(pushes, feed(hubs=(HUB, "https://second.example/")))
    assert [visit.host for visit in hub.web.visits] == ["hub.example", "second.example"]
    assert not pushes.knows(first)
    assert pushes.knows(hub.path)


def test_hubs_are_asked_in_turns_and_some_at_a_time(store: Store) -> None:
    hub = Hub()
    hub.ask(hub.pushes(store), *(feed(number) for number in range(MOST_ASKED + 5)))
    starts = [visit.started for visit in hub.web.visits]
    assert len(starts) == MOST_ASKED
    assert starts[-1] - starts[0] >= MOST_ASKED - 1


def test_what_nobody_follows_any_more_is_forgotten(store: Store) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed(1), feed(2))
    hub.ask(pushes, feed(2))
    assert set(pushes.by_feed()) == {"2"}


def heard(store: Store, hub: Hub) -> Pushes:
    """A followed feed whose hub has told of news, an hour after it was polled."""
    store.add_feed(feed())
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    pushes.verify(hub.path, hub.question())
    hub.web.time.forward(3600)
    pushes.hear(hub.path, hub.signature(), BODY)
    return pushes


def test_a_signed_notification_wakes_the_paper_and_names_the_feed_once(store: Store) -> None:
    hub = Hub()
    pushes = heard(store, hub)
    assert (hub.woken, pushes.is_waiting()) == (1, True)
    assert pushes.told_of(store, Policy()) == ["1"]
    assert pushes.told_of(store, Policy()) == []
    assert not pushes.is_waiting()


def test_a_feed_polled_a_moment_ago_waits_until_it_may_be_asked(store: Store) -> None:
    hub = Hub()
    pushes = heard(store, hub)
    store.save_feed(replace(feed(), state=replace(feed().state, last_polled=hub.web.time.now())))
    hub.web.time.forward(60)
    pushes.hear(hub.path, hub.signature(), BODY)
    assert pushes.told_of(store, Policy()) == []
    assert pushes.is_waiting()
    hub.web.time.forward(300)
    assert pushes.told_of(store, Policy()) == ["1"]


@pytest.mark.parametrize("signature", ["", "sha1=" + "0" * 40])
def test_a_notification_that_is_not_signed_changes_nothing(store: Store, signature: str) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    pushes.hear(hub.path, signature, BODY)
    pushes.hear("guessed", hub.signature(), BODY)
    assert (hub.woken, pushes.is_waiting(), pushes.by_feed()["1"].heard_at) == (0, False, None)


def test_news_of_a_feed_that_was_removed_is_forgotten(store: Store) -> None:
    hub = Hub()
    pushes = hub.pushes(store)
    hub.ask(pushes, feed())
    pushes.hear(hub.path, hub.signature(), BODY)
    assert pushes.told_of(store, Policy()) == []
    assert not pushes.is_waiting()


def test_nothing_is_written_where_nothing_changed(store: Store) -> None:
    pushes = Hub().pushes(store)
    pushes.save(store)
    kept = store.meta("pushes")
    pushes.save(store)
    assert store.meta("pushes") == kept == "[]"
    assert pushes.by_feed() == dict[str, Push]()
