"""The page that says how every feed is doing, and what to do about those that are not."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Literal

import msgspec
from msgspec import Struct

from broadsheet.decide import clock_notice, say, say_failure, say_repair
from broadsheet.model import Feed, Page
from broadsheet.publish.press import Press
from broadsheet.publish.sections import Section
from broadsheet.publish.sparks import hours_of

GRACE = timedelta(hours=1)
Condition = Literal["bad", "late", "ok", "rest"]
ORDER: tuple[Condition, ...] = ("bad", "late", "ok", "rest")


class Health(Struct, frozen=True, kw_only=True):
    """One feed's line: `condition` is "bad" (failing or gone), "late" (overdue), "ok", or "rest" (nobody asks it)."""

    feed: Feed
    condition: Condition
    trail: tuple[Section, ...]
    count: int
    hours: tuple[int, ...]


def condition_of(feed: Feed, now: datetime) -> Condition:
    """Judge one feed; it is overdue when its next poll is an hour past or more."""
    state = feed.state
    if state.standing == "gone" or (state.failure is not None and state.failures > 0):
        return "bad"
    if state.standing in {"paused", "imported"}:
        return "rest"
    if state.next_due is not None and now - state.next_due >= GRACE:
        return "late"
    return "ok"


def health_pages(press: Press) -> Iterator[Page]:
    """Plan the page of all feeds, those in trouble first."""
    edition, layout = press.edition, press.layout
    inputs = [
        edition.made_at.isoformat(),
        msgspec.json.encode(list(edition.feeds.values())).decode(),
        *(f"{feed} {layout.counts.get(feed, 0)}" for feed in edition.feeds),
    ]

    def context() -> Mapping[str, object]:
        lines = sorted(
            _lines(press), key=lambda line: (ORDER.index(line.condition), line.feed.section, line.feed.label)
        )
        since = edition.made_at - timedelta(days=1)
        return {
            "lines": lines,
            "made_at": edition.made_at,
            "day": press.theme.almanac.day_of(edition.made_at),
            "tally": {name: sum(line.condition == name for line in lines) for name in ORDER},
            "lately": sum(since < ref.published <= edition.made_at for ref in edition.refs),
            "happened": partial(_happened, translate=press.theme.words.gettext),
            "repaired": partial(say_repair, translate=press.theme.words.gettext),
            "notes": partial(_notes, translate=press.theme.words.gettext),
        }

    yield press.page("feeds/index.html", "feeds.html", inputs, context)


def _happened(feed: Feed, translate: Callable[[str], str]) -> list[str]:
    """Say why a feed fails, and what to do about it where waiting does not mend it."""
    failure, advice = feed.state.failure, feed.state.advice
    told = [say_failure(failure, translate)] if failure else []
    if advice and advice.code != "failing":
        told.append(say(advice, translate))
    return told


def _notes(feed: Feed, translate: Callable[[str], str]) -> list[str]:
    """Say what else there is to know of a feed that answers."""
    clock = feed.state.clock and clock_notice(feed.state.clock)
    advice = None if feed.state.failure else feed.state.advice
    return [say(notice, translate) for notice in (advice, clock) if notice]


def _lines(press: Press) -> Iterator[Health]:
    hours = hours_of(press.edition.refs, press.edition.made_at)
    for feed in press.edition.feeds.values():
        yield Health(
            feed=feed,
            condition=condition_of(feed, press.edition.made_at),
            trail=press.layout.trails[feed.id],
            count=press.layout.counts.get(feed.id, 0),
            hours=tuple(hours.get(feed.id, ())),
        )
