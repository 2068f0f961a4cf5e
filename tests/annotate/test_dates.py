from datetime import date

import pytest

from broadsheet.annotate.cues import LANGUAGES
from broadsheet.annotate.dates import dates_ahead, find_dates
from broadsheet.annotate.tables import rows

FRIDAY = date(2022, 8, 26)
FORMS = [(value, example) for language in LANGUAGES for value, _, _, example in rows(f"dates_{language}")]


def dates(text: str, published: date | None = FRIDAY) -> list[tuple[str, str | None, str]]:
    return [(found.surface, found.value, found.precision) for found in find_dates(text, text.lower(), published)]


@pytest.mark.parametrize(("value", "example"), FORMS)
def test_every_form_finds_its_example(value: str, example: str) -> None:
    assert dates(example)[0][0] == example or value == "trigger"


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2017年7月28日", "2017-07-28", "day"),
        ("2020-09-11", "2020-09-11", "day"),
        ("2017年7月", "2017-07", "month"),
        ("2020年第三季度", "2020-Q3", "quarter"),
        ("2020年q4", "2020-Q4", "quarter"),
        ("2020年下半年", "2020-H2", "half"),
        ("2020年度", "2020", "year"),
        ("2024年底", "2024", "vague"),
        ("今年一季度", "2022-Q1", "quarter"),
        ("去年上半年", "2021-H1", "half"),
        ("明年3月18日", "2023-03-18", "day"),
        ("去年3月", "2021-03", "month"),
        ("去年底", "2021", "vague"),
        ("前年", "2020", "year"),
        ("3月22日", "2022-03-22", "day"),
        ("12月25日", "2022-12-25", "day"),
        ("第三季度", None, "quarter"),
        ("上半年", None, "half"),
        ("上个月", "2022-07", "month"),
        ("4月", "2022-04", "month"),
        ("昨日", "2022-08-25", "day"),
        ("后天", "2022-08-28", "day"),
        ("上周五", "2022-08-19", "day"),
        ("下周一", "2022-08-29", "day"),
        ("周三", "2022-08-24", "day"),
        ("15日", "2022-08-15", "day"),
        ("29日", "2022-07-29", "day"),
        ("近日", None, "vague"),
        ("July 28, 2017", "2017-07-28", "day"),
        ("28 July 2017", "2017-07-28", "day"),
        ("July 2017", "2017-07", "month"),
        ("third quarter of 2020", "2020-Q3", "quarter"),
        ("second half of 2020", "2020-H2", "half"),
        ("May 5", "2022-05-05", "day"),
        ("last month", "2022-07", "month"),
        ("on Friday", "2022-08-26", "day"),
        ("last Monday", "2022-08-22", "day"),
        ("yesterday", "2022-08-25", "day"),
        ("late 2021", "2021", "vague"),
        ("in 2021", "2021", "year"),
        ("recently", None, "vague"),
    ],
)
def test_a_date_is_known_as_far_as_the_text_and_its_day_say(text: str, value: str | None, precision: str) -> None:
    assert dates(text) == [(text, value, precision)]


def test_a_month_never_gets_a_day() -> None:
    assert dates("双方于2017年7月签约") == [("2017年7月", "2017-07", "month")]


@pytest.mark.parametrize("text", ["13月5日", "2月30日", "2017年13月", "90日内", "2020年代", "3.15日", "Feb 30, 2021"])
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert all("30" not in surface and "13" not in surface for surface, _, _ in dates(text))


def test_turns_of_the_year_go_to_the_nearest_month() -> None:
    assert dates("12月28日", date(2022, 1, 4)) == [("12月28日", "2021-12-28", "day")]
    assert dates("1月4日", date(2021, 12, 28)) == [("1月4日", "2022-01-04", "day")]
    assert dates("31日", date(2022, 3, 2)) == []


def test_dates_ahead_are_later_than_the_day_of_publication() -> None:
    text = "8月26日、8月27日、8月、9月、2023年、近日"
    assert dates_ahead(find_dates(text, text, FRIDAY), FRIDAY) == (6, 15)


def test_without_a_day_of_publication_what_is_relative_has_no_value() -> None:
    assert dates("昨日、3月22日、2021年", None) == [
        ("昨日", None, "day"),
        ("3月22日", None, "day"),
        ("2021年", "2021", "year"),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("11月20日至22日", ["2022-11-20", "2022-11-22"]),
        ("2021年11月20日到12月5日", ["2021-11-20", "2021-12-05"]),
        ("2021年12月20日至1月5日", ["2021-12-20", "2022-01-05"]),
        ("2021年12月30日、2日", ["2021-12-30", "2022-01-02"]),
        ("2021年2月20日至30日", ["2021-02-20"]),
        ("2021年7月至9日", ["2021-07", "2022-08-09"]),
        ("大前年", []),
        ("T+1日", []),
    ],
)
def test_a_day_that_is_joined_to_another_comes_after_it(text: str, values: list[str]) -> None:
    assert [value for _, value, _ in dates(text)] == values
