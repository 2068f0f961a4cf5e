"""Which figures a move is about: a fall is looked at upside down."""

from datetime import UTC, datetime

from tests.market.bars import FRIDAY, SHARE, bar, move

from broadsheet.market.calendar import exchange_of, session_meant
from broadsheet.market.cases import Case, slack_of
from broadsheet.market.judging import Figures
from broadsheet.market.series import days_of
from broadsheet.model import MoveReport


def case(reported: MoveReport) -> Case:
    exchange = exchange_of(SHARE)
    assert exchange is not None
    meant = session_meant(exchange, datetime(2022, 8, 26, 7, 30, tzinfo=UTC), "last")
    assert meant is not None
    return Case(move=reported, day=days_of([bar("10: 1 2 3 4")], SHARE, FRIDAY)[0], exchange=exchange, meant=meant)


def test_the_figures_of_a_fall_are_turned() -> None:
    rise, fall = case(move("up 1 eq last")), case(move("down 1 eq last"))
    assert rise.turned(1, 3, -2, 2) == Figures(open=1, top=3, bottom=-2, close=2)
    assert fall.turned(1, 3, -2, 2) == Figures(open=-1, top=2, bottom=-3, close=-2)


def test_soon_after_the_close_a_report_may_be_of_before() -> None:
    assert not case(move("up 1 eq last")).settled


def test_a_level_opening_may_be_a_step_off() -> None:
    assert round(slack_of(case(move("flat - none open", "平开"))), 4) == 0.15
