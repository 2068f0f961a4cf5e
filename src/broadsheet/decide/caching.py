"""How long a server asks to be left alone: Cache-Control, Expires, Age and Retry-After (RFC 9110, RFC 9111)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_DIRECTIVE = re.compile(r'([a-z-]+)\s*(?:=\s*(?:"([^"]*)"|([^",\s]*)))?', re.ASCII)


def fresh_s(headers: Mapping[str, str], received_at: datetime) -> int:
    """How long an answer stays fresh, in seconds from `received_at`; 0 where it does not say so (RFC 9111, 4.2).

    A malformed value counts as none. `s-maxage` is for caches that many share, which we are not.
    """
    said = _directives(headers.get("cache-control", ""))
    if "no-cache" in said or "no-store" in said:
        return 0
    lifetime = _max_age_s(said) if "max-age" in said else _expires_s(headers, received_at)
    return max(0, lifetime - (_seconds(headers.get("age")) or 0))


def retry_after_s(headers: Mapping[str, str], received_at: datetime) -> int | None:
    """How long the server asks to wait, in seconds; None where it says nothing readable (RFC 9110, 10.2.3)."""
    said = headers.get("retry-after")
    waits = _seconds(said)
    if waits is not None:
        return waits
    until = http_date(said)
    return None if until is None else _between_s(_server_time(headers, received_at), until)


def http_date(text: str | None) -> datetime | None:
    """Read an HTTP date in any of its three forms (RFC 9110, 5.6.7)."""
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _directives(cache_control: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(cache_control.lower()):
        found.setdefault(name, quoted or plain)
    return found


def _max_age_s(said: Mapping[str, str]) -> int:
    return _seconds(said["max-age"]) or 0


def _expires_s(headers: Mapping[str, str], received_at: datetime) -> int:
    """Count from the server's own Date: its clock may be wrong, but it is wrong twice."""
    expires = http_date(headers.get("expires"))
    return 0 if expires is None else _between_s(_server_time(headers, received_at), expires)


def _server_time(headers: Mapping[str, str], received_at: datetime) -> datetime:
    return http_date(headers.get("date")) or received_at


def _between_s(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds()))


def _seconds(text: str | None) -> int | None:
    said = (text or "").strip()
    return int(said[:12]) if said.isascii() and said.isdigit() else None
