"""The day in a date's text, in any order and language."""

import re
from datetime import date, timedelta
from typing import Final

from broadsheet.parse.names import load_table

MONTHS: Final = {name: int(number) for name, number in load_table("months.tsv").items()}
_MONTH_WORD: Final = r"(?P<word>[^\W\d_]+)\.?"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|[.º])?"
_DAYS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<y>\d{4})\s*[-/.年년]\s*(?P<m>\d{1,2})\s*[-/.月월]\s*(?P<d>\d{1,2})(?!\d)\s*[日号號일]?",
        r"^(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}[\s,/-]*(?:(?:de|of)\s+)?{_MONTH_WORD}[\s,/-]*(?:de\s+)?(?P<y>\d{{4}}|\d\d)(?![\d:])",
        rf"{_MONTH_WORD}[\s-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+|-)(?P<y>\d{{4}})(?!\d)",
        rf"{_MONTH_WORD}\s+(?P<d>\d{{1,2}})\s+\d\d?:\d\d(?::\d\d)?(?:\s+[a-z]+)?(?:\s+[+-]\d+)?\s+(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<y>\d{{4}})\.?[\s-]+{_MONTH_WORD}[\s-]+(?P<d>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\s+(?P<m>\d{1,2})月?\s+(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\d)",
        r"(?<!\d)(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{4})(?!\d)",
        r"^(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d\d)(?![\d/])",
        r"^(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d\d)(?![\d.])",
        rf"^{_MONTH_WORD},?\s+(?P<y>(?:19|20)\d\d)$",
        r"^(?P<y>(?:19|20)\d\d)(?:-(?P<m>\d\d))?$",
        r"^(?P<y>\d{4})-(?P<n>\d{3})(?!\d)",
        r"^(?P<y>(?:19|20)\d\d)(?P<n>\d{3})$",
        r"^(?P<y>\d{4})-?W(?P<w>\d\d)(?:-?(?P<d>[1-7]))?(?!\d)",
    )
)


def find_day(text: str) -> tuple[int, int, date] | None:
    """Find where the day begins and ends in the text, and the day."""
    for pattern in _DAYS:
        match = pattern.search(text)
        day = _day(match.groupdict(), text) if match else None
        if match and day:
            return match.start(), match.end(), day
    return None


def _day(parts: dict[str, str | None], text: str) -> date | None:
    year = _year(parts["y"] or "")
    if parts.get("n"):
        found = date(year, 1, 1) + timedelta(days=int(parts["n"] or "") - 1)
        return found if found.year == year else None
    if parts.get("w"):
        return date.fromisocalendar(year, int(parts["w"] or ""), int(parts.get("d") or "1"))
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
        return MONTHS.get(word) or MONTHS.get(word[:3] if word.isascii() else "", 0)
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
