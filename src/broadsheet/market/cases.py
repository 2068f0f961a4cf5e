"""Which figures a reported move is about, and how they are held against it."""

from typing import Final

from msgspec import Struct, structs

from broadsheet.market import judging
from broadsheet.market.calendar import Exchange, Meant
from broadsheet.market.judging import Figures, Finding, Said
from broadsheet.market.limits import is_special, limits_on
from broadsheet.market.runs import in_a_row, limit_met
from broadsheet.market.series import Day, rounding
from broadsheet.market.windows import growth_of
from broadsheet.market.words import manner_of, printed_step, run_of, span_of
from broadsheet.model import MoveReport

_CURRENCIES: Final = {"price_cny": "cny", "price_hkd": "hkd", "price_usd": "usd"}
_FLAT: Final = 0.05
_EXACT: Final = 1e-6


class Case(Struct, frozen=True, kw_only=True):
    """A move, the day it is of, and when it was told."""

    move: MoveReport
    day: Day
    exchange: Exchange
    meant: Meant

    @property
    def sign(self) -> int:
        """-1 for a fall: its figures are turned, so that everything looks upwards."""
        return -1 if self.move.direction == "down" else 1

    @property
    def settled(self) -> bool:
        """Whether the close was known when the report was written."""
        return self.meant.complete and not self.meant.fresh

    @property
    def passing(self) -> bool:
        """Whether a move may be of any moment of its day, whenever it was told: 涨超3%, 涨幅扩大至9%."""
        return self.move.operator == "over" or bool(manner_of("passing", self.move.surface))

    @property
    def crossing(self) -> bool:
        """Whether a move is that a price was passed at all: 突破14元."""
        return self.move.operator == "over" and self.move.unit in _CURRENCIES

    def turned(self, first: float, high: float, low: float, last: float) -> Figures:
        """Turn figures so that the reported direction is upwards."""
        if self.sign > 0:
            return Figures(open=first, top=high, bottom=low, close=last)
        return Figures(open=-first, top=-low, bottom=-high, close=-last)


def judge(case: Case) -> Finding:
    """Hold a move against its day."""
    move = case.move
    run = run_of(move.surface) if move.value is None else None
    if run is not None:
        return in_a_row(run, case.day, case.sign, settled=case.settled)
    if move.operator in ("limit_up", "limit_down"):
        manner = manner_of("limit", move.surface)
        return limit_met(manner, case.day, case.sign, special=is_special(move.instrument))
    if move.unit in _CURRENCIES:
        return _price(case)
    if move.statistic in ("cumulative", "ytd"):
        return _window(case)
    course = manner_of("course", move.surface) if move.value is None else ""
    return _course(case, course) if course else _percent(case)


def slack_of(case: Case) -> float:
    """Give the tolerance of a move in percentage points."""
    move, value = case.move, _value(case) or 0.0
    if move.direction == "flat" and move.value is None:
        return _FLAT + 100 * case.exchange.tick / case.day.reference
    step = printed_step(move) * (100 if move.unit == "multiple" else 1)
    return judging.tolerance(step, value, rounding(case.day))


def _value(case: Case) -> float | None:
    """Give the figure that a move names, in percent; a limit that is only near names its own."""
    move = case.move
    if move.value is not None:
        return move.value * 100 if move.unit == "multiple" else move.value
    if move.direction == "flat":
        return 0.0
    limits = limits_on(case.day.bar.security, case.day.bar.day, special=is_special(move.instrument))
    return limits[0].percent if move.statistic == "limit" and limits else None


def _percent(case: Case) -> Finding:
    figures = case.turned(*case.day.changes())
    value = _value(case)
    if value is None:
        return _sign(case, figures)
    high = case.move.value_high
    scale = 100 if case.move.unit == "multiple" else 1
    words = judging.said(case.move.operator, value, high and high * scale, slack_of(case))
    return _by_statistic(case, words, figures)


def _by_statistic(case: Case, words: Said, figures: Figures) -> Finding:
    """Choose the figure of a statistic; the day's top in the direction told is one as of the report."""
    match case.move.statistic:
        case "open":
            return judging.at_point(words, figures.open, "open")
        case "close":
            return judging.at_point(words, figures.close, "close")
        case "limit":
            return judging.at_top(words, figures)
        case "high" | "low" as extreme if (extreme == "high") == (case.sign > 0):
            return judging.at_top(words, figures)
        case "last" if case.crossing:
            return judging.at_top(words, figures)
        case "last":
            return judging.at_moment(words, figures, settled=case.settled and not case.passing)
        case _:
            return judging.in_range(words, figures)


