"""An outlet is a party only where something is said of it, not where it reports."""

from datetime import UTC, datetime

import pytest

from broadsheet.annotate import NameBook, annotate_post
from broadsheet.annotate.claims.reporters import only_reports
from broadsheet.annotate.folding import fold
from broadsheet.model import CompanyBook, Mention

DAY = datetime(2026, 11, 20, 8, tzinfo=UTC)


def judged(text: str, *, company_id: str | None = None) -> bool:
    """Judge the name that stands between bars."""
    before, name, after = text.split("|")
    mention = Mention(start=len(before), end=len(before) + len(name), surface=name, company_id=company_id)
    return only_reports(fold(before + name + after), mention)


@pytest.mark.parametrize(
    "text",
    [
        "|36氪|获悉，晨星科技将上市",
        "|36氪|（36Kr）报道，晨星科技将上市",
        "“|财联社|”11月20日讯，晨星科技将上市",
        "|财联社|11月20日电，晨星科技将上市",
        "|新浪科技|从晨星科技处了解到，公司将裁员",
        "|凤凰网科技|就此事向晨星科技求证，截至发稿未获回复",
        "|虎嗅|记者致电晨星科技",
        "|晚点|称晨星科技将裁员",
        "据|财联社|，晨星科技将裁员",
        "晨星科技将裁员（|界面新闻|）",
        "晨星科技对|新浪科技|表示，没有此事",
        "创始人接受|36氪|专访时透露将上市",
        "|Reuters| reported that Morning Star is in talks",
        "|Reuters|, citing people familiar with the matter",
        "|Reuters| said Morning Star will cut jobs",
        "the company told |Reuters| it will expand",
        "according to the |Financial Times|",
        "|Morning Herald| reports",
    ],
)
def test_an_outlet_that_reports_asks_or_is_told_is_no_party(text: str) -> None:
    assert judged(text)


@pytest.mark.parametrize(
    "text",
    [
        "|36氪|宣布完成新一轮融资",
        "|36氪|首席执行官表示将上市",
        "某基金入股|虎嗅|，持股一成",
        "晨星科技向|界面新闻|注资一亿元",
        "|财联社|称霸快讯",
        "|Reuters| announced a partnership with Morning Star",
        "|Reuters| said it will cut jobs",
        "|Fortune| reported revenue of 2 billion",
        "|晨星科技|获悉，对手将上市",
    ],
)
def test_an_outlet_of_which_something_is_said_is_one(text: str) -> None:
    assert not judged(text)


def test_a_company_of_the_book_was_told_from_an_outlet_before() -> None:
    assert not judged("|36氪|获悉，晨星科技将上市", company_id="kr")


def test_what_an_outlet_learned_is_not_about_it() -> None:
    book = NameBook(CompanyBook(companies=()))
    text = "36氪完成融资。36氪获悉，晨星科技（600901.SH）拟收购远帆。同时，法定代表人变更为张三。"
    parties = [claim.parties for claim in annotate_post(text, "zh", DAY, book).claims]
    assert parties
    assert parties[0] == ("36氪",)
    assert "36氪" not in {name for said in parties[1:] for name in said}
