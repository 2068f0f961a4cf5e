"""Names as lists print them, and as people say them."""

import pytest

from broadsheet.annotate.companies.naming import common_names, legal_cores, plain_name, spoken_names


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("*ST闻泰", "闻泰"),
        ("ST易购", "易购"),
        ("N天富龙", "天富龙"),
        ("XD贵州茅", "贵州茅"),
        ("万  科Ａ", "万科"),
        ("小米集團－Ｗ", "小米集团"),
        ("九号公司-WD", "九号公司"),
        ("TCL科技", "tcl科技"),
        ("Apple Inc", "apple inc"),
    ],
)
def test_a_listed_name_loses_the_marks_of_its_list(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Apple Inc.", ("Apple Inc.", "Apple")),
        ("ABC Holdings, Ltd", ("ABC Holdings, Ltd", "ABC Holdings", "ABC")),
        ("Meta", ("Meta",)),
    ],
)
def test_a_legal_english_name_is_spoken_shorter(name: str, forms: tuple[str, ...]) -> None:
    assert spoken_names(name) == forms


def test_a_legal_chinese_name_may_be_listed_without_its_place() -> None:
    assert legal_cores("浙江万盛股份有限公司") == ("浙江万盛股份有限公司", "浙江万盛", "万盛股份", "浙江万盛股份")
    assert legal_cores("江苏恒瑞医药股份有限公司")[2] == "恒瑞医药"
    assert legal_cores("小米科技有限责任公司") == ("小米科技有限责任公司", "小米科技")
    assert legal_cores("Acme Ltd") == ("Acme Ltd", "Acme")


def test_words_that_are_names_too_are_known() -> None:
    assert {"机器人", "太平洋", "太阳能"} <= common_names()
