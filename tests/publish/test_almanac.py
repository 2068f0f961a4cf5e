"""Days and hours in the paper's zone and language."""

from datetime import UTC, date, datetime

import pytest

from broadsheet.model import Paper
from broadsheet.publish.almanac import Almanac
from broadsheet.publish.theme import load_theme

AT = datetime(2022, 8, 26, 16, 5, tzinfo=UTC)


def almanac(language: str, zone: str = "Asia/Shanghai") -> Almanac:
    return load_theme(Paper(title="p", language=language, zone=zone)).almanac


def test_a_moment_falls_on_the_papers_day() -> None:
    assert almanac("zh").day_of(AT) == date(2022, 8, 27)
    assert almanac("zh", "America/New_York").day_of(AT) == date(2022, 8, 26)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-CN", ["2022年8月27日 00:05", "2022年8月27日", "2022年8月", "8月", "星期六", "8月27日"]),
        ("en-GB", ["27 August 2022, 00:05", "27 August 2022", "August 2022", "August", "Saturday", "27 August"]),
    ],
)
def test_words_and_order_are_the_languages(language: str, said: list[str]) -> None:
    book = almanac(language)
    local = book.local(AT)
    assert said == [
        book.stamp(local),
        book.full(local),
        book.month(local),
        book.month_name(local),
        book.weekday(local),
        book.clock_or_day(local, date(2022, 8, 26)),
    ]
    assert book.day_month(local) == said[-1]


def test_weeks_begin_on_monday() -> None:
    assert almanac("zh").weekdays[0] == ("星期一", "一")
    assert almanac("en").weekdays[6] == ("Sunday", "Su")


def test_at_either_end_of_time_the_zone_stays_utc() -> None:
    for moment, zone in ((datetime.min, "America/New_York"), (datetime.max, "Asia/Shanghai")):  # noqa: DTZ901
        aware = moment.replace(tzinfo=UTC)
        assert almanac("en", zone).local(aware) == aware
