"""Price lists in every form that is known."""

import io
import sys
from contextlib import suppress
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from broadsheet.errors import ConfigError
from broadsheet.market import read_bars
from broadsheet.model import Bar

FRIDAY = date(2022, 8, 26)
TUSHARE = """ts_code,trade_date,open,high,low,close,pre_close,change,pct_chg,vol,amount
600901.SH,20220826,7.30,8.04,7.29,8.04,7.31,0.73,9.9863,1234.5,9876.1
"""
YAHOO = """Date,Open,High,Low,Close,Adj Close,Volume
2022-08-26,11.60,11.84,11.34,11.78,11.42,1000
"""
YAHOO_HISTORY = """Date,Open,High,Low,Close,Volume,Dividends,Stock Splits
2022-08-26 00:00:00+08:00,11.60,11.84,11.34,11.78,1000,0.0,0.0
"""
YAHOO_DOWNLOAD = """Price,Close,High,Low,Open,Volume
Ticker,0901.HK,0901.HK,0901.HK,0901.HK,0901.HK
Date,,,,,
2022-08-26,11.78,11.84,11.34,11.60,1000
"""
AKSHARE = """日期,股票代码,开盘,收盘,最高,最低,成交量,成交额,振幅,涨跌幅,涨跌额,换手率
2022-08-26,600901,7.30,8.04,8.04,7.29,123456,99.0,10.26,9.99,0.73,3.1
"""
STOOQ = """<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
ACME.US,D,20220826,000000,170.5,171,163.5,163.6,7890,0
"""
PLAIN = """security;day;open;high;low;close;previous_close;adjusted;source
0901.HK;2022/8/26;11.6;11.84;11.34;11.78;11.42;dividends;made
"""
BARE = "date,open,close,high,low\n2022-08-26,7.30,8.04,8.04,7.29\n"


def only(text: str, security: str | None = None, *, adjusted: bool = False, source: str | None = None) -> Bar:
    read = read_bars(text.encode(), "list.csv", security=security, adjusted=adjusted, source=source)
    assert read.refused == ()
    (found,) = read.bars
    return found


def test_tushare() -> None:
    found = only(TUSHARE)
    assert (found.security, found.day, found.previous_close) == ("600901.SH", FRIDAY, 7.31)
    assert (found.open, found.high, found.low, found.close, found.volume) == (7.30, 8.04, 7.29, 8.04, 1234.5)
    assert (found.source, found.adjusted) == ("Tushare", False)
    assert only(TUSHARE, adjusted=True).adjusted


@pytest.mark.parametrize(("text", "adjusted"), [(YAHOO, False), (YAHOO_HISTORY, True), (YAHOO_DOWNLOAD, True)])
def test_yfinance_adjusts_unless_it_says_both(text: str, adjusted: bool) -> None:
    found = only(text, "0901.HK")
    assert (found.security, found.day, found.source, found.adjusted) == ("0901.HK", FRIDAY, "yfinance", adjusted)
    assert (found.open, found.high, found.low, found.close) == (11.60, 11.84, 11.34, 11.78)


def test_a_download_with_adjusted_prices_beside_the_raw() -> None:
    both = (
        YAHOO_DOWNLOAD.replace("Price,", "Price,Adj Close,")
        .replace("Ticker,", "Ticker,0901.HK,")
        .replace("26,", "26,9,")
    )
    assert (only(both).close, only(both).adjusted) == (11.78, False)


def test_akshare_tells_the_reference_by_the_change() -> None:
    found = only(AKSHARE)
    assert (found.security, found.previous_close, found.source) == ("600901.SH", 7.31, "akshare")
    hong_kong = AKSHARE.replace("600901", "00901")
    assert only(hong_kong, "0901.HK").security == "0901.HK"
    with pytest.raises(ConfigError, match="00901 names no security"):
        only(hong_kong, "0902.HK")


def test_stooq() -> None:
    found = only(STOOQ)
    assert (found.security, found.close, found.source, found.adjusted) == ("ACME.US", 163.6, "Stooq", True)


def test_plain_lists_say_what_they_like_and_options_the_rest() -> None:
    found = only(PLAIN)
    assert (found.previous_close, found.source, found.adjusted) == (11.42, "made", True)
    bare = only(BARE, "600901", adjusted=True, source="mine")
    assert (bare.security, bare.source, bare.adjusted, bare.previous_close) == ("600901.SH", "mine", True, None)


def test_chinese_lists_may_be_in_gb18030() -> None:
    assert read_bars(AKSHARE.encode("gb18030"), "list.csv").bars == (only(AKSHARE),)


def test_what_is_no_bar_is_told_by_its_line_and_passed_over() -> None:
    lines = (
        "600901,2022-08-26,7.3,8.04,7.29,8.04",
        "600901,2022-08-26,7.3,8.04,7.29,8.04",
        "600901,2022-08-26,7.3,8.04,7.29,8.00",
        "600901,2022-13-26,7.3,8.04,7.29,8.04",
        "600901,someday,7.3,8.04,7.29,8.04",
        "600901,2022-08-25,7.3,-,7.29,8.04",
        "600901,2022-08-25,7.3,nan,7.29,8.04",
        "",
        "600901,2022-08-25,0,8.04,7.29,8.04",
        "600901,2022-08-25,7.3,7.00,7.29,8.04",
        "600901",
        ",2022-08-25,7.3,8.04,7.29,8.04",
    )
    read = read_bars("\n".join(("code,day,open,high,low,close", *lines)).encode(), "list.csv")
    assert [bar.close for bar in read.bars] == [8.04, 8.04]
    assert read.doubtful == ("line 11: open or close is outside of high and low",)
    assert read.refused == (
        "line 3: 600901.SH on 2022-08-26 once more",
        "line 4: 600901.SH on 2022-08-26 again, with other figures",
        "line 5: 2022-13-26 is no day",
        "line 6: someday is no day",
        "line 7: high is -, which is no price",
        "line 8: high is nan, which is no price",
        "line 10: open is 0, which is no price",
        "line 12: open is missing, which is no price",
        "line 13: nothing names no security: say it with --security, as in 1810.HK",
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "has no line of headings"),
        (b"a,b\n1,2\n", "has no line of headings"),
        (b"day,close\n", "holds no daily bar$"),
        (BARE.encode(), "holds no daily bar .line 2: nothing names no security"),
        (b'day,close\n"' + b"x" * 200_000, "is not CSV"),
        (b"PAR1 and no more", "cannot be read as Parquet"),
    ],
)
def test_what_is_no_list_is_refused_by_name(body: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=f"^mine: .*{words}"):
        read_bars(body, "mine")


def test_the_same_as_parquet() -> None:
    columns = {"Date": [FRIDAY], "Open": [7.3], "High": [8.04], "Low": [7.29], "Close": [8.04], "Volume": [None]}
    file = io.BytesIO()
    parquet.write_table(pa.table(columns), file)
    (found,) = read_bars(file.getvalue(), "list.parquet", security="600901.SH").bars
    assert (found.day, found.high, found.volume) == (FRIDAY, 8.04, None)


def test_parquet_without_its_reader_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"install broadsheet\[parquet\]"):
        read_bars(b"PAR1", "list.parquet")


@given(st.binary(max_size=200) | st.text(alphabet="day,close\n2022-08-26;\t价", max_size=200).map(str.encode))
def test_nothing_else_than_a_refusal_comes_out(body: bytes) -> None:
    with suppress(ConfigError):
        assert read_bars(b"security,day,open,high,low,close\n" + body, "list").bars
