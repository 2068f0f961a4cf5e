"""Codes of securities: the forms in which lists and texts write them, brought to one: 600733.SH, 1958.HK, AAPL.US."""

import re

from broadsheet.annotate.tables import rows

_EXCHANGES = {alias: row for row in rows("exchanges") for alias in row[3].split()}
_MICS = {row[0]: row[1] for row in reversed(rows("exchanges"))}
_WITH_SUFFIX = re.compile(r"([a-z0-9]+(?:[.-][a-z])?)\.([a-z]{1,4})", re.IGNORECASE)
_WITH_PREFIX = re.compile(r"(sh|sz|bj|hk)\.?(\d{4,6})", re.IGNORECASE)
_CHINESE = (
    (re.compile(r"(?:60|68|69|90)\d{4}"), "SH"),
    (re.compile(r"(?:00|30|20)\d{4}"), "SZ"),
    (re.compile(r"(?:43|83|87|88|92)\d{4}"), "BJ"),
)


def write_code(text: str, exchange: str | None = None) -> str | None:
    """Bring a code to its one form; None where it tells no exchange and none is given.

    Hong Kong codes have four digits or more. Six digits alone are a Chinese exchange's, told by their first two.
    """
    text = text.strip()
    if found := _WITH_SUFFIX.fullmatch(text):
        row = _EXCHANGES.get(found[2].lower())
        if row:
            return _join(found[1], row[0])
    if found := _WITH_PREFIX.fullmatch(text):
        return _join(found[2], found[1].upper())
    row = _EXCHANGES.get((exchange or "").strip().lower())
    if row and text:
        return _join(text, row[0])
    return next((f"{text}.{suffix}" for pattern, suffix in _CHINESE if pattern.fullmatch(text)), None)


def _join(code: str, suffix: str) -> str:
    if suffix == "HK":
        code = code.lstrip("0").zfill(4)
    return f"{code.upper()}.{suffix}"


def mic_of(code: str) -> str:
    """Name the exchange (ISO 10383) of a code; empty where the suffix stands for several."""
    suffix = code.rpartition(".")[2]
    return "" if suffix == "US" else _MICS.get(suffix, "")


def id_of(code: str) -> str:
    """Make the id of an issuer that is known by its code alone."""
    return code.lower().replace(".", "-")
