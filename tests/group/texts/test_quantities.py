"""Quantities in sentences."""

import pytest

from broadsheet.group.texts.quantities import Quantity, quantities


def read(sentence: str) -> list[tuple[float, str]]:
    return [(round(one.value, 6), one.unit) for one in quantities(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("北京汽车最高涨25%，北汽蓝谷涨近10％。", [(25, "%"), (10, "%")]),
        ("一期投资42亿元，用地二百一十亩。", [(4.2e9, "cny"), (210, "mu")]),
        ("融资3.1亿美元，约合２２．３亿港元", [(3.1e8, "usd"), (2.23e9, "hkd")]),
        ("心理价位在九亿元上下，两千三百人受影响。", [(9e8, "cny"), (2300, "person")]),
        ("It will cost $4.2 billion and hire 1,400 people.", [(4.2e9, "usd"), (1400, "person")]),
        (
            "The 340 million-euro line makes 9 gigawatts, up 12.5 percent.",
            [(3.4e8, "eur"), (9, "gigawatts"), (12.5, "%")],
        ),
        ("共有30个摊位", [(30, "个")]),
    ],
)
def test_numbers_have_values_and_units(sentence: str, expected: list[tuple[float, str]]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "2017年7月28日14时40分签约。",
        "On July 28, 2017, at 9 a.m. it opened.",
        "In 2017 Apple grew.",
        "第2工厂在三期开工。",
        "The No. 2 plant is idle.",
        "海岬半导体（689902.SH）公告。",
        "一家公司一度否认，十分意外。",
        "The 12 of them left.",
        "GPT4 beats v1.2",
        "二十家公司没有数字",
    ],
)
def test_dates_years_codes_and_places_in_an_order_are_no_quantities(sentence: str) -> None:
    assert [one for one in read(sentence) if one[1] != "of"] == []


def one(sentence: str) -> Quantity:
    (found,) = quantities(sentence)
    return found


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("涨4.1%", "涨4.06%", True),
        ("涨4.1%", "涨4.2%", False),
        ("涨25%", "涨35%", False),
        ("涨约10%", "涨9.2%", True),
        ("涨超35%", "涨25%", False),
        ("花了42亿元", "花了4200000000元", True),
        ("cost about $100 million", "cost $90,000,000", True),
        ("有六百多人", "有640人", True),
    ],
)
def test_values_agree_as_finely_as_they_are_given(first: str, second: str, agree: bool) -> None:
    assert one(first).agrees(one(second)) is agree
    assert one(second).agrees(one(first)) is agree


def test_what_stands_around_a_number_is_that_of_its_clause() -> None:
    first, second = quantities("小米集团一度涨超3%，A股的北汽蓝谷涨近10%。")
    assert "小米" in first.around
    assert "蓝谷" in second.around
    assert not first.around & {"北汽", "蓝谷"}
    assert "股的" in second.around


def test_what_stands_between_two_numbers_belongs_to_the_later() -> None:
    first, second = quantities("单价从0.12元每月降到0.098元一档")
    assert (sorted(first.around), sorted(second.around)) == (["价从", "单价"], ["一档", "月降", "每月", "降到"])
