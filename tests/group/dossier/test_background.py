"""Older posts that explain an event."""

from datetime import UTC, datetime

import pytest

from broadsheet.group.dossier.background import rank_background
from broadsheet.model import PostText

NOW = datetime(2022, 8, 26, tzinfo=UTC)


def post(name: str, title: str, text: str = "", published: datetime = NOW) -> PostText:
    return PostText(
        post_id=name, feed_id="f", published=published, language=None, title=title, text=f"{title}\n{text}"
    )


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 3, tzinfo=UTC)


AGREEMENT = post("agreement", "小米科技与北汽集团签署战略合作协议", published=at(2017, 7, 28))
CARS = post("cars", "小米宣布造车", "北汽没有参与。", published=at(2021, 3, 30))
ALONE = post("alone", "小米发布新手机", published=at(2022, 8, 1))
PASSING = post("passing", "车市周报", "小米、北汽都有新消息。", published=at(2022, 8, 2))
OLDER = [ALONE, PASSING, CARS, AGREEMENT]


def ranked(text: str, words: tuple[str, ...] = ("小米", "北汽"), older: list[PostText] = OLDER) -> list[str]:
    return [one.post_id for one in rank_background([post("now", "小米与北汽洽谈", text)], words, older)]


def test_two_shared_words_are_needed_one_of_them_in_the_title() -> None:
    assert ranked("两家公司在谈。") == ["agreement", "cars"]


def test_what_a_report_names_by_its_day_comes_first() -> None:
    later = post("later", "北汽与小米再签协议", "小米、北汽、电池", published=at(2019, 1, 2))
    words = ("小米", "北汽", "电池")
    assert ranked("两家在谈。", words, [later, AGREEMENT]) == ["later", "agreement"]
    assert ranked("2017年7月28日，两家签过协议。", words, [later, AGREEMENT]) == ["agreement", "later"]


@pytest.mark.parametrize(
    "text",
    [
        "signed on July 28, 2017.",
        "signed on 28 July 2017.",
        "signed on Jul. 28th 2017",
        "签于2017-07-28",
        "２０１７年７月２８号签",
    ],
)
def test_days_are_read_however_they_are_written(text: str) -> None:
    other = post("other", "小米与北汽与别人的协议", published=at(2018, 1, 1))
    assert ranked(text, older=[AGREEMENT, other])[0] == "agreement"


def test_days_that_there_are_not_point_nowhere() -> None:
    assert ranked("2017年13月40日 on Foo 28, 2017", older=[AGREEMENT]) == ["agreement"]


def test_the_words_that_are_shared_are_named_as_they_were_given() -> None:
    (found,) = rank_background([AGREEMENT], ("ＢＡＩＣ", "Xiaomi", "Other"), [post("x", "Xiaomi, BAIC sign")])
    assert found.words == ("ＢＡＩＣ", "Xiaomi")
