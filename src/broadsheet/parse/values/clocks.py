"""The time of day in a date's text."""

import re
from datetime import timedelta
from typing import Final

_AFTERNOON: Final = ("下午", "傍晚", "晚上", "晚", "午後", "오후", "p")
CLOCK: Final = re.compile(
    r"(?P<half>上午|凌晨|清晨|早上|午前|오전|下午|傍晚|晚上|晚|午後|오후|[ap]\.?m\.?)?\s*"
    r"(?<![\d+\-−])(?P<h>\d{1,2})\s*(?:[:：时時点點시]|h(?=\d))\s*(?P<m>\d{1,2})?"
    r"(?:\s*[:：分분]\s*(?P<s>\d{1,2})(?:[.,:](?P<f>\d{1,9}))?)?\s*[分秒분초]?"
    r"(?:\s*(?P<half2>[ap])\.?\s?m\b\.?)?",
    re.IGNORECASE,
)
DOTTED: Final = re.compile(
    r"(?<![\d+\-−.])(?=\d{1,2}(?:\.\d\d|\s*[ap]\.?m\b))(?P<h>\d{1,2})"
    r"(?:\.(?P<m>\d\d)(?:\.(?P<s>\d\d))?(?!\.?\d))?(?:\s*(?P<half2>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
"""19.48 and 8 a.m., which are a time only behind a day."""


def time_of_day(match: re.Match[str] | None) -> timedelta:
    """Give the time of day; a leap second or 24:00 runs over into the next minute or day."""
    if match is None:
        return timedelta()
    said = match.groupdict("")
    half = (said.get("half") or said["half2"]).lower()
    hour, minute, second = int(said["h"]), int(said["m"] or "0"), int(said["s"] or "0")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    if hour > 24 or minute > 59 or second > 60:
        message = "no such time of day"
        raise ValueError(message)
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=_microseconds(said.get("f")))


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0")[:6].ljust(6, "0"))
