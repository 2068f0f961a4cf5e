"""Organisations that no book has."""

import pytest

from broadsheet.annotate.mentions.organisations import find_organisations, is_name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("苏州凯云生物医药有限公司成立", ["苏州凯云生物医药有限公司"]),
        ("公司与凯云（苏州）生物医药有限公司签约", ["凯云（苏州）生物医药有限公司"]),
        ("投资方为沂山资本和趋势创投，趋势创投继续参与投资", ["沂山资本", "趋势创投", "趋势创投"]),
        ("由某基金领投", []),
        (".凯云生物有限公司", ["凯云生物有限公司"]),
        ("凯云科技，昨日，凯云科技说", ["凯云科技", "凯云科技"]),
        ("凯云科技园区开工", []),
        ("“凯云生物”完成1亿元A轮融资", ["凯云生物"]),
        ("完成融资", []),
        ("获得投资", []),
        ("近日，凯云医创始人表示", ["凯云医"]),
        ("（600777）", []),
        ("嘉兴市中级人民法院裁定受理凯云汽车股份有限公司破产重整一案", ["凯云汽车股份有限公司"]),
        ("a factory of the firm", []),
        ("交易若要完成,尚需通过外商投资审查", []),
        ("那篇报道在金额和领投方上都说对了", []),
        ("两道保险，凯云保险宣布", ["凯云保险"]),
    ],
)
def test_an_organisation_is_told_by_form_or_context(text: str, names: list[str]) -> None:
    assert [text[found.start : found.end] for found in find_organisations(text, text)] == names


@pytest.mark.parametrize(
    ("name", "good"),
    [("凯云", True), ("凯", False), ("2021", False), ("国有银行", False), ("委员会", False), ("新科技", False)],
)
def test_ordinary_words_are_no_name(name: str, good: bool) -> None:
    assert is_name(name) is good
