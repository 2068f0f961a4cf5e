"""Numbers of reported moves as texts print them."""

import re
from typing import Final

from msgspec import Struct

from broadsheet.model import Unit

_DIGITS: Final = r"\d[\d,]*(?:\.\d+)?"
_HAN: Final = "一二两三四五六七八九"
NUMBER: Final = (
    rf"(?P<value>{_DIGITS}|[{_HAN}十百半]+)(?:(?P<same>%|个百分点)?(?:[-~–—～至]|到)(?P<high>{_DIGITS})(?(same)(?=%|个?百分点)))?"
    r"(?P<scale>[万亿])?\s?(?P<unit>%|个?百分点|个点|点|成(?:[半一二三四五六七八九](?![成倍个]))?|倍|港元|港币|美元|美金|人民币|日元|韩元|欧元|新台币|元|usd|usdt)"
)
_UNITS: Final[dict[str, Unit]] = {
    "%": "%",
    "百分点": "%",
    "个百分点": "%",
    "成": "%",
    "倍": "multiple",
    "港元": "price_hkd",
    "港币": "price_hkd",
    "美元": "price_usd",
    "美金": "price_usd",
    "usd": "price_usd",
    "usdt": "price_usd",
    "元": "price_cny",
    "人民币": "price_cny",
    "点": "point",
    "个点": "point",
}
_TENTH: Final = "成"
_SCALES: Final = {"万": 1e4, "亿": 1e8}


class Number(Struct, frozen=True):
    """A number with its unit; `high` is the upper end of a range."""

    value: float
    high: float | None
    unit: Unit


def read_number(found: re.Match[str]) -> Number | None:
    """Read what `NUMBER` matched; None for a unit that no move has here."""
    tenths = found["unit"].startswith(_TENTH)
    unit = _UNITS.get(_TENTH if tenths else found["unit"])
    value = _value(found["value"])
    if unit is None or value is None:
        return None
    factor = _SCALES.get(found["scale"] or "", 1.0) * (10.0 if tenths else 1.0)
    rest = _hundredths(found["unit"][1:]) if tenths else 0.0
    high = _value(found["high"]) if found["high"] else None
    return Number(_rounded(value * factor + rest), None if high is None else _rounded(high * factor), unit)


def _hundredths(text: str) -> float:
    """Read what stands behind tenths: the 二 of 一成二, the 半 of 两成半."""
    if text == "半":
        return 5.0
    return (_han_value(text) or 0.0) if text else 0.0


def _value(text: str) -> float | None:
    if text[0].isdigit():
        return float(text.replace(",", ""))
    return _han_value(text)


def _han_value(text: str) -> float | None:
    """Read Chinese numerals under a hundred: 三, 十五, 二十."""
    if text == "半":
        return 0.5
    if not set(text) <= set(_HAN + "十"):
        return None
    digits = {digit: float(value) for digit, value in zip(_HAN, (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)}
    tens, ten, ones = text.partition("十")
    if not ten:
        return digits[text] if len(text) == 1 else None
    if len(tens) > 1 or len(ones) > 1:
        return None
    return digits.get(tens, 1.0) * 10 + digits.get(ones, 0.0)


def _rounded(value: float) -> float:
    """Take off what multiplying by ten thousand left: 1.1 of 万 is 11000."""
    return round(value, 6)
