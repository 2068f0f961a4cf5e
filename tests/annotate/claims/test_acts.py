from collections.abc import Iterator, Sequence

from tests.annotate.reading import mentions_in, read

from broadsheet.annotate.claims.acts import Said, acts_said
from broadsheet.annotate.claims.passage import Passage, read_passage
from broadsheet.annotate.claims.sources import attribute, find_speakers


def _acts(passage: Passage) -> Iterator[Sequence[Said]]:
    return acts_said(passage, attribute(passage, find_speakers(passage)))


def said(text: str) -> list[tuple[str, str, bool]]:
    return [(one.event, one.stage, one.weak) for acts in _acts(read(text)) for one in acts]


def test_before_a_company_is_known_only_deals_count() -> None:
    assert said("产品已发布。") == []
    assert said("投资很多。") == []
    assert said("收购已完成。") == [("acquisition", "completed", False)]


def test_a_filing_that_only_says_the_company_speaks_of_its_own() -> None:
    assert said("公司拟回购股份。") == [("buyback_dividend", "planned", False)]


def test_questions_and_suppositions_say_nothing() -> None:
    assert said("晨星科技会收购远山软件吗？") == []
    assert said("如果晨星科技收购远山软件。") == []


def test_a_clause_without_an_act_may_stop_or_deny_the_one_before() -> None:
    assert said("晨星科技拟收购远山软件，现已告吹。") == [
        ("acquisition", "planned", False),
        ("acquisition", "terminated", False),
    ]
    (acts,) = _acts(read("网传晨星科技收购远山软件，不属实。"))
    assert [one.polarity for one in acts] == ["denied"]
    assert said("晨星科技收购远山软件，天气晴好。") == [("acquisition", "completed", False)]


def test_a_modal_is_handed_on_within_the_sentence_but_not_from_an_aside() -> None:
    assert said("晨星科技计划三个月内，以竞价方式增持股份。") == [("stake", "planned", False)]
    assert said("在考虑市场的前提下，晨星科技增持股份。") == [("stake", "completed", False)]


def test_an_act_is_planned_where_a_later_clause_or_a_date_says_so() -> None:
    assert said("晨星科技收购远山软件，预计年底交割。") == [("acquisition", "planned", False)]
    assert said("晨星科技的新厂投产，拟招人。") == [("capacity", "planned", False)]
    assert said("晨星科技收购远山软件，告吹。") == [("acquisition", "terminated", False)]
    text = "晨星科技5月1日投产。"
    (acts,) = _acts(read_passage(text, text, mentions_in(text), (4,)))
    assert [one.stage for one in acts] == ["planned"]


def test_what_a_text_gives_no_assurance_of_is_no_act() -> None:
    assert said("晨星科技表示，不能保证会达成协议。") == []
    assert said("晨星科技与远山软件的合并谈判处于初步阶段。") == [("acquisition", "talks", False)]


def test_a_view_counts_only_where_its_holder_is_named() -> None:
    assert said("白石证券认为，行业将回暖。行业前景看好。") == [("market_view", "none", False)]
    assert said("白石证券分析师指出，晨星科技将推出新手机。") == [("product", "planned", False)]
    assert said("晨星科技的前景看好。") == [("other", "completed", True)]
    assert said("白石证券认为：") == []


def test_a_word_in_the_name_of_a_company_is_no_cue() -> None:
    assert said("白石资本到场。") == [("other", "completed", True)]


def test_a_weak_cue_needs_a_company_in_its_clause() -> None:
    assert said("晨星科技来了，协议很长。")[0] == ("other", "completed", True)
    assert said("双方的协议很长，晨星科技来了。") == [("contract", "completed", True)]
    assert said("晨星科技一向好客，投资很多。") == [("other", "completed", True)]


def test_what_somebody_tells_of_a_company_is_an_act_of_another_kind_and_a_price_move_is_none() -> None:
    assert said("晨星科技表示，远山软件很好。") == [("other", "completed", False)]
    assert said("晨星科技午后走高。") == []


def test_what_is_asked_about_is_said_only_where_it_is_denied() -> None:
    assert said("晨星科技创始人张伟回应裁员质疑：系误解。") == []
    assert said("晨星科技回应裁员质疑：消息不实。") == [("layoffs", "completed", False)]
    assert said("晨星科技表示，公司不便就收购进行回复。") == []


def test_a_name_alone_and_a_denial_of_what_stands_before_it_say_nothing() -> None:
    assert said("晨星科技：一切都好。") == []
    assert said("发言人说，晨星科技暂无此计划。") == []
