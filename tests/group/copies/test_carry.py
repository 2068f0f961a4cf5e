from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.group.samples import FLASH, OTHER, post

from broadsheet.group.copies.carry import carried
from broadsheet.group.copies.reading import read_each
from broadsheet.group.sketches.pairs import Pair
from broadsheet.model import Edge, PostText

ARTICLE = "".join(
    "".join(chr(0x4E00 + 61 * line + 7 * place) for place in range(22 + line % 5)) + "。" for line in range(16)
)
LINES = ARTICLE.split("。")[:-1]
FURNITURE = "以上内容不构成投资建议，据此操作风险自负。更多消息请下载本刊客户端，也可以关注本刊的公众账号。"


def edge(first: PostText, second: PostText, marks: int = 1) -> Edge | None:
    texts = {first.post_id: first, second.post_id: second}
    ((_pair, found),) = carried([Pair(first.post_id, second.post_id, marks)], texts)
    return found


def relation(one: str, other: str, hours: float = 1) -> tuple[str, float] | None:
    found = edge(post("a", one), post("b", other, hours=hours))
    return (found.relation, found.share or 0) if found else None


def said(lines: list[str]) -> str:
    return "".join(f"{line}。" for line in lines)


def test_the_same_text_is_a_copy_of_the_whole() -> None:
    assert relation(FLASH, FLASH) == ("copy", 1.0)
    assert relation(FLASH, FLASH.replace("，", ",").replace("。", " ")) == ("copy", 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"编辑部消息。{ARTICLE}版权所有。", "copy"),
        (said(LINES[:13]), "copy"),
        (said(LINES[::-1]), "copy"),
        (said(LINES[:11]) + OTHER, "edited-copy"),
        (OTHER + ARTICLE + OTHER[::-1] + OTHER.replace("地铁", "轻轨"), "edited-copy"),
        (said(LINES[5:10]), "excerpt"),
        (said(LINES[5:7]), None),
        (said(LINES[:4]) + OTHER, None),
        (OTHER, None),
        ("", None),
    ],
    ids=["framed", "cut", "reordered", "partly new", "inside", "excerpt", "quoted", "mostly new", "another", "empty"],
)
def test_what_a_later_post_carries_of_an_article(text: str, expected: str | None) -> None:
    found = relation(ARTICLE, text)
    assert (found and found[0]) == expected


def test_a_flash_that_a_later_article_begins_with_is_a_report_of_its_own() -> None:
    assert relation(FLASH, FLASH + ARTICLE) is None
    assert relation(said(LINES[5:10]), ARTICLE) is None


def test_a_flash_cut_to_its_half_is_an_excerpt_and_half_of_a_flash_in_an_article_is_not() -> None:
    sentences = FLASH.split("。")
    assert relation(FLASH, f"{sentences[0]}。") == ("excerpt", 1.0)
    assert relation(FLASH + ARTICLE, f"{sentences[0]}。") is None


def test_of_posts_published_at_once_the_shorter_carries_the_longer() -> None:
    assert relation(said(LINES[5:10]), ARTICLE, hours=0) == relation(ARTICLE, said(LINES[5:10]), hours=0)


def test_what_a_feed_puts_round_all_its_posts_makes_them_no_copies() -> None:
    one, other = (text + FURNITURE for text in ("青禾药业今天宣布更换董事长。", "山城地铁四号线早高峰停运一小时。"))
    assert edge(post("a", one, "feed"), post("b", other, "feed", hours=1)) is None
    assert edge(post("a", one, "feed"), post("b", other, "another", hours=1))
    same = edge(post("a", FLASH + FURNITURE, "feed"), post("b", f"更新：{FLASH}{FURNITURE}", "feed", hours=1))
    assert same
    assert same.relation == "copy"


def test_the_same_form_filled_for_another_company_is_no_copy() -> None:
    assert relation(FLASH, FLASH.replace("海川科技", "青禾药业")) is None


def test_the_reason_quotes_the_longest_sentence_that_was_carried() -> None:
    found = edge(post("a", FLASH), post("b", f"据报道：{FLASH}", hours=1))
    assert found
    assert [(reason.kind, reason.words) for reason in found.reasons] == [
        ("carried", ("新闻社三月二十二日讯，海川科技盘前直线跳水，跌幅接近一成五",))
    ]
    unlike = edge(post("a", "说：" + FLASH.replace("\n", "")), post("b", FLASH.replace("。", "，"), hours=1))
    assert unlike
    assert unlike.reasons[0].words == ()


def test_a_long_sentence_is_quoted_by_its_beginning() -> None:
    found = edge(post("a", ARTICLE.replace("。", "，")), post("b", ARTICLE.replace("。", "，"), hours=1))
    assert found
    assert found.reasons[0].words == (ARTICLE.replace("。", "，")[:60],)


def test_pairs_without_marks_or_texts_are_passed_on_or_over() -> None:
    texts = {"a": post("a", FLASH), "b": post("b", FLASH)}
    pairs = [Pair("a", "b", 0, terms=5), Pair("a", "gone", 3)]
    assert list(carried(pairs, texts)) == [(pairs[0], None)]
    assert list(carried([], {})) == []


def test_a_sample_of_the_shingles_tells_apart_what_only_tells_of_like_things() -> None:
    assert relation(ARTICLE * 2, said(LINES[:3]) + "".join(chr(0x7000 + 3 * place) for place in range(900))) is None


@given(st.lists(st.text(), min_size=2, max_size=4), st.booleans())
def test_no_text_is_too_odd_to_compare(texts: list[str], one_feed: bool) -> None:
    posts = {str(number): post(str(number), text, "feed" * one_feed, number) for number, text in enumerate(texts)}
    pairs = [Pair(one, other, 1) for one, other in combinations(posts, 2)]
    for _pair, found in carried(pairs, posts):
        assert found is None or (found.share is not None and 0.5 <= found.share <= 1)


@given(st.text(min_size=4))
def test_what_has_a_shingle_is_carried_whole_by_itself(text: str) -> None:
    found = edge(post("a", text), post("b", text, hours=1))
    (reading,) = read_each([text])
    assert (found and (found.relation, found.share)) == (("copy", 1.0) if len(reading.known) else None)
