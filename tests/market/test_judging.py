"""Operators and tolerances: what agrees with a figure, and by how much it may be off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.market.judging import Figures, at_point, crossed, faded, is_understated, said, tolerance, turned
from broadsheet.model import Operator

OPERATORS: tuple[Operator, ...] = ("eq", "over", "near", "about", "range", "none")
figures = st.floats(min_value=0, max_value=300)


@pytest.mark.parametrize(
    ("operator", "least", "most"),
    [("eq", 9.5, 10.5), ("over", 9.5, float("inf")), ("near", 9.5, 10.5), ("about", 9.5, 10.5), ("range", 9.5, 12.5)],
)
def test_what_an_operator_says_of_ten(operator: Operator, least: float, most: float) -> None:
    words = said(operator, 10, 12, 0.5)
    assert (words.least, words.most) == (least, most)


def test_near_and_about_have_a_floor() -> None:
    assert said("near", 3, None, 0.1).least == 2.5
    assert said("about", 3, None, 0.1).most == pytest.approx(3.3)


def test_tolerance_is_half_a_step_of_print_and_of_prices() -> None:
    assert tolerance(0.01, 5, 0.0) == pytest.approx(0.025)
    assert tolerance(1, 10, 0.0005) == pytest.approx(0.5 + 0.055 + 0.02)


@given(step=figures, wider=figures, value=figures, rounding=st.floats(0, 0.1), coarser=st.floats(0, 0.1))
def test_a_coarser_print_or_price_never_makes_tolerance_less(
    step: float, wider: float, value: float, rounding: float, coarser: float
) -> None:
    assert tolerance(step, value, rounding) <= tolerance(step + wider, value, rounding + coarser)


@given(operator=st.sampled_from(OPERATORS), value=figures, measured=figures, slack=figures, more=figures)
def test_more_tolerance_never_contradicts_what_less_confirmed(
    operator: Operator, value: float, measured: float, slack: float, more: float
) -> None:
    narrow, wide = (
        at_point(said(operator, value, value + 1, one), measured, "close") for one in (slack, slack + more)
    )
    assert (narrow.verdict, wide.verdict) != ("CONFIRMED", "CONTRADICTED")


def of(first: float, top: float, bottom: float, last: float) -> Figures:
    return Figures(open=first, top=top, bottom=bottom, close=last)


def test_courses_of_a_day() -> None:
    assert [turned(of(-1, 2, -2, last)).verdict for last in (1, -1)] == ["CONFIRMED", "CONSISTENT"]
    assert turned(of(1, 2, 0.5, 1)).verdict == "CONTRADICTED"
    assert crossed(of(-1, 2, -1, 1), settled=True).verdict == "CONFIRMED"
    assert [crossed(of(-1, 2, -2, -1), settled=done).verdict for done in (False, True)] == [
        "CONSISTENT",
        "CONTRADICTED",
    ]
    assert [faded(of(0, 0, -6, last)).verdict for last in (-3, -5, -6)] == ["CONFIRMED", "CONSISTENT", "CONTRADICTED"]


def test_over_three_is_little_to_say_of_four() -> None:
    assert [is_understated(3, figure) for figure in (3.9, 4.0)] == [False, True]
    assert [is_understated(50, figure) for figure in (54, 55)] == [False, True]
