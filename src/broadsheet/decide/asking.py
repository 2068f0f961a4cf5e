"""Whether a feed may be asked at this moment."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from broadsheet.decide.schedule import past_skipped
from broadsheet.model import Feed, Policy


def may_ask(feed: Feed, now: datetime, policy: Policy, *, by_hand: bool = False) -> bool:
    """Tell whether a poll is allowed: when it is due, or `by_hand` a little after the last, never while throttled."""
    state = feed.state
    if state.standing == "imported":
        return False
    due = state.next_due is None or state.next_due <= now
    if not by_hand:
        return state.standing == "active" and due
    if state.last_status == 429 and not due:
        return False
    return state.last_polled is None or now - state.last_polled >= timedelta(seconds=policy.by_hand_s)


def put_off(feed: Feed, now: datetime) -> Feed | None:
    """The feed as it is due after the hours and days that it asks to skip, where this is one of them; else None.

    It was due before them, but had to wait for its turn.
    """
    state = feed.state
    due = past_skipped(now, state.skip_hours, state.skip_days)
    if due == now:
        return None
    return replace(feed, state=replace(state, next_due=due, due_reason="the feed skips the hours before that"))
