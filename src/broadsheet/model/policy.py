"""How often we may ask a stranger's server."""

from msgspec import Struct


class Policy(Struct, frozen=True, kw_only=True):
    """Bounds on asking again, in seconds; the defaults keep every promise of politeness.

    A healthy feed is asked between `floor_s` and `ceiling_s` apart, and at most every `blind_s` where its server
    gives no validator, or every `pushed_s` while a hub can be trusted to tell of news; `longest_s` is the longest
    wait that caching headers, ttl or `missing_s` can cause, `held_s` the longest that Retry-After can. Failures
    double the wait up to `backoff_s`; a refusal (401, 403, 451) costs `refused_s`; from `missing_polls` failures on,
    a 404 costs `missing_s`, and after `lost_polls` of them the feed is not asked any more by itself. A permanent
    redirect is believed after `move_polls` agreeing polls over at least `move_s`. `jitter` is the share of a wait
    that may be added to it, never taken away. By hand, or when its hub tells of news, a feed may be asked `by_hand_s`
    after the last time.
    """

    floor_s: int = 3600
    ceiling_s: int = 86_400
    blind_s: int = 86_400
    longest_s: int = 7 * 86_400
    held_s: int = 14 * 86_400
    backoff_s: int = 2 * 86_400
    refused_s: int = 86_400
    missing_s: int = 7 * 86_400
    missing_polls: int = 5
    lost_polls: int = 18
    move_polls: int = 5
    move_s: int = 86_400
    by_hand_s: int = 300
    pushed_s: int = 86_400
    jitter: float = 0.1
