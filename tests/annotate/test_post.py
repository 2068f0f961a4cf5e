"""The door of the room."""

import sys
from types import FrameType

import pytest
from tests.annotate.conftest import DAY, Annotate

from broadsheet.annotate import NameBook, annotate_post, curated_book


def test_the_text_and_the_language_come_back_with_the_facts(annotate: Annotate) -> None:
    found = annotate("玉兔科技涨3%。", "zh-Hant")
    assert (found.language, found.text, len(found.mentions), len(found.moves)) == ("zh-Hant", "玉兔科技涨3%。", 1, 1)


def test_claims_answers_origins_and_dates_come_with_the_companies_they_are_about(annotate: Annotate) -> None:
    found = annotate("晨报社3月2日讯，知情人士称，玉兔科技正洽谈收购白鹤股份，玉兔科技未回应。")
    (claim,) = found.claims
    assert (claim.event, claim.stage, claim.source, claim.status) == ("acquisition", "talks", "anonymous", "in_talks")
    assert claim.parties == ("玉兔科技", "白鹤股份")
    assert [(reply.party, reply.response) for reply in found.responses] == [("玉兔科技", "no_reply")]
    assert [(origin.outlet, origin.byline) for origin in found.origins] == [("晨报社", True)]
    assert [(named.value, named.precision) for named in found.dates] == [("2022-03-02", "day")]


def test_the_first_story_is_read_with_the_book_that_ships() -> None:
    text = "午间播报\n北京汽车港股最高涨25%，小米集团一度涨超3%，北汽蓝谷涨超近10%。北汽与北京现代未回应。"
    found = annotate_post(text, "zh", DAY, NameBook(curated_book()))
    moves = [(move.security, move.value, move.operator, move.statistic) for move in found.moves]
    assert moves == [
        ("1958.HK", 25, "eq", "high"),
        ("1810.HK", 3, "over", "high"),
        ("600733.SH", 10, "near", "last"),
    ]
    relations = {mention.surface: mention.relation for mention in found.mentions}
    assert (relations["北汽"], relations["北京现代"]) == ("parent", "jv")


HOSTILE = (
    "收购", "未回应", "玉兔科技未回应", "1,", "涨3%",
    "玉兔科技涨3%和", "沪指涨1%，", "“甲", "（", "甲以及", "甲、", "(ABC)",
    "玉兔科技收购甲。", "来源：新华社", "2017年7月28日", "某某科技有限公司",
    "Abc CEO ", "Yutu rose 3% ", "甲\n",
)  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_text_twice_as_long_takes_little_more_than_twice_the_steps(annotate: Annotate, unit: str) -> None:
    language = "en" if unit.isascii() else "zh"
    annotate(unit, language)
    once, twice = (_steps(annotate, (unit * length)[:length], language) for length in (900, 1800))
    assert twice < 2.4 * once


def _steps(annotate: Annotate, text: str, language: str) -> int:
    """Count the calls that a text takes."""
    count = 0

    def counted(_frame: FrameType, _event: str, _value: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        annotate(text, language)
    finally:
        sys.setprofile(before)
    return count


def test_half_a_pair_of_surrogates_hides_nothing() -> None:
    text = "小米集团\ud800否认收购北汽集团。"
    found = annotate_post(text, "zh", DAY, NameBook(curated_book()))
    assert [text[one.start : one.end] for one in found.mentions] == ["小米集团", "北汽集团"]


def test_empty_brackets_before_words_that_take_up_what_was_said_are_no_reason_to_stop(annotate: Annotate) -> None:
    assert annotate("【 】玉兔科技正洽谈收购白鹤股份。知情人士透露了这一消息。", "zh").claims[0].source == "anonymous"


def test_what_only_looks_like_a_short_name_is_none_beside_the_whole_one() -> None:
    text = "小米集团的员工爱喝小米粥，小米很受欢迎。"
    found = annotate_post(text, "zh", DAY, NameBook(curated_book()))
    assert [(mention.surface, mention.start) for mention in found.mentions] == [("小米集团", 0), ("小米", 13)]
