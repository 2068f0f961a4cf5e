"""Dates in the spellings of the world, and the ones that are refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.parse.values.dates import date_style, parse_date

NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
MOMENT = NOW
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
PLAIN = date_style(None, None, None)
CHINESE = date_style(None, "zh-CN", NOW)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 23 Nov 2026 06:05:00 GMT",
        "Mon, 23 Nov 2026 14:05:00 +0800",
        "Mon, 23 Nov 2026 01:05:00 -0500",
        "23 Nov 2026 06:05:00 Z",
        "Mon, 23 Nov 26 06:05 UT",
        "Monday, 23-Nov-26 06:05:00 UTC",
        "Mon, 23 Nov 2026 01:05:00 EST",
        "Mon, 23 Nov 2026 06:05:00 NOWHERE",
        "Mon Nov 23 06:05:00 2026",
        "Mon Nov 23 06:05:00 GMT 2026",
        "2026-11-23T06:05:00Z",
        "2026-11-23T06:05:00z",
        "2026-11-23T06:05Z",
        "2026-11-23T14:05:00+08:00",
        "2026-11-23T14:05:00 +0800",
        "2026-11-23T14:05:00.000+8",
        "20261123T060500Z",
        "2026-11-23 06:05:00",
        "2026-11-23 14:05:00 Asia/Shanghai",
        "2026/11/23 06:05",
        "2026.11.23 06:05",
        "2026年11月23日 06:05",
        "2026年11月23日 上午6点05分",
        "2026年11月23日 星期一 早上6时05分",
        "2026년 11월 23일 오전 6:05",
        "23 novembre 2026 06:05",
        "23. November 2026, 06:05",
        "23 de noviembre de 2026 06:05",
        "23 ноября 2026 г. 06:05",
        "November 23rd, 2026 6:05 AM",
        "11/23/2026 6:05:00 AM",
        "23/11/2026 06:05",
        "23.11.2026 06:05",
        "Mon, 23 11 2026 06:05:00 GMT",
        "周一, 23 11月 2026 14:05:00 +0800",
        "2026-Nov-23 06:05",
        "20261123060500",
        "06:05 2026-11-23",
        "06:05:00, 23 Nov 2026",
        "Nov 23 2026 06:05:00:000AM",
        "Mon, 23 Nov 2026 06.05.00 GMT",
        "23 november 2026 kl. 06.05",
        "2026-W48-1T06:05Z",
        "1795413900",
        "1795413900000",
    ],
)
def test_a_spelling_means_its_moment(text: str) -> None:
    assert parse_date(text, PLAIN) == MOMENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("2026-11-23", MIDNIGHT),
        ("20261123", MIDNIGHT),
        ("2026-327", MIDNIGHT),
        ("2026-11-23+08:00", MIDNIGHT - timedelta(hours=8)),
        ("Mon, 23 Nov 2026 23:59:60 GMT", MIDNIGHT + timedelta(days=1)),
        ("2026-11-23T24:00:00Z", MIDNIGHT + timedelta(days=1)),
        ("2026-11-23 下午 2:05", MIDNIGHT + timedelta(hours=14, minutes=5)),
        ("2026-11-23 12:05 AM", MIDNIGHT + timedelta(minutes=5)),
        ("2026/11/23 06:05:00.25 GMT", MOMENT + timedelta(microseconds=250_000)),
        ("05/05/2026", datetime(2026, 5, 5, tzinfo=UTC)),
        ("Mon, 23 Nov 76 06:05 GMT", datetime(1976, 11, 23, 6, 5, tzinfo=UTC)),
    ],
)
def test_parts_and_overflows(text: str, expected: datetime) -> None:
    assert parse_date(text, PLAIN) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "10/11/2026", "23 Foo 2026", "31 Feb 2026", "Mon, 23 Foo 2026 06:05:00 GMT", "2026-11-23 25:61",
        "0001-01-01T00:00:00+14:00", "99:99", "2026-13-40", "刚刚", "3分钟前", "99999999999999999999",
    ],
)  # fmt: skip
def test_what_is_no_date_or_ambiguous_is_none(text: str) -> None:
    assert parse_date(text, PLAIN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刚刚", NOW),
        ("3分钟前", NOW - timedelta(minutes=3)),
        ("半小时前", NOW - timedelta(minutes=30)),
        ("2 hours ago", NOW - timedelta(hours=2)),
        ("an hour ago", NOW - timedelta(hours=1)),
        ("3 天之前", NOW - timedelta(days=3)),
        ("昨天 14:05", NOW - timedelta(days=1)),
        ("今天", datetime(2026, 11, 22, 16, tzinfo=UTC)),
        ("前天 14:05", NOW - timedelta(days=2)),
        ("someday", None),
    ],
)
def test_relative_dates_count_from_now(text: str, expected: datetime | None) -> None:
    assert parse_date(text, CHINESE) == expected


def test_a_date_without_zone_is_of_the_feeds_zone() -> None:
    assert parse_date("2026-11-23 14:05", CHINESE) == MOMENT
    assert parse_date("2026-11-23 14:05:00", CHINESE) == MOMENT
    assert parse_date("2026-11-23 01:05", date_style("America/New_York", "zh", None)) == MOMENT
    assert parse_date("2026-11-23 06:05", date_style("No/Where", "zh", None)) == MOMENT


def test_cst_is_chinas_time_only_in_chinese_feeds() -> None:
    assert parse_date("Mon, 23 Nov 2026 14:05:00 CST", CHINESE) == MOMENT
    assert parse_date("Mon, 23 Nov 2026 00:05:00 CST", PLAIN) == MOMENT


def test_what_cannot_be_true_is_refused_where_now_is_known() -> None:
    assert parse_date("1989-12-31T00:00:00Z", CHINESE) is None
    assert parse_date("2026-11-25T06:05:01Z", CHINESE) is None
    assert parse_date("2026-11-25T06:05:00Z", CHINESE) is not None
    assert parse_date("1989-12-31T00:00:00Z", PLAIN) is not None


@settings(max_examples=200)
@given(st.text(max_size=40) | st.from_regex(r"[0-9年月日:./ T+-]{1,30}", fullmatch=True))
def test_no_text_raises(text: str) -> None:
    for style in (PLAIN, CHINESE):
        moment = parse_date(text, style)
        assert moment is None or moment.tzinfo is UTC


@settings(max_examples=50)
@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001
def test_what_is_written_in_iso_is_read_again(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert parse_date(aware.isoformat(), PLAIN) == aware


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 23 Nov 2026 24:00:00 GMT", MIDNIGHT + timedelta(days=1)),
        ("2026-11-23T00", MIDNIGHT),
        ("20261123256000", None),
    ],
)
def test_the_fast_ways_give_way_to_the_slow_one(text: str, expected: datetime | None) -> None:
    assert parse_date(text, PLAIN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月23日 14:05", NOW),
        ("11-23 14:05", NOW),
        ("11月24日", datetime(2025, 11, 23, 16, tzinfo=UTC)),
        ("1 月 2 号 8:00", datetime(2026, 1, 2, tzinfo=UTC)),
        ("2月30日", None),
        ("两天前", NOW - timedelta(days=2)),
        ("一小时前", NOW - timedelta(hours=1)),
    ],
)
def test_chinese_sites_leave_out_the_year_and_write_numbers_in_words(text: str, expected: datetime | None) -> None:
    assert parse_date(text, CHINESE) == expected


def test_a_year_is_left_out_in_chinese_alone() -> None:
    assert parse_date("11-23 14:05", date_style(None, "en", NOW)) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mo, 23 Mär 2026 06:05:00 +0100", datetime(2026, 3, 23, 5, 5, tzinfo=UTC)),
        ("23 nov 2026 6:05 p. m.", MOMENT + timedelta(hours=12)),
        ("Mon, 23rd of November 2026", MIDNIGHT),
        ("Nov-23-2026 06:05", MOMENT),
        ("11/23/26 06:05", MOMENT),
        ("23.11.26 06:05", MOMENT),
        ("November 2026", datetime(2026, 11, 1, tzinfo=UTC)),
        ("Nov. 2026", datetime(2026, 11, 1, tzinfo=UTC)),
        ("10/11/26", None),
        ("Gossip 2026", None),
    ],
)
def test_short_and_long_ways_to_say_a_day(text: str, moment: datetime | None) -> None:
    assert parse_date(text, PLAIN) == moment
