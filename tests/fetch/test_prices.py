"""Libraries that ask vendors for prices, played by others that answer in their shapes."""

import sys
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from broadsheet.errors import ConfigError, FetchError
from broadsheet.fetch.prices import ask_prices
from broadsheet.market import question_for

DAYS = (date(2022, 8, 22), date(2022, 8, 26))
YAHOO, AKSHARE = (question_for(source, "1810.HK", *DAYS) for source in ("yfinance", "akshare"))


class Frame:
    """A table as pandas gives it."""

    def __init__(self, **row: object) -> None:
        self.row = row

    def reset_index(self) -> "Frame":
        return Frame(Date="2022-08-26", **self.row)

    def to_dict(self, kind: str) -> list[dict[str, object]]:
        return [self.row] * (kind == "records")


def ticker(symbol: str) -> Any:
    return SimpleNamespace(history=lambda **asked: Frame(symbol=symbol, **asked))


def refuse(**asked: object) -> None:
    raise KeyError(asked["symbol"])


def test_yfinance_is_asked_by_ticker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", SimpleNamespace(Ticker=ticker))
    (row,) = ask_prices("yfinance", YAHOO)
    assert (row["Date"], row["symbol"], row["auto_adjust"]) == ("2022-08-26", "1810.HK", False)


def test_akshare_is_asked_by_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "akshare", SimpleNamespace(stock_hk_hist=Frame))
    (row,) = ask_prices("akshare", AKSHARE)
    assert (row["symbol"], row["start_date"], row["adjust"]) == ("01810", "20220822", "")


def test_whatever_a_library_raises_is_a_vendor_that_gave_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "akshare", SimpleNamespace(stock_hk_hist=refuse))
    with pytest.raises(FetchError, match="akshare gave no prices of 01810: '01810'"):
        ask_prices("akshare", AKSHARE)


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", None)
    with pytest.raises(ConfigError, match=r"^--from yfinance: needs the package yfinance"):
        ask_prices("yfinance", YAHOO)
