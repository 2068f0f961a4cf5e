"""Stamps that run ahead: local time that calls itself UTC, told by when entries appear.

An entry that a poll finds appeared between that poll and the one before. Stamps that are true lie between the two;
those of a wrong clock lie later, all by the same time, and that is the difference between some zone and UTC.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from math import inf
from typing import NamedTuple

from msgspec.structs import replace

from broadsheet.decide.tables import table
from broadsheet.model import Choice, Clock, Feed, FeedState, Lead, ParsedEntry, host_of

AT_HOME_POLLS = 3
"""So many polls that found a stamp of the future prove the zone of a feed's own language or country."""
ANYWHERE_POLLS, ANYWHERE = 5, timedelta(days=1)
"""So many, over so long, prove any other difference that some zone has."""
MOST_DOUBTS = 3
SOME_S, NEAR_S, EXACT_S = 600.0, 3600.0, 900.0
_HALVES = (210, 270, 330, 345, 390, 570, 630)  # minutes: zones in use that are not whole hours east of UTC
_IN_USE = tuple(60 * minutes for minutes in (*range(60, 14 * 60 + 1, 60), *_HALVES))


class _Sight(NamedTuple):
    """The bounds, in seconds, between which one poll shows a lead to be."""

    least_s: float
    most_s: float


def watch(feed: Feed, choices: Sequence[Choice], at: datetime) -> FeedState:
    """Weigh what the entries that a poll ended `at` found new say of the feed's clock; the state with the verdict.

    `choices` hold stamps as the feed wrote them.
    """
    state = feed.state
    before = None if state.failures else state.last_polled
    stamps = [stamp for choice in choices if choice.reason == "new" and (stamp := _stamp(choice.entry))]
    if before is not None:  # what is older was added late, or is news only to us: it tells nothing of the clock
        stamps = [stamp for stamp in stamps if (stamp - before).total_seconds() >= -NEAR_S]
    if not stamps:
        return state
    sight = _Sight(_s(max(stamps) - at), inf if before is None else _s(min(stamps) - before))
    if state.clock and not _denies(state.clock, min(stamps), sight):
        return state
    lead = _agreed(state.lead, sight, at, denied=state.clock is not None)
    return replace(state, clock=_found(lead, feed, at), lead=lead)


def put_right(entry: ParsedEntry, clock: Clock) -> ParsedEntry:
    """Give an entry the dates that it means."""
    published, updated = entry.published, entry.updated
    return replace(entry, published=published and clock.right(published), updated=updated and clock.right(updated))


def _stamp(entry: ParsedEntry) -> datetime | None:
    return entry.published or entry.updated


def _s(span: timedelta) -> float:
    return span.total_seconds()


def _play_s(ahead_s: float) -> float:
    """How far an entry may be from the difference: feeds are made some time after their entries."""
    return min(NEAR_S, ahead_s / 4)


def _denies(clock: Clock, first: datetime, sight: _Sight) -> bool:
    """Tell whether all stamps are true as they stand, and the first could not be what the clock makes of it."""
    ahead_s = _s(first - clock.right(first))
    return sight.least_s <= SOME_S and ahead_s > sight.most_s + min(NEAR_S, ahead_s / 2)


def _agreed(lead: Lead | None, sight: _Sight, at: datetime, *, denied: bool) -> Lead:
    """Let a poll narrow what polls before it have shown; one that contradicts them begins anew."""
    ahead = sight.least_s > SOME_S
    if lead is None:
        return _lead(sight, int(ahead), at, 0)
    known = _Sight(lead.least_s, inf if lead.most_s is None else lead.most_s)
    both = _Sight(max(known.least_s, sight.least_s), min(known.most_s, sight.most_s))
    if denied or both.least_s > both.most_s + NEAR_S:
        return _lead(sight, int(ahead), at, lead.doubts + (lead.polls > 0 and not ahead))
    return _lead(both, lead.polls + ahead, lead.since, lead.doubts)


def _lead(sight: _Sight, polls: int, since: datetime, doubts: int) -> Lead:
    most_s = None if sight.most_s == inf else sight.most_s
    return Lead(least_s=sight.least_s, most_s=most_s, polls=polls, since=since, doubts=doubts)


def _found(lead: Lead, feed: Feed, at: datetime) -> Clock | None:
    """Name the wrong clock that a lead proves; each doubt doubles the polls that it takes."""
    polls = lead.polls >> min(lead.doubts, MOST_DOUBTS)
    if polls < AT_HOME_POLLS:
        return None
    for zone, ahead_s in _homes(feed, at):
        if _fits(lead, ahead_s, NEAR_S):
            return Clock(ahead_s=ahead_s, zone=zone, since=lead.since)
    if polls < ANYWHERE_POLLS or at - lead.since < ANYWHERE:
        return None
    fitting = [ahead_s for ahead_s in _IN_USE if _fits(lead, ahead_s, EXACT_S)]
    return Clock(ahead_s=fitting[0], since=lead.since) if len(fitting) == 1 else None


def _fits(lead: Lead, ahead_s: float, near_s: float) -> bool:
    """Tell whether stamps came close to this difference, none went beyond it, and none is too old for it."""
    play_s = _play_s(ahead_s)
    if not -min(near_s, play_s) <= lead.least_s - ahead_s <= SOME_S:
        return False
    return lead.most_s is None or ahead_s <= lead.most_s + play_s


# --- where a feed is at home


def _homes(feed: Feed, at: datetime) -> Iterator[tuple[str, int]]:
    """Give the zones that a feed may be at home in, and how far each is ahead of UTC now, in seconds."""
    from zoneinfo import ZoneInfo

    for name in dict.fromkeys(_home_names(feed)):
        try:
            offset = at.astimezone(ZoneInfo(name)).utcoffset()
        except (ValueError, OSError, LookupError):
            continue
        if offset and offset > timedelta():
            yield name, round(_s(offset))


def _home_names(feed: Feed) -> Iterator[str]:
    known = _zones_of_marks()
    if feed.zone:
        yield feed.zone
    yield from (known[mark] for mark in _marks(feed) if mark in known)


def _marks(feed: Feed) -> Iterable[str]:
    """The feed's language tag and the tag's shorter forms, the country domains of its own address and its page's."""
    parts = (feed.language or "").lower().split("-")
    tags = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return [*tags, *(f".{host_of(address).rpartition('.')[2]}" for address in (feed.address, feed.link or ""))]


@cache
def _zones_of_marks() -> dict[str, str]:
    return table("homes")
