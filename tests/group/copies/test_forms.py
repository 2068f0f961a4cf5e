import pytest

from broadsheet.group.copies.forms import of_one_form
from broadsheet.group.copies.reading import read_each


def one_form(one: str, other: str) -> bool:
    first, second = read_each([one, other])
    return of_one_form(first, second)


RESULTS = (
    "{name}：去年净利润同比{way}{part}%\n快报，{name}披露年报，公司去年实现营业收入{income}亿元，同比{way}{part}%；"
    "净利润{profit}亿元；基本每股收益{share}元。公司拟每10股派发股利{share}元（含税）。"
)
PLEDGE = (
    "{name}：控股股东拟减持股份\n快报，{name}公告，控股股东因自身资金需求，拟自公告之日起以集中竞价方式减持公司股份。"
)
CLOSE = (
    "{name} closes {part} percent higher\nShares of {name} closed {part} percent higher on Friday, "
    "a third day of gains, with {volume} shares of {name} changing hands before the bell."
)


def results(**changed: str) -> str:
    slots = {"name": "海川股份", "way": "增长", "part": "12.4", "income": "83.1", "profit": "6.05", "share": "0.73"}
    return RESULTS.format(**slots | changed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (results(), results(name="青禾药业", part="7.9", income="41.6", profit="2.28", share="1.15")),
        (PLEDGE.format(name="海川股份"), PLEDGE.format(name="青禾药业")),
        (
            CLOSE.format(name="Harrow", part="3.1", volume="48000"),
            CLOSE.format(name="Delmar", part="5.6", volume="91500"),
        ),
        ("央行今天开展100亿元逆回购操作，中标利率2.2%。", "央行今天开展700亿元逆回购操作，中标利率2.1%。"),
        ("11月20日，港口吞吐量与昨日持平，船只正常进出。", "11月21日，港口吞吐量与昨日持平，船只正常进出。"),
    ],
    ids=["results", "pledge", "close", "two numbers", "date alone"],
)
def test_the_same_said_of_another_company_or_with_other_numbers_is_one_form(one: str, other: str) -> None:
    assert one_form(one, other)
    assert one_form(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (results(), results()),
        (results(), f"财经社讯 {results()} 编辑 07"),
        (results(), results(way="上升")),
        (results(), results(share="0.74")),
        (PLEDGE.format(name="海川股份"), PLEDGE.format(name="海川股份").replace("因自身资金需求", "出于资金需要")),
        ("快报，11月20日，港口开放。船只正常进出。", "11月20日，港口开放。船只照常进出。"),
    ],
    ids=["equal", "framed", "reworded", "a number of many", "said otherwise", "date of both"],
)
def test_a_text_that_was_edited_is_not(one: str, other: str) -> None:
    assert not one_form(one, other)


def test_one_of_few_numbers_that_changed_is_news_in_a_flash_and_a_correction_in_an_article() -> None:
    flash = "海川股份盘前直线跳水，现跌{part}%，此前监管部门就相关产品公开征求意见。"
    article = "，".join("".join(chr(0x4E00 + 97 * line + place) for place in range(12)) for line in range(20))
    assert one_form(flash.format(part=14), flash.format(part=15))
    assert not one_form(article + flash.format(part=14) + "共3家", article + flash.format(part=15) + "共3家")
