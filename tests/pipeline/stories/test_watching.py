"""Watches: set by words, their webhooks told of every change once."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from tests.pipeline.outlet import Clock

from broadsheet.errors import ConfigError
from broadsheet.fetch import Client
from broadsheet.model import (
    Claim,
    Grounds,
    LedgerChanges,
    LedgerEntry,
    Party,
    Status,
    Step,
    Watch,
    entry_id,
)
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.stories.watching import RETRIES, heard_of, make_watch, parties_of, tell_watches
from broadsheet.store import Store

HOOK = "https://hook.example/x"


class Answer:
    def __init__(self, status: int) -> None:
        self.status = status


class Wire:
    """Stands for the network: keeps what is posted, answers as the test says."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.status = 200
        self.seats = self

    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *_: object) -> None: ...

    @asynccontextmanager
    async def ask(self, _: str, __: object, *, headers: dict[str, str], data: bytes) -> AsyncIterator[Answer]:
        self.told.append(json.loads(data))
        self.keys.append(headers["X-Broadsheet-Delivery"])
        yield Answer(self.status)

    @asynccontextmanager
    async def connect(self, *_: object) -> AsyncIterator[Client]:
        yield cast("Client", self)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def hooked(means: Means, wire: Wire) -> Means:
    return replace(means, connect=wire.connect)


def entry(clock: Clock, status: Status = "rumour", *, kinds: tuple[str, ...] = ("said",)) -> LedgerEntry:
    now = clock()
    steps = tuple(
        Step(kind=kind, at=now, post_id="p", feed_id="f", start=n, end=n + 1, quote="甲", root="彭博")  # type: ignore[arg-type]
        for n, kind in enumerate(kinds)
    )
    return LedgerEntry(
        id=entry_id("p", 0, now.replace(hour=0)),
        event="partnership",
        parties=(Party("小米集团", "xiaomi"), Party("北京汽车", "baic-motor")),
        claim=Claim(start=0, end=1, quote="甲", event="partnership"),
        status=status,
        stage="talks",
        steps=steps,
        roots=("彭博",),
        stories=("s",),
        grounds=Grounds(by=len(steps) - 1),
    )


def set_watch(store: Store, clock: Clock, words: str = "小米 北汽", **fields: Any) -> Watch:
    watch = make_watch(store, words, clock(), webhook=HOOK, **fields)
    store.watches.add(watch, store.ledger.last_change())
    return watch


def test_words_are_companies_of_the_book_or_stand_for_themselves(store: Store) -> None:
    assert list(parties_of(store, "小米 北汽")) == [Party("小米集团", "xiaomi"), Party("北汽集团", "baic-group")]
    assert list(parties_of(store, "BAIC Motor 青禾科技")) == [Party("北京汽车", "baic-motor"), Party("青禾科技")]


def test_no_words_are_no_watch(store: Store, clock: Clock) -> None:
    with pytest.raises(ConfigError, match="name a company"):
        make_watch(store, "  ", clock())


def test_a_name_of_several_companies_is_asked_about(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from broadsheet import annotate

    named = annotate.companies_named
    monkeypatch.setattr(
        annotate,
        "companies_named",
        lambda book, name: named(book, "小米") + named(book, "北汽") if name == "米汽" else (),
    )
    with pytest.raises(ConfigError, match=r"小米集团 \(xiaomi\); 北汽集团 \(baic-group\)"):
        make_watch(store, "米汽", clock())


def test_a_webhook_is_told_of_each_change_once(store: Store, hooked: Means, wire: Wire, clock: Clock) -> None:
    watch = set_watch(store, clock)
    store.ledger.keep(LedgerChanges(entries=(entry(clock),)), clock())
    assert tell_watches(store, hooked, "zh-CN").told == 1
    assert tell_watches(store, hooked, "zh-CN").told == 0
    store.ledger.keep(LedgerChanges(entries=(entry(clock, "denied", kinds=("said", "denied")),)), clock())
    assert tell_watches(store, hooked, "zh-CN").told == 1
    assert [one["text"] for one in wire.told] == [
        "小米集团、北京汽车：新说法：传闻",
        "小米集团、北京汽车：传闻 → 已否认",
    ]
    assert wire.told[1]["change"]["before"] == "rumour"
    assert wire.told[0]["watch"] == {"id": watch.id, "words": "小米 北汽"}
    assert len(set(wire.keys)) == 2


def test_what_another_watch_waits_for_is_not_told(store: Store, hooked: Means, wire: Wire, clock: Clock) -> None:
    set_watch(store, clock, "小米 比亚迪")
    set_watch(store, clock, statuses=("denied",))
    store.ledger.keep(LedgerChanges(entries=(entry(clock),)), clock())
    assert tell_watches(store, hooked, "en").told == 0
    assert wire.told == []


def test_a_webhook_that_fails_is_asked_again_and_given_up_at_last(
    store: Store, hooked: Means, wire: Wire, clock: Clock
) -> None:
    set_watch(store, clock)
    store.ledger.keep(LedgerChanges(entries=(entry(clock),)), clock())
    wire.status = 500
    for wait in RETRIES:
        report = tell_watches(store, hooked, "en")
        assert (report.told, report.failed, report.given_up) == (0, 1, 0)
        assert tell_watches(store, hooked, "en").failed == 0
        clock.now += wait + timedelta(seconds=1)
    assert tell_watches(store, hooked, "en").given_up == 1
    clock.now += timedelta(days=9)
    assert tell_watches(store, hooked, "en").failed == 0
    assert len(set(wire.keys)) == 1


def test_nothing_is_told_of_an_entry_that_is_no_more(store: Store, hooked: Means, wire: Wire, clock: Clock) -> None:
    set_watch(store, clock)
    gone = entry(clock)
    store.ledger.keep(LedgerChanges(entries=(gone,)), clock())
    wire.status = 500
    tell_watches(store, hooked, "en")
    store.ledger.keep(LedgerChanges(ended=(gone.id,)), clock())
    clock.now += timedelta(days=1)
    assert tell_watches(store, hooked, "en").told == 1
    assert len(wire.told) == 1


def test_a_watch_shows_what_it_heard_the_newest_first(store: Store, clock: Clock) -> None:
    assert heard_of(store, "en") == ()
    watch, other = set_watch(store, clock), set_watch(store, clock, "比亚迪")
    store.ledger.keep(LedgerChanges(entries=(entry(clock),)), clock())
    store.ledger.keep(LedgerChanges(entries=(entry(clock, "denied", kinds=("said", "denied")),)), clock())
    shown = {one.watch_id: one.changes for one in heard_of(store, "en")}
    assert [(one.before, one.status, one.story_id) for one in shown[watch.id]] == [
        ("rumour", "denied", "s"),
        (None, "rumour", "s"),
    ]
    assert shown[other.id] == ()
