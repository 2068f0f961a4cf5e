"""Moments in every spelling that feeds use, made aware and UTC, or refused."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from broadsheet.parse.names import load_table
from broadsheet.parse.values.clocks import CLOCK, DOTTED, time_of_day
from broadsheet.parse.values.days import MONTHS, find_day

_EARLIEST: Final = 1990
_TOLERANCE: Final = timedelta(days=2)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ASIA_SHANGHAI: Final = "Asia/Shanghai"

_ZONES: Final = {name: int(minutes) for name, minutes in load_table("zones.tsv").items()}


class DateStyle(Struct, frozen=True):
    """How a feed's dates are to be understood.

    `zone` serves dates without one; `chinese` lets CST mean China's time; `now` serves relative dates and, where
    it is given, refuses years before 1990 and moments more than two days ahead.
    """

    zone: tzinfo = UTC
    chinese: bool = False
    now: datetime | None = None


def date_style(zone: str | None, language: str | None, now: datetime | None) -> DateStyle:
    """Choose the style for a feed: its own IANA `zone`, else China's where its language is Chinese, else UTC."""
    chinese = (language or "").lower().startswith("zh")
    name = zone or (_ASIA_SHANGHAI if chinese else None)
    return DateStyle(_zone(name) if name else UTC, chinese, now)


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # unknown, or not a name at all
        return UTC


def parse_date(text: str, style: DateStyle) -> datetime | None:
    """Read one moment, or None where no rule fits or the moment is refused; never raises."""
    try:
        moment = _read(text.strip(), style)
    except (ValueError, OverflowError):
        return None
    if moment is None or style.now is None:
        return moment
    return None if moment.year < _EARLIEST or moment > style.now + _TOLERANCE else moment


def _read(text: str, style: DateStyle) -> datetime | None:
    try:
        fast = _RFC822.fullmatch(text)
        if fast:
            return _rfc822(fast)
        if len(text) >= 13 and (text[10] in "T " or text[8] == "T"):
            return _to_utc(datetime.fromisoformat(text), style.zone)
    except ValueError:
        pass  # 24:00, or no ISO 8601 after all
    return _read_loosely(text[:100], style)


_RFC822: Final = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d):([0-6]\d) (?:([+-]\d\d)(\d\d)|GMT|UTC|Z)",
    re.ASCII,
)
_MONTH_DIGITS: Final = {name.capitalize(): f"{number:02}" for name, number in MONTHS.items()}


def _rfc822(match: re.Match[str]) -> datetime | None:
    """Read the common RFC 822 form (RFC 2822, section 3.3), where nine of ten dates end, by way of ISO 8601."""
    day, name, year, clock, second, hours, minutes = match.groups()
    month = _MONTH_DIGITS.get(name)
    if month is None:
        return None
    iso = f"{year}-{month}-{day:>02}T{clock}:"
    if second == "60":
        return _with_zone(f"{iso}59", hours, minutes) + timedelta(seconds=1)
    return _with_zone(iso + second, hours, minutes)


def _with_zone(iso: str, hours: str | None, minutes: str | None) -> datetime:
    if not hours or (hours == "+00" and minutes == "00"):
        return datetime.fromisoformat(f"{iso}+00:00")
    return datetime.fromisoformat(f"{iso}{hours}:{minutes}").astimezone(UTC)


