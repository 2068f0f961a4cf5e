"""Vendors of prices: their calls, and their answers as they came once."""

from datetime import date, datetime, timedelta, timezone

import pytest

from broadsheet.errors import ConfigError
from broadsheet.market import question_for, read_answer
from broadsheet.market.sources import PriceSource

MONDAY, FRIDAY = date(2022, 8, 22), date(2022, 8, 26)
HONG_KONG = timezone(timedelta(hours=8))
YAHOO = [
    {
        "Date": datetime(2022, 8, 26, tzinfo=HONG_KONG),
        "Open": 11.600000381469727,
        "High": 11.84000015258789,
        "Low": 11.34000015258789,
        "Close": 11.779999732971191,
        "Adj Close": 11.5,
        "Volume": 192838000,
    }
]
AKSHARE = [
    {
        "index": 0,
        "日期": "2022-08-26",
        "股票代码": "600901",
        "开盘": 7.3,
        "收盘": 8.04,
        "最高": 8.04,
        "最低": 7.29,
        "成交量": 9,
        "涨跌额": 0.73,
    }
]


@pytest.mark.parametrize(
    ("source", "security", "subject", "function"),
    [
        ("yfinance", "01810.HK", "1810.HK", "history"),
        ("yfinance", "600901", "600901.SS", "history"),
        ("yfinance", "000901.SZ", "000901.SZ", "history"),
        ("yfinance", "ACME", "ACME", "history"),
        ("akshare", "1810.HK", "01810", "stock_hk_hist"),
        ("akshare", "600901.SH", "600901", "stock_zh_a_hist"),
    ],
)
def test_a_source_is_asked_in_its_own_codes(source: PriceSource, security: str, subject: str, function: str) -> None:
    question = question_for(source, security, MONDAY, FRIDAY)
    assert (question.subject, question.function) == (subject, function)


def test_raw_prices_of_both_days_are_asked_for() -> None:
    yahoo, akshare = (question_for(source, "1810.HK", MONDAY, FRIDAY).arguments for source in ("yfinance", "akshare"))
    assert yahoo == {"start": "2022-08-22", "end": "2022-08-27", "auto_adjust": False, "actions": False}
    assert akshare == {"period": "daily", "start_date": "20220822", "end_date": "20220826", "adjust": ""}


@pytest.mark.parametrize(("security", "words"), [("ACME.US", "ask yfinance"), ("01810", "names no security")])
def test_what_a_source_does_not_have_is_said(security: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        question_for("akshare", security, MONDAY, FRIDAY)


def test_an_answer_of_yfinance() -> None:
    (found,) = read_answer("yfinance", question_for("yfinance", "1810.HK", MONDAY, FRIDAY), YAHOO).bars
    assert (found.security, found.day, found.source, found.adjusted) == ("1810.HK", FRIDAY, "yfinance", False)
    assert found.previous_close is None


def test_an_answer_of_akshare_for_each_exchange() -> None:
    (found,) = read_answer("akshare", question_for("akshare", "600901.SH", MONDAY, FRIDAY), AKSHARE).bars
    assert (found.security, found.previous_close, found.source) == ("600901.SH", 7.31, "akshare")
    without = [{key: value for key, value in AKSHARE[0].items() if key != "股票代码"}]
    assert (
        read_answer("akshare", question_for("akshare", "1810.HK", MONDAY, FRIDAY), without).bars[0].security
        == "1810.HK"
    )


def test_an_empty_answer_is_told() -> None:
    with pytest.raises(ConfigError, match=r"^yfinance on 1810.HK: holds no daily bar"):
        read_answer("yfinance", question_for("yfinance", "1810.HK", MONDAY, FRIDAY), [])
