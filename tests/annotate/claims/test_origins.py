import pytest
from tests.annotate.reading import read

from broadsheet.annotate.claims.origins import find_origins, looks_like_outlet
from broadsheet.annotate.claims.passage import read_passage
from broadsheet.model import Mention


def origins(text: str) -> list[tuple[str, str, bool]]:
    return [(found.outlet, found.quote, found.byline) for found in find_origins(read(text))]


@pytest.mark.parametrize(
    ("text", "outlet", "byline"),
    [
        ("晨光社3月22日讯，晨星科技上涨。", "晨光社", True),
        ("晨光网获悉，晨星科技上涨。", "晨光网", True),
        ("【标题】晨光社3月22日讯，晨星科技上涨。", "晨光社", True),
        ("晨光网讯（记者李明）晨星科技上涨。", "晨光网", True),
        ("据彭博社报道，晨星科技上涨。", "彭博社", False),
        ("据外媒报道，晨星科技上涨。", "外媒", False),
        ("有媒体报道称，晨星科技上涨。", "媒体", False),
        ("晨光日报援引知情人士的话称，晨星科技上涨。", "晨光日报", False),
        ("天眼查App显示，晨星科技增资。", "天眼查", False),
        ("晨光晚报记者发现，晨星科技增资。", "晨光晚报", False),
        ("凤凰网科技就此向晨星科技求证。", "凤凰网科技", False),
        ("新华社北京3月22日电（记者李明）晨星科技上涨。", "新华社", True),
        ("路透社周二援引两位消息人士报道称，晨星科技上涨。", "路透社", False),
        ("彭博：晨星科技上涨。", "彭博", False),
        ("据英国《晨光时报》，晨星科技上涨。", "晨光时报", False),
        ("据晨光网科技新闻，晨星科技上涨。", "晨光网科技新闻", False),
        ("晨光新闻客户端消息，晨星科技上涨。", "晨光新闻客户端", False),
        ("晨光新闻从接近公司的人士处了解到，晨星科技停产。", "晨光新闻", False),
        ("晨星科技上涨。（晨光日报）", "晨光日报", False),
        ("晨星科技上涨。（IFR）", "IFR", False),
        ("晨星科技上涨（来源：晨光网）。", "晨光网", False),
        ("Morning Star may list: Sky News", "Sky News", False),
        ("Bloomberg News reported that Morning Star will list.", "Bloomberg News", False),
        ("Morning Star will list, according to Reuters.", "Reuters", False),
        ("据彭博社援引知情人士报道，晨星科技将上市。", "彭博社", False),
        ("Reuters: Morning Star is in talks with a rival.", "Reuters", False),
        ("Morning Star ends merger talks -FT", "FT", False),
        ("HONG KONG, July 17 (Bloomberg) -- Morning Star is weighing a sale.", "Bloomberg", True),
    ],
)
def test_outlets_are_found_in_the_words_that_cite_them(text: str, outlet: str, byline: bool) -> None:
    assert [(name, own) for name, _, own in origins(text)] == [(outlet, byline)]


@pytest.mark.parametrize(
    "text",
    [
        "据报道，晨星科技上涨。",
        "据统计，晨星科技上涨。",
        "据公司消息，晨星科技上涨。",
        "小道消息，晨星科技上涨。",
        "据知情人士消息，晨星科技上涨。",
        "近日获悉，晨星科技上涨。",
        "晨星科技上涨（下称晨星）",
        "晨星科技上涨（完）",
        "晨星科技上涨。（记者 李明）",
        "晨星科技上涨，晨光社讯。",
        "据说报道，晨星科技上涨。",
        "晨星科技的股价上涨（很多）",
    ],
)
def test_who_is_no_outlet_is_no_origin(text: str) -> None:
    assert origins(text) == []


def test_the_end_of_a_company_is_no_line_of_a_feed() -> None:
    passage = read("中兴通讯中标设备集采。")
    named = Mention(start=0, end=4, surface="中兴通讯", company="中兴通讯")
    assert [found.outlet for found in find_origins(passage)] == ["中兴通"]
    assert find_origins(read_passage(passage.text, passage.text, [named])) == ()


def test_a_title_has_no_line_of_its_own_and_credits_nobody() -> None:
    assert origins("晨光社3月22日讯，晨星上涨（路透）\n晨光社3月22日讯，晨星科技上涨。（路透）") == [
        ("晨光社", "晨光社3月22日讯", True),
        ("路透", "（路透）", False),
    ]


def test_each_outlet_is_named_once_and_one_within_another_not_at_all() -> None:
    assert [name for name, _, _ in origins("据彭博社报道，晨星上涨。据彭博社报道，远山下跌。")] == ["彭博社"]


def test_outlets_are_known_by_name_or_ending() -> None:
    assert looks_like_outlet("彭博社")
    assert looks_like_outlet("证券时报·e公司")
    assert looks_like_outlet("晨光晚报")
    assert looks_like_outlet("The Morning Herald")
    assert not looks_like_outlet("晨星科技公司")


def test_an_outlet_that_was_told_something_is_one_unless_it_is_named_otherwise() -> None:
    assert origins("消息人士向晨光日报透露，晨星科技上涨。") == [("晨光日报", "向晨光日报透露", False)]
    assert origins("消息人士向晨星科技表示，股价上涨。") == []
    assert origins("晨光日报讯，消息人士向晨光日报透露，晨星科技上涨。") == [("晨光日报", "晨光日报讯", True)]
    assert origins("针对晨光日报报道称上涨一事，晨星科技回应。")[0][0] == "晨光日报"
    assert origins("日经新闻3月4日报道，晨星科技上涨。") == [("日经新闻", "日经新闻3月4日报道", False)]
    assert origins("港股异动丨晨星科技上涨。") == []
