"""Vendors of prices: what to ask their libraries for a security's daily bars, and what the answers say.

Raw prices are asked for, as the screen showed them on the day. yfinance: https://ranaroussi.github.io/yfinance -
akshare, which asks East Money: https://akshare.akfamily.xyz/data/stock/stock.html
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.market.codes import one_form
from broadsheet.market.importing import ReadBars, heading_of, read_records
from broadsheet.market.records import Defaults

PriceSource = Literal["yfinance", "akshare"]
_YAHOO: Final = {"US": "", "SH": ".SS"}


class Question(Struct, frozen=True, kw_only=True):
    """What to ask a library: `subject` is whose prices, in its code, `function` and `arguments` how to call it."""

    security: str
    subject: str
    function: str
    arguments: Mapping[str, object]


def question_for(source: PriceSource, security: str, since: date, until: date) -> Question:
    """Say how to ask a source for the bars of a security, both days included.

    Raises:
        ConfigError: the code is none, or of an exchange that the source does not have.
    """
    code = one_form(security)
    if code is None:
        raise ConfigError(
            security, "names no security; write it with its exchange, as in 1810.HK, 600733.SH or AAPL.US"
        )
    number, _, suffix = code.rpartition(".")
    if source == "yfinance":
        return _yahoo(code, number + _YAHOO.get(suffix, f".{suffix}"), since, until)
    if suffix not in ("SH", "SZ", "BJ", "HK"):
        raise ConfigError(security, "is not at akshare, which has the exchanges of China and Hong Kong; ask yfinance")
    hong_kong = suffix == "HK"
    return Question(
        security=code,
        subject=number.zfill(5) if hong_kong else number,
        function="stock_hk_hist" if hong_kong else "stock_zh_a_hist",
        arguments={"period": "daily", "start_date": f"{since:%Y%m%d}", "end_date": f"{until:%Y%m%d}", "adjust": ""},
    )


def _yahoo(code: str, symbol: str, since: date, until: date) -> Question:
    after = until + timedelta(days=1)
    arguments = {"start": since.isoformat(), "end": after.isoformat(), "auto_adjust": False, "actions": False}
    return Question(security=code, subject=symbol, function="history", arguments=arguments)


def read_answer(source: PriceSource, question: Question, rows: Iterable[Mapping[str, object]]) -> ReadBars:
    """Read the rows of an answer.

    Raises:
        ConfigError: not one of them is a bar.
    """
    defaults = Defaults(name=f"{source} on {question.security}", security=question.security, source=source)
    records = ({heading_of(key): value for key, value in row.items()} for row in rows)
    return read_records(enumerate(records, 1), defaults)
