"""Days in questions: 2026, 2026-11 or 2026-11-26, each meaning the moment at which it begins."""

import re
from datetime import UTC, datetime, tzinfo
from typing import TypeAlias
from unicodedata import normalize

Day: TypeAlias = tuple[int, int, int]
"""Year, month and day."""

DAY_FORMS = "write a day (2026-11-26), a month (2026-11) or a year (2026)"

_DAY = re.compile(
    r"([0-9]{4})年?|([0-9]{4})[-/.年]([0-9]{1,2})月?|([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
    r"|([0-9]{4})([0-9]{2})([0-9]{2})"
)


def parse_day(text: str) -> Day | None:
    """Read a day; None for what is none. A year means its first day, a month likewise."""
    found = _DAY.fullmatch(normalize("NFKC", text).strip())
    if found is None:
        return None
    year, month, day = (*(int(part) for part in found.groups() if part), 1, 1)[:3]
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return year, month, day


def begin(day: Day, zone: tzinfo) -> datetime:
    """The moment at which a day begins in a zone; in UTC where that would be before or after all time."""
    try:
        return datetime(*day, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return datetime(*day, tzinfo=UTC)
