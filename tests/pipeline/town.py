"""A town of servers, each of its own character; what each said obliges whoever asks it again."""

from collections import Counter
from datetime import timedelta
from email.utils import format_datetime

from tests.pipeline.virtual import START, Time
from tests.pipeline.web import Asked, Said

HOUR = 3600
NEWS_EVERY = 6 * HOUR
MAX_AGE = 3 * HOUR
TTL_MINUTES = 240
SKIPPED = range(2, 9)
RETRY_LATER = 2 * HOUR
THROTTLED = range(5 * HOUR, 6 * HOUR)
"""When the throttling hosts answer 429, and for how long they then want to be left alone."""
HELD = 4 * HOUR
GONE_FROM = 6 * HOUR
BROKEN = range(4 * HOUR, 10 * HOUR)

KINDS = (
    *("plain",) * 8,
    *("dated",) * 2,
    "blind",
    "fresh",
    "ttl",
    "skips",
    "gone",
    "missing",
    "busy",
    "broken",
    "moved",
    "slow",
    "stuck",
    "mute",
    "refused",
)
FAULTS = {"missing": 404, "refused": 403, "mute": 0}


def host_of(number: int, feeds: int) -> str:
    """Three tenths of all feeds are at a few large hosts, about 300 at each where there are enough."""
    if number % 10 < 3:
        return f"large{number // 10 % max(1, feeds // 1000)}.example"
    return f"host{number // 10 % max(1, feeds // 25)}.example"


def address_of(number: int, feeds: int) -> str:
    return f"https://{host_of(number, feeds)}/{kind_of(number)}/{number}"


def kind_of(number: int) -> str:
    return KINDS[number * 7 % len(KINDS)]


def throttles(host: str) -> bool:
    return host.startswith("host") and host.split(".")[0].endswith("1")


class Town:
    """All servers; `complaints` counts what no reader may do to them."""

    def __init__(self, time: Time) -> None:
        self.complaints: Counter[str] = Counter()
        self._time = time
        self._given: dict[str, dict[str, str]] = {}

    def serve(self, asked: Asked) -> Said:
        now = self._time.seconds
        _, kind, number = asked.url.path.split("/")
        if throttles(asked.url.host or "") and now in_ THROTTLED:
            return Said(429, headers={"Retry-After": str(HELD)})
        if kind in FAULTS:
            return Said(FAULTS[kind])
        return self._special(kind, number, now) or self._document(asked, kind, int(number), now)
