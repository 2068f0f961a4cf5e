"""The time of day, in any spelling."""

from datetime import timedelta

import pytest

from broadsheet.parse.values.clocks import CLOCK, DOTTED, time_of_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", timedelta(hours=14, minutes=5)),
        ("14:05:09.25", timedelta(hours=14, minutes=5, seconds=9, milliseconds=250)),
        ("下午2点05分", timedelta(hours=14, minutes=5)),
        ("2:05 p.m.", timedelta(hours=14, minutes=5)),
        ("12:05 am", timedelta(minutes=5)),
        ("오후 2시 5분", timedelta(hours=14, minutes=5)),
        ("11:33:41:250PM", timedelta(hours=23, minutes=33, seconds=41, milliseconds=250)),
        ("24:00", timedelta(days=1)),
        ("23:59:60", timedelta(days=1)),
        ("no time", timedelta()),
    ],
)
def test_a_time_of_day_is_read(text: str, expected: timedelta) -> None:
    assert time_of_day(CLOCK.search(text)) == expected


@pytest.mark.parametrize("text", ["25:00", "14:60", "14:05:61"])
def test_what_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no such time"):
        time_of_day(CLOCK.search(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8am", timedelta(hours=8)),
        ("at 8 p.m. EST", timedelta(hours=20)),
        ("kl. 19.48", timedelta(hours=19, minutes=48)),
        ("19.48.21", timedelta(hours=19, minutes=48, seconds=21)),
        ("8", timedelta()),
        ("1.2.26", timedelta()),
        ("+08.00", timedelta()),
    ],
)
def test_behind_a_day_a_time_of_day_needs_no_colon(text: str, expected: timedelta) -> None:
    assert time_of_day(DOTTED.search(text)) == expected
