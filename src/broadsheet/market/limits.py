"""How far the price of a Chinese share may go in a day, by board and date; elsewhere there are no such limits."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from msgspec import Struct

from broadsheet.market.tables import rows
from broadsheet.model import Bar

_CENT: Final = Decimal("0.01")
_MILL: Final = Decimal("0.001")
_SPECIAL: Final = re.compile(r"\s*\*?ST", re.IGNORECASE)


class Limit(Struct, frozen=True, kw_only=True):
    """A limit in percent; a new listing may be free of it for so many sessions."""

    percent: float
    free: int


def limits_on(security: str, day: date, *, special: bool = False) -> tuple[Limit, ...]:
    """Give the limits that a security may have on a day, the surest first; none where its market has none.

    `special` is a share under special treatment, whose name begins with ST or *ST.
    """
    return tuple(
        limit
        for pattern, treated, since, until, limit in _table()
        if treated == special and since <= day <= until and pattern.fullmatch(security)
    )


def is_special(name: str | None) -> bool:
    """Tell by its name whether a share is under special treatment."""
    return bool(name and _SPECIAL.match(name))


def limit_price(security: str, previous_close: float, percent: float) -> float:
    """Give the last price that a limit allows: `percent` is negative for the lowest. Halves are rounded up.

    The steps of B shares in Shanghai are of a thousandth; all others of a hundredth.
    """
    step = _MILL if security.startswith("90") and security.endswith(".SH") else _CENT
    exact = Decimal(repr(previous_close)) * (1 + Decimal(repr(percent)) / 100)
    return float(exact.quantize(step, ROUND_HALF_UP))


def is_at_limit(bar: Bar, price: float, reference: float, percent: float) -> bool:
    """Tell whether a price of a bar is the last one that a limit allows.

    Raw prices meet it exactly. Of adjusted ones three in four do, and 99 in a hundred within a step: of 599 sessions
    that closed within half a point of it, 447 and 592.
    """
    off = abs(price - limit_price(bar.security, reference, percent))
    if not bar.adjusted:
        return off < 0.0005
    return off < 0.0105 or abs(100 * (price / reference - 1) - percent) <= 0.2


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[re.Pattern[str], bool, date, date, Limit], ...]:
    return tuple(
        (
            re.compile(pattern),
            treated == "ST",
            date.fromisoformat(since),
            date.max if until == "-" else date.fromisoformat(until),
            Limit(percent=float(percent), free=int(free)),
        )
        for pattern, treated, since, until, percent, free, _ in rows("limits")
    )
