"""Codes of securities as price lists write them, brought to one form: 600733.SH, 1810.HK, AAPL.US."""

import re
from typing import Final

from broadsheet.market.tables import rows

_SUFFIXES: Final = {row[0]: row[0] for row in rows("exchanges")} | {
    "SS": "SH",
    "XSHG": "SH",
    "XSHE": "SZ",
    "XHKG": "HK",
}
_BEHIND: Final = re.compile(r"([A-Z0-9]+(?:[.-][A-Z])?)\.([A-Z]{1,4})")
_BEFORE: Final = re.compile(r"(SH|SZ|BJ|HK)\.?(\d{4,6})")
_CHINESE: Final = (
    (re.compile(r"(?:60|68|90)\d{4}"), "SH"),
    (re.compile(r"(?:00|30|20)\d{4}"), "SZ"),
    (re.compile(r"(?:43|83|87|88|92)\d{4}"), "BJ"),
)
_AMERICAN: Final = re.compile(r"[A-Z]{1,5}(?:[.-][A-Z])?")


def one_form(text: str) -> str | None:
    """Bring a code to its one form; None for what tells no exchange, as five digits do.

    Six digits are a Chinese exchange's, told by their first two; letters alone, as in yfinance, an American one's.
    """
    text = text.strip().upper()
    found = _BEHIND.fullmatch(text)
    if found and found[2] in _SUFFIXES:
        return _join(found[1], _SUFFIXES[found[2]])
    if found := _BEFORE.fullmatch(text):
        return _join(found[2], found[1])
    chinese = next((f"{text}.{suffix}" for pattern, suffix in _CHINESE if pattern.fullmatch(text)), None)
    return chinese or (f"{text}.US" if _AMERICAN.fullmatch(text) else None)


def _join(code: str, suffix: str) -> str:
    return f"{code.lstrip('0').zfill(4) if suffix == 'HK' else code}.{suffix}"