def _to_utc(moment: datetime, zone: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _read_loosely(text: str, style: DateStyle) -> datetime | None:
    day = find_day(text)
    if day is None:
        return _epoch(text) or _compact(text, style) or _relative(text, style)
    start, end, found = day
    clock = CLOCK.search(text) or DOTTED.search(text, end)
    zone = _find_zone(_behind(clock.end(), start, end, text) if clock else text[end:], style)
    return _to_utc(datetime(found.year, found.month, found.day, tzinfo=zone) + time_of_day(clock), zone)


def _behind(clock: int, start: int, end: int, text: str) -> str:
    """Give what follows the time, without the day that may follow it, too."""
    return f"{text[clock:start]} {text[end:]}" if clock <= start else text[clock:]


_EPOCH_NUMBER: Final = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")


def _epoch(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970."""
    match = _EPOCH_NUMBER.fullmatch(text)
    if not match:
        return None
    seconds, milliseconds = match.groups()
    return _EPOCH + (timedelta(seconds=int(seconds)) if seconds else timedelta(milliseconds=int(milliseconds)))


_COMPACT: Final = re.compile(r"((?:19|20)\d{6})(\d{6})", re.ASCII)


def _compact(text: str, style: DateStyle) -> datetime | None:
    """Read the fourteen digits of a time without any mark between them."""
    match = _COMPACT.fullmatch(text)
    return _to_utc(datetime.fromisoformat("T".join(match.groups())), style.zone) if match else None


# --- the zone

_OFFSET: Final = re.compile(r"([+\-−])\s?(\d{1,2})(?::?(\d\d))?(?!\d)")
_ZONE_NAME: Final = re.compile(r"[A-Za-z]+(?:/[A-Za-z_]+)+|[A-Za-z]{1,5}")


def _find_zone(text: str, style: DateStyle) -> tzinfo:
    """Find an offset or a zone's name in what follows the time; the feed's own zone where there is none."""
    offset = _OFFSET.search(text)
    if offset:
        sign, hours, minutes = offset.groups()
        size = timedelta(hours=int(hours), minutes=int(minutes or "0"))
        return timezone(size if sign == "+" else -size)
    name = _ZONE_NAME.search(text)
    return _named_zone(name.group(), style) if name else style.zone


def _named_zone(name: str, style: DateStyle) -> tzinfo:
    if "/" in name:
        return _zone(name)
    word = name.upper()
    if word == "CST" and style.chinese:
        return _zone(_ASIA_SHANGHAI)
    minutes = _ZONES.get(word)
    return style.zone if minutes is None else timezone(timedelta(minutes=minutes))


# --- relative to now

_UNITS: Final = {unit: int(seconds) for unit, seconds in load_table("units.tsv").items()}
_DIGITS: Final = dict(zip("一二三四五六七八九十两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2), strict=True))
_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_AGO: Final = re.compile(
    rf"(?P<n>\d{{1,6}}|an?|半|half an?|[{''.join(_DIGITS)}])\s*个?\s*(?P<unit>{_UNIT})\s*(?:之前|以前|前|전|ago)",
    re.I,
)
_JUST_NOW: Final = re.compile(r"刚刚|刚才|剛剛|たった今|방금|just now|now", re.IGNORECASE)
_NAMED_DAYS: Final = {"今天": 0, "today": 0, "今日": 0, "昨天": 1, "昨日": 1, "yesterday": 1, "前天": 2}


def _relative(text: str, style: DateStyle) -> datetime | None:
    """Read 刚刚, 3分钟前, 昨天 14:05, "2 hours ago": only where the moment of reading is known."""
    if style.now is None:
        return None
    if _JUST_NOW.fullmatch(text):
        return style.now
    ago = _AGO.fullmatch(text)
    if ago:
        return style.now - _count(ago["n"].lower()) * timedelta(seconds=_UNITS[ago["unit"].lower()])
    local_now = style.now.astimezone(style.zone)
    return _named_day(text.lower(), local_now, style) or _this_year(text, local_now, style)


def _count(number: str) -> float:
    if number.isdecimal():
        return float(number)
    return 0.5 if number.startswith(("半", "half")) else _DIGITS.get(number, 1.0)


def _named_day(text: str, local_now: datetime, style: DateStyle) -> datetime | None:
    for word, days in _NAMED_DAYS.items():
        if text.startswith(word):
            midnight = datetime(local_now.year, local_now.month, local_now.day, tzinfo=style.zone)
            return _to_utc(midnight - timedelta(days=days) + time_of_day(CLOCK.search(text)), style.zone)
    return None


_MONTH_AND_DAY: Final = re.compile(
    r"(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?[日号]|(?P<m2>\d\d)-(?P<d2>\d\d)(?=\s\d?\d:\d\d)"
)


def _this_year(text: str, local_now: datetime, style: DateStyle) -> datetime | None:
    """Read a month and a day without a year, as Chinese sites write them: the last such day, today included."""
    match = _MONTH_AND_DAY.match(text) if style.chinese else None
    if match is None:
        return None
    month, day = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    past = (month, day) <= (local_now.month, local_now.day)
    midnight = datetime(local_now.year - (not past), month, day, tzinfo=style.zone)
    return _to_utc(midnight + time_of_day(CLOCK.search(text, match.end())), style.zone)
