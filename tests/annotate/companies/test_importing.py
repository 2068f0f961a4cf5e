"""Lists of securities in every form that is known."""

from datetime import date

import pytest

from broadsheet.annotate import read_companies
from broadsheet.errors import ConfigError

TUSHARE = """ts_code,symbol,name,area,list_date
600901.SH,600901,玉兔科技,北京,20010102
000902.SZ,000902,*ST白鹤,上海,bad
300903.SZ,300903,机器人,沈阳,20019999
"""
HKEX = """List of Securities,,
Updated as at 01/02/2026,,
Stock Code,Name of Securities,Category
00901,YUTU-W,Equity
09999,A WARRANT,Derivative Warrants
,NAMELESS,Equity
"""
SEC = '{"0":{"cik_str":1,"ticker":"ACM","title":"Acme Corp."},"1":{"cik_str":2,"ticker":"","title":"None"},"2":5}'
SEC_EXCHANGES = '{"fields":["cik","name","ticker","exchange"],"data":[[1,"Acme Corp.","ACM","NYSE"]]}'
PLAIN = """代码;名称;全称;英文名称;曾用名;退市日期
600901;玉兔科技;玉兔科技股份有限公司;Yutu;玉兔实业|机器人;2024-03-04
"""


def test_tushare() -> None:
    jade, crane, robot = read_companies(TUSHARE.encode(), "stock_basic.csv").companies
    assert (jade.id, jade.names[0].text, jade.securities[0].code) == ("600901-sh", "玉兔科技", "600901.SH")
    assert (jade.securities[0].mic, jade.securities[0].listed) == ("XSHG", date(2001, 1, 2))
    assert (crane.securities[0].listed, robot.securities[0].listed) == (None, None)
    assert [firm.names[0].common_word for firm in (jade, crane, robot)] == [False, True, True]


def test_hkex_shares_only() -> None:
    (found,) = read_companies(HKEX.encode("utf-16"), "list.csv").companies
    assert (found.securities[0].code, found.names[0].text, found.names[0].language) == ("0901.HK", "YUTU-W", "en")


def test_rows_that_are_not_believed_are_told_with_their_place() -> None:
    rows = "code,name\n600901,玉兔科技\nXYZ,白鹤\n600902,\n,灯笼\n,\n600901,玉兔科技\n600901,月兔\n"
    assert read_companies(rows.encode(), "mine.csv").doubted == (
        "line 3: XYZ is on no exchange that is known",
        "line 4: 600902 lacks a name or a code",
        "line 5: 灯笼 lacks a name or a code",
        "line 8: 600901 is called 玉兔科技 before, and 月兔 here, which counts",
    )
    assert read_companies(HKEX.encode(), "list.csv").doubted == ("line 6: NAMELESS lacks a name or a code",)
    assert read_companies(SEC.encode(), "tickers.json").doubted == ("record 2: None lacks a name or a code",)


@pytest.mark.parametrize("text", [SEC, SEC_EXCHANGES, '[{"ticker":"ACM","title":"Acme Corp."}]'])
def test_sec(text: str) -> None:
    (found,) = read_companies(text.encode(), "company_tickers.json").companies
    assert (found.securities[0].code, [name.text for name in found.names]) == ("ACM.US", ["Acme", "Acme Corp."])


def test_a_plain_list_in_chinese_with_all_that_it_may_say() -> None:
    (found,) = read_companies(PLAIN.encode("gb18030"), "mine.csv").companies
    assert [(name.text, name.kind, name.common_word) for name in found.names] == [
        ("玉兔科技", "short", False),
        ("玉兔科技股份有限公司", "legal", False),
        ("Yutu", "short", False),
        ("玉兔实业", "former", False),
        ("机器人", "former", True),
    ]
    assert found.securities[0].delisted == date(2024, 3, 4)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "is not JSON"),
        (b"a,b\n1,2\n", "no line of headings"),
        (b" \n", "is empty"),
        (b"PK\x03\x04", "is a spreadsheet"),
        (b"nothing\n", "no line of headings"),
        (b"code,name\n,\n", "holds no company"),
    ],
)
def test_what_is_no_list_is_refused_by_name(body: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=f"^mine: .*{words}"):
        read_companies(body, "mine")
