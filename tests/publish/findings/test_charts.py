"""Drawings: what they show stays inside of them, and no text in them is markup."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.found import bars_of

from broadsheet.model import Bar, Check, MoveReport
from broadsheet.publish.findings.charts import (
    HEIGHT,
    PLOT,
    Ruler,
    candles_of,
    daily,
    draw_candles,
    draw_ruler,
    draw_years,
    ruler_for,
    signed,
)

DAY = date(2026, 8, 26)


@pytest.mark.parametrize(
    ("value", "text"), [(14.78, "+14.78%"), (-3.1, "\u22123.10%"), (0.0, "0.00%"), (-0.001, "0.00%")]
)
def test_a_change_has_its_sign_and_two_decimals(value: float, text: str) -> None:
    assert signed(value) == text


def test_sessions_are_counted_from_the_close_before_the_day() -> None:
    chart = candles_of(bars_of("1958.HK", DAY, 30.54, 14.78), DAY, 25.0)
    assert chart is not None
    event = next(one for one in chart.candles if one.day == DAY)
    assert (event.high, event.close) == (30.54, 14.78)


def test_without_a_session_of_the_day_there_is_no_chart() -> None:
    assert candles_of(bars_of("1958.HK", DAY, 3, 2), date(2026, 9, 26), None) is None
    assert candles_of([Bar(security="a", day=DAY, open=1, high=1, low=1, close=1)], DAY, None) is None


def test_of_a_day_that_several_sources_tell_the_first_stands() -> None:
    bars = bars_of("1958.HK", DAY, 3, 2)
    assert daily([*bars, *bars_of("1958.HK", DAY, 9, 8)]) == bars


@given(st.floats(-60, 400), st.floats(0, 1), st.one_of(st.none(), st.floats(-90, 900)))
def test_candles_stay_inside_of_their_picture(high: float, share: float, reported: float | None) -> None:
    chart = candles_of(bars_of("1958.HK", DAY, high, high * share), DAY, reported)
    assert chart is not None
    drawn = draw_candles(chart, "<label>", "<said>", "27 July", "26 August")
    assert "<label>" not in drawn
    assert "<said>" not in drawn
    assert " style=" not in drawn
    heights = [float(found) for found in re.findall(r' y[12]?="([-\d.]+)"', drawn)]
    assert min(heights) >= 0
    assert max(heights) <= HEIGHT
    assert all(float(found) <= PLOT for found in re.findall(r' x2="([-\d.]+)"', drawn))


def test_what_rose_is_hollow_and_what_fell_is_full() -> None:
    chart = candles_of(bars_of("1958.HK", DAY, 30.54, 14.78), DAY, 25.0)
    assert chart is not None
    drawn = draw_candles(chart, "", "", "", "")
    assert drawn.count('class="kd"') == 1
    assert '<line class="rp"' in drawn


def test_a_ruler_shows_what_was_measured_and_what_was_reported() -> None:
    move = MoveReport(start=0, end=1, surface="x", instrument=None, direction="up")
    check = Check(verdict="CONFIRMED", move=move, low=-1, high=10, close=5)
    ruler = ruler_for([-1, 10, 25])
    drawn = draw_ruler(ruler, check, 25, "<a>")
    assert '<line class="rg" x1="23.60%"' in drawn
    assert 'aria-label="&lt;a&gt;"' in drawn
    assert "<path" in drawn
    assert "<path" not in draw_ruler(ruler, check, None, "")
    assert Ruler(lowest=0, highest=10).x(99) == "98.00%"


def test_events_of_near_days_are_stacked_on_the_axis_of_years() -> None:
    days = [(date(2017, 7, 28), "completed"), (date(2021, 3, 26), "denied"), (date(2021, 3, 30), "announced")]
    drawn = draw_years(days, "three <events>")
    assert re.findall(r'<svg x="[\d.]+%" y="(\d+)"', drawn) == ["29", "29", "12"]
    assert [*re.findall(r">(\d{4})</text>", drawn)] == ["2017", "2018", "2019", "2020", "2021"]
    assert "<events>" not in drawn