def _sign(case: Case, figures: Figures) -> Finding:
    """Hold a word without a number against the day: 走高 in a day that never was above its reference is wrong."""
    slack = slack_of(case)
    match case.move.statistic:
        case "open":
            return judging.by_sign(figures.open, slack, "open")
        case "close":
            return judging.by_sign(figures.close, slack, "close")
        case "last" if case.meant.complete and figures.close > 0:
            return judging.by_sign(figures.close, slack, "close")
    found = judging.by_sign(figures.top, slack, "top")
    if found.verdict == "CONTRADICTED" and manner_of("within", case.move.surface):
        return Finding(verdict="UNVERIFIABLE", reason="no_number")
    return structs.replace(found, verdict="CONSISTENT") if found.verdict == "CONFIRMED" else found


def _price(case: Case) -> Finding:
    """Hold a price against the day's; those of an adjusted series are of another level, and refute nothing."""
    move, bar = case.move, case.day.bar
    if move.value is None or _CURRENCIES[move.unit] != case.exchange.currency:
        return Finding(verdict="UNVERIFIABLE", reason="no_data")
    slack = (case.exchange.tick if move.operator == "over" else printed_step(move)) / 2 + _EXACT
    high = move.value_high
    point = case.day.reference / 100
    words = judging.said(move.operator, case.sign * move.value, high and case.sign * high, slack, point)
    found = _by_statistic(case, words, case.turned(bar.open, bar.high, bar.low, bar.close))
    if found.verdict == "CONTRADICTED" and bar.adjusted:
        return Finding(verdict="UNVERIFIABLE", reason="no_data")
    if found.measured is None:
        return found
    return structs.replace(found, measured=case.sign * case.day.percent(case.sign * found.measured))


def _window(case: Case) -> Finding:
    """Hold a cumulative move against the sessions it goes over; a multiple may count the whole, or what was added."""
    move = case.move
    span = span_of(move.surface)
    if move.statistic == "cumulative" and span is None:
        return Finding(verdict="UNVERIFIABLE", reason="unknown_time")
    growth = growth_of(case.day, span if move.statistic == "cumulative" else None)
    if growth is None:
        return Finding(verdict="UNVERIFIABLE", reason="no_data")
    figures = case.turned(*(100 * (growth * price - 1) for price in _parts(case.day)))
    found = _grown(case, figures)
    place = "ytd" if move.statistic == "ytd" else "cumulative"
    return structs.replace(found, place=place) if found.measured is not None else found


def _parts(day: Day) -> tuple[float, float, float, float]:
    bar = day.bar
    first, high, low, last = (price / day.reference for price in (bar.open, bar.high, bar.low, bar.close))
    return first, high, low, last


def _grown(case: Case, figures: Figures) -> Finding:
    value = _value(case)
    if value is None:
        return judging.by_sign(figures.close, slack_of(case), "close")
    multiple = case.move.unit == "multiple"
    slack = printed_step(case.move) * (100 if multiple else 1) / 2 + max(0.1, 0.005 * abs(value))
    if not multiple:
        words = judging.said(case.move.operator, value, case.move.value_high, slack)
        return judging.at_moment(words, figures, settled=case.settled)
    added, whole = (
        judging.at_moment(judging.said(case.move.operator, figure, None, slack), figures, settled=case.settled)
        for figure in (value, value - 100)
    )
    first, second = (whole, added) if manner_of("twice", case.move.surface) else (added, whole)
    if first.verdict == "CONTRADICTED" and second.verdict != "CONTRADICTED":
        return structs.replace(second, verdict="CONSISTENT")
    return first


def _course(case: Case, course: str) -> Finding:
    """Hold the course of a day against its four figures."""
    figures = case.turned(*case.day.changes())
    match course:
        case "turned":
            return judging.turned(figures)
        case "faded":
            return judging.faded(figures)
        case _:
            return judging.crossed(figures, settled=case.settled)
