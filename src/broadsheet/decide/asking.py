"""Whether a feed may be asked at this moment."""

from datetime import datetime, timedelta

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
