"""When to ask again, and the words that say why."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from broadsheet.decide.caching import fresh_s, retry_after_s
from broadsheet.decide.push import tells
from broadsheet.model import Failure, Feed, FeedState, ParsedEntry, Policy, Push, Response

REFUSED = frozenset({401, 403, 451})
RECENT = 10
"""So many of the newest dates show a feed's rhythm."""
PER_GAP = 4
"""So often a feed is asked between two of its entries."""
LONGEST_SCATTER_S = 3600
WEEK_H = 7 * 24
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Wait(NamedTuple):
    """How long to leave a feed alone, and why."""

    seconds: float
    reason: str


def rhythm_s(entries: Iterable[ParsedEntry], now: datetime, policy: Policy) -> int | None:
    """How often a feed is worth asking by its own dates, in seconds; None where fewer than two can be believed."""
    said = (entry.published or entry.updated for entry in entries)
    dates = sorted((moment for moment in said if moment and moment <= now), reverse=True)[:RECENT]
    if len(dates) < 2:
        return None
    gap = (dates[0] - dates[-1]) / (len(dates) - 1)
    return round(_within(max(gap, now - dates[0]), policy))


def healthy_wait(state: FeedState, answer: Response, policy: Policy, push: Push | None = None) -> Wait:
    """How long a feed that answered well is left alone: the longest of all that speaks for waiting.

    `state` is the state after this poll, `push` the hub that tells of news.
    """
    quiet = answer.received_at - (state.last_changed or answer.received_at)
    fresh = fresh_s(answer.headers, answer.received_at)
    ttl = 60 * (state.ttl_minutes or 0)
    waits = [
        Wait(policy.floor_s, f"no feed is asked more often than every {span(policy.floor_s)}"),
        Wait(max(state.interval_s or 0, _within(quiet, policy)), "this is its own rhythm"),
        Wait(min(ttl, policy.longest_s), f"the feed asks for {span(ttl)} between polls"),
        Wait(min(fresh, policy.longest_s), f"the server calls its answer fresh for {span(fresh)}"),
    ]
    if state.validators.etag is None and state.validators.last_modified is None:
        waits.append(Wait(policy.blind_s, "the server gives no validator to ask with"))
    if push and push.until and tells(push, state, answer.received_at):
        left = (push.until - answer.received_at).total_seconds()
        waits.append(Wait(min(policy.pushed_s, left), "its hub tells of news"))
    return max(waits, key=lambda wait: wait.seconds)


def failed_wait(failures: int, failure: Failure, answer: Response | None, policy: Policy) -> Wait:
    """How long a feed is left alone after its `failures`-th failure in a row."""
    asked = retry_after_s(answer.headers, answer.received_at) if answer else None
    waits = [
        Wait(min(policy.floor_s * 2 ** min(failures - 1, 20), policy.backoff_s), _failed_times(failures)),
        Wait(min(asked or 0, policy.held_s), f"the server asks to wait {span(asked or 0)}"),
    ]
    if failure.status in REFUSED or (answer and "cf-mitigated" in answer.headers):
        waits.append(Wait(policy.refused_s, f"the server refuses us ({failure.status})"))
    if failure.status == 404 and failures >= policy.missing_polls:
        waits.append(Wait(policy.missing_s, f"the feed was not found {failures} times in a row"))
    return max(waits, key=lambda wait: wait.seconds)


def due_after(wait: Wait, feed: Feed, at: datetime, policy: Policy) -> datetime:
    """Turn a wait from the poll ended `at` into a moment: scattered, only ever later, and never back in time."""
    start = _start(feed.state.last_polled, at, policy)
    scatter = min(wait.seconds * policy.jitter, LONGEST_SCATTER_S) * _share(feed.id, start)
    return start + timedelta(seconds=round(wait.seconds + scatter))


def past_skipped(due: datetime, hours: Sequence[int], days: Sequence[str]) -> datetime:
    """Move a moment on by whole hours out of the hours (GMT) and days that a feed asks to skip (RSS 2.0).

    A feed that skips everything skips nothing.
    """
    closed_days = {day.lower() for day in days}
    for later in range(WEEK_H + 1):
        moment = due + timedelta(hours=later)
        if moment.hour not in hours and DAYS[moment.weekday()] not in closed_days:
            return moment
    return due


def span(seconds: float) -> str:
    """Say a length of time in the unit that suits it."""
    for unit, size in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size or seconds == size:
            return f"{round(seconds / size, 1):g} {unit}"
    return f"{seconds:g} s"


def _failed_times(failures: int) -> str:
    return "the last poll failed" if failures == 1 else f"the last {failures} polls failed"


def _within(gap: timedelta, policy: Policy) -> float:
    return min(max(gap.total_seconds() / PER_GAP, policy.floor_s), policy.ceiling_s)


def _start(last_polled: datetime | None, at: datetime, policy: Policy) -> datetime:
    """A clock set back does not bring polls forward; one that was far ahead does not stop them."""
    if last_polled is None or last_polled - at > timedelta(seconds=policy.ceiling_s):
        return at
    return max(at, last_polled)


def _share(feed_id: str, start: datetime) -> float:
    """Draw from 0 to 1, the same for the same poll of the same feed."""
    drawn = blake2b(f"{feed_id} {start.isoformat()}".encode(), digest_size=4).digest()
    return int.from_bytes(drawn, "big") / 2**32
