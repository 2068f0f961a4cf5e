"""A town of servers, each of its own character, that notice what no reader may do to them."""

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
RETRY_AFTER = 2 * HOUR
HELD = 4 * HOUR
THROTTLED = (5 * HOUR, 6 * HOUR)
GONE_FROM = 6 * HOUR
BROKEN = (4 * HOUR, 10 * HOUR)
SLOW = 20.0
NEVER = 1e6

KINDS = (
    *("plain",) * 8,
    *("dated",) * 2,
    *("blind", "fresh", "ttl", "skips", "gone", "missing", "busy", "broken", "moved", "slow", "stuck", "mute"),
    "refused",
)
FAULTS = {"missing": Said(404), "refused": Said(403), "mute": Said(0), "stuck": Said(200, after=NEVER)}


def kind_of(number: int) -> str:
    return KINDS[number * 7 % len(KINDS)]


def address_of(number: int, feeds: int) -> str:
    """Three tenths of all feeds are at large hosts, about 300 at each where there are enough; 17 at the others."""
    if number % 10 < 3:
        host = f"large{number // 10 % max(1, feeds // 1000)}"
    else:
        host = f"host{number // 10 % max(1, feeds // 25)}"
    return f"https://{host}.example/{kind_of(number)}/{number}"


def throttles(host: str) -> bool:
    """Some hosts throttle everybody for an hour."""
    return host.startswith("host") and host.removesuffix(".example").endswith("1")


class Town:
    """All servers; `complaints` counts validators that were not what the server gave, by path."""

    def __init__(self, time: Time) -> None:
        self.complaints: Counter[str] = Counter()
        self._time = time
        self._given: dict[str, dict[str, str]] = {}

    def serve(self, asked: Asked) -> Said:
        """Answer a request at this moment."""
        now, path = self._time.seconds, asked.url.path
        _, kind, number = path.split("/")
        if throttles(asked.url.host or "") and THROTTLED[0] <= now < THROTTLED[1]:
            return Said(429, headers={"Retry-After": str(HELD)})
        if kind == "moved":
            return Said(301, headers={"Location": f"/new/{number}"})
        if kind == "gone" and now >= GONE_FROM:
            return Said(410)
        if kind in {"busy", "broken"} and BROKEN[0] <= now < BROKEN[1]:
            return Said(503, headers={"Retry-After": str(RETRY_AFTER)}) if kind == "busy" else Said(500)
        return FAULTS.get(kind) or self._document(asked, kind, int(number))

    def _document(self, asked: Asked, kind: str, number: int) -> Said:
        path = asked.url.path
        edition = int(self._time.seconds + _lead(number)) // NEWS_EVERY
        given = self._given.get(path, {})
        if dict(asked.headers) != given:
            self.complaints[path] += 1
        validators = _validators(kind, edition)
        headers = {"Cache-Control": f"max-age={MAX_AGE}"} if kind == "fresh" else {}
        headers |= {_HEADER[name]: value for name, value in validators.items()}
        after = SLOW if kind == "slow" else 0.1
        if validators and validators == given:
            return Said(304, headers=headers, after=after)
        self._given[path] = validators
        return Said(200, _rss(kind, number, edition), headers, after)


_HEADER = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}


def _lead(number: int) -> int:
    """How much earlier than others a feed has its editions, in seconds."""
    return number * 61 % NEWS_EVERY


def _validators(kind: str, edition: int) -> dict[str, str]:
    """What a reader has to send back after this edition."""
    changed = format_datetime(START + timedelta(seconds=edition * NEWS_EVERY), usegmt=True)
    if kind == "blind":
        return {}
    return (
        {"If-Modified-Since": changed}
        if kind == "dated"
        else {
            "If-None-Match": f'W/"{edition}  of {kind}"',
            "If-Modified-Since": changed,
        }
    )


def _rss(kind: str, number: int, edition: int) -> bytes:
    wish = f"<ttl>{TTL_MINUTES}</ttl>" if kind == "ttl" else ""
    if kind == "skips":
        wish = f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in SKIPPED)}</skipHours>"
    items = "".join(
        f"<item><title>Edition {each} of {number}</title><guid isPermaLink='false'>{each}</guid><pubDate>"
        f"{format_datetime(START + timedelta(seconds=each * NEWS_EVERY - _lead(number)))}</pubDate>"
        f"<description>What feed {number} has to say.</description></item>"
        for each in (edition, edition - 1)
    )
    return f"<rss version='2.0'><channel><title>Feed {number}</title>{wish}{items}</channel></rss>".encode()
