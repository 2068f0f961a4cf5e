"""Moments in every spelling that feeds use, made aware and UTC, or refused."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from broadsheet.parse.names import load_table

_EARLIEST: Final = 1990
_TOLERANCE: Final = timedelta(days=2)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ASIA_SHANGHAI: Final = "Asia/Shanghai"

_MONTHS: Final = {name: int(number) for name, number in load_table("months.tsv").items()}
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
    fast = _RFC822.fullmatch(text)
    if fast:
        return _rfc822(fast)
    if len(text) >= 15 and (text[10] in "T " or text[8] == "T"):
        try:
            return _to_utc(datetime.fromisoformat(text), style.zone)
        except ValueError:
            pass
    return _read_loosely(text[:100], style)


_RFC822: Final = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):([0-6]\d) (?:([+-])(\d\d)(\d\d)|GMT|UTC|Z)"
)


def _rfc822(match: re.Match[str]) -> datetime | None:
    """Read the common RFC 822 form (RFC 2822, section 3.3), where nine of ten dates end."""
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    moment = datetime(int(year), number, int(day), int(hour), int(minute), 0, tzinfo=UTC)
    if not sign:
        return moment + timedelta(0, int(second))
    east = int(hours) * 3600 + int(minutes) * 60
    return moment + timedelta(0, int(second) + (east if sign == "-" else -east))


def _to_utc(moment: datetime, zone: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _read_loosely(text: str, style: DateStyle) -> datetime | None:
    day = _find_day(text)
    if day is None:
        return _epoch(text) or _relative(text, style)
    date_end, found = day
    clock = _CLOCK.search(text)
    zone = _find_zone(text[clock.end() if clock else date_end :], style)
    return _to_utc(datetime(found.year, found.month, found.day, tzinfo=zone) + _clock(clock), zone)


_EPOCH_NUMBER: Final = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")


def _epoch(text: str) -> datetime | None:
    """Read seconds or milliseconds since 1970."""
    match = _EPOCH_NUMBER.fullmatch(text)
    if not match:
        return None
    seconds, milliseconds = match.groups()
    return _EPOCH + (timedelta(seconds=int(seconds)) if seconds else timedelta(milliseconds=int(milliseconds)))


# --- the day

_MONTH_WORD: Final = r"(?P<word>[^\W\d_]+)\.?"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|[.º])?"
_DAYS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})\s*[-/.年년]\s*(?P<m>\d{1,2})\s*[-/.月월]\s*(?P<d>\d{1,2})(?!\d)\s*[日号號일]?",
        r"^(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}[\s,/-]*(?:de\s+)?{_MONTH_WORD}[\s,/-]*(?:de\s+)?(?P<y>\d{{4}}|\d\d)(?![\d:])",
        rf"{_MONTH_WORD}\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
        rf"{_MONTH_WORD}\s+(?P<d>\d{{1,2}})\s+\d\d?:\d\d(?::\d\d)?(?:\s+[a-z]+)?(?:\s+[+-]\d+)?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})(?!\d)",
        r"^(?P<y>(?:19|20)\d\d)(?:-(?P<m>\d\d))?$",
        r"^(?P<y>\d{4})-(?P<n>\d{3})(?!\d)",
    )
)


def _find_day(text: str) -> tuple[int, date] | None:
    """Find where the day ends in the text, and the day."""
    for pattern in _DAYS:
        match = pattern.search(text)
        day = _day(match.groupdict(), text) if match else None
        if match and day:
            return match.end(), day
    return None


def _day(parts: dict[str, str | None], text: str) -> date | None:
    year = _year(parts["y"] or "")
    if parts.get("n"):
        return date(year, 1, 1) + timedelta(days=int(parts["n"] or "") - 1)
    month = _month_number(parts, text)
    day = parts["b"] if _month_first(parts, text) else parts.get("a") or parts.get("d") or "1"
    return date(year, month, int(day or "")) if month else None


def _year(digits: str) -> int:
    """Complete a year of two digits (RFC 2822, section 4.3)."""
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 50 else 1900)


def _month_number(parts: dict[str, str | None], text: str) -> int:
    """Find the month's number, 0 where its word is no month or where day and month cannot be told apart."""
    if parts.get("word"):
        word = (parts["word"] or "").lower()
        return _MONTHS.get(word) or _MONTHS.get(word[:3] if word.isascii() else "", 0)
    if parts.get("a"):
        first, second = int(parts["a"] or ""), int(parts["b"] or "")
        return first if _month_first(parts, text) else second if first > 12 or first == second else 0
    return int(parts.get("m") or "1")


def _month_first(parts: dict[str, str | None], text: str) -> bool:
    """Tell 11/23/2026 from 23/11/2026: by the number over 12, else by the American AM or PM."""
    if not parts.get("a"):
        return False
    american = text.upper().rstrip(". ").endswith(("AM", "PM"))
    return int(parts["b"] or "") > 12 or (american and int(parts["a"] or "") <= 12)


# --- the time of day

_AFTERNOON: Final = ("下午", "傍晚", "晚上", "晚", "午後", "오후", "p")
_CLOCK: Final = re.compile(
    r"(?P<half>上午|凌晨|清晨|早上|午前|오전|下午|傍晚|晚上|晚|午後|오후|[ap]\.?m\.?)?\s*"
    r"(?<![\d+\-−])(?P<h>\d{1,2})\s*(?:[:：时時点點시]|h(?=\d))\s*(?P<m>\d{1,2})?"
    r"(?:\s*[:：分분]\s*(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?)?\s*[分秒분초]?"
    r"(?:\s*(?P<half2>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)


def _clock(match: re.Match[str] | None) -> timedelta:
    """Give the time of day; a leap second or 24:00 runs over into the next minute or day."""
    if match is None:
        return timedelta()
    half = (match["half"] or match["half2"] or "").lower()
    hour, minute, second = int(match["h"]), int(match["m"] or "0"), int(match["s"] or "0")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    if hour > 24 or minute > 59 or second > 60:
        message = "no such time of day"
        raise ValueError(message)
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=_microseconds(match["f"]))


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0")[:6].ljust(6, "0"))


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
_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_AGO: Final = re.compile(
    rf"(?P<n>\d{{1,6}}|an?|半|half an?)\s*个?\s*(?P<unit>{_UNIT})\s*(?:之前|以前|前|전|ago)", re.I
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
    return _named_day(text.lower(), style.now.astimezone(style.zone), style)


def _count(number: str) -> float:
    return float(number) if number.isdecimal() else 0.5 if number.startswith(("半", "half")) else 1.0


def _named_day(text: str, local_now: datetime, style: DateStyle) -> datetime | None:
    for word, days in _NAMED_DAYS.items():
        if text.startswith(word):
            midnight = datetime(local_now.year, local_now.month, local_now.day, tzinfo=style.zone)
            return _to_utc(midnight - timedelta(days=days) + _clock(_CLOCK.search(text)), style.zone)
    return None
