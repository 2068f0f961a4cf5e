"""Texts cut into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.group.texts.phrases import sentence_span, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲公司涨25%。乙公司跌3.5%！\n丙公司呢？", ["甲公司涨25%。", "乙公司跌3.5%！", "丙公司呢？"]),
        ("标题\n厂房（示意图）\n正文只有一句。", ["正文只有一句。"]),
        ("“没有接触。”他说。“也没有计划。”", ["“没有接触。”他说。", "“也没有计划。”"]),
        ("谁也不知道……\n后来呢", ["谁也不知道……"]),
        (
            "Shares of Apple Inc. rose 3.5% to $2.10. The rest fell.",
            ["Shares of Apple Inc. rose 3.5% to $2.10.", "The rest fell."],
        ),
        (
            "Mr. Lin of the U.S. unit left at 9 p.m. on Sept. 1. “No.” He said so.",
            ["Mr. Lin of the U.S. unit left at 9 p.m. on Sept. 1.", "“No.”", "He said so."],
        ),
        ("It joined NATO. It paid 5%. (It did.)", ["It joined NATO.", "It paid 5%.", "(It did.)"]),
        ("Really?! Yes! Ok", ["Really?!", "Yes!"]),
        ("。。\n...\n！", []),
        ("", []),
    ],
)
def test_a_sentence_ends_at_its_stop(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="甲乙。！？”“ .AbcD3%\n…?!"))
def test_sentences_are_exact_parts_in_their_order(text: str) -> None:
    at = 0
    for sentence in sentences(text):
        at = text.index(sentence, at) + len(sentence)


def test_the_sentence_of_words_lies_between_the_stops_round_them() -> None:
    text = "甲说。乙于2017年签约！丙走了"
    assert sentence_span(text, text.index("2017"), text.index("年")) == (3, text.index("！"))
    assert sentence_span(text, text.index("丙"), text.index("走")) == (text.index("丙"), len(text))
