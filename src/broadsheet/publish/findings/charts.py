"""Drawings inside of pages: candles, the ruler of checks, the years of a company. All geometry is in attributes.

A strict content security policy allows no `style`; what varies is therefore a coordinate.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import ceil, floor

from markupsafe import Markup, escape
from msgspec import Struct

from broadsheet.model import Bar, Check

WIDTH, HEIGHT, PLOT = 340, 150, 284
_TOP, _FOOT, _BODY = 10, 20, 7
_FEWEST = 12
"""Sessions that a chart has room for at least, so that few of them are not blown up."""

_MOST_LINES = 5
_STEPS = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
_MINUS = "\u2212"
_NEAR = 14
"""Pixels; marks on the axis of years that are nearer than that are stacked."""

_LEVEL, _AXIS, _ASSUMED = 17, 12, 900

MOONS = {
    "rumour": '<circle r="6" class="h ds"></circle>',
    "talks": '<circle r="6" class="h"></circle><path class="f" d="M0 0V-6A6 6 0 0 1 6 0z"></path>',
    "announced": '<circle r="6" class="h"></circle><path class="f" d="M0-6A6 6 0 0 1 0 6z"></path>',
    "confirmed": '<circle r="6" class="h"></circle><circle r="6" class="f"></circle>',
    "denied": '<circle r="6" class="h"></circle><path class="s" d="M-4.2 4.2L4.2-4.2"></path>',
    "completed": '<circle r="6" class="h"></circle><circle r="3.2" class="f"></circle>',
    "view": '<circle r="6" class="h"></circle>',
}
"""How certain something is, as the moon's phase; the classes of the stylesheet draw the same beside words."""


class Candle(Struct, frozen=True, kw_only=True):
    """One session, its prices in percent of one reference price."""

    day: date
    open: float
    high: float
    low: float
    close: float


class Candles(Struct, frozen=True, kw_only=True):
    """The sessions round the day of a move, in percent of the close before that day, and what was `reported`."""

    candles: tuple[Candle, ...]
    day: date
    reported: float | None = None


def candles_of(bars: Sequence[Bar], day: date, reported: float | None) -> Candles | None:
    """Put sessions in percent of the close before a day; None where there is no such session or close."""
    at = next((index for index, bar in enumerate(bars) if bar.day == day), None)
    base = before(bars, at) if at is not None else None
    if not base:
        return None
    return Candles(candles=tuple(_candle(bar, base) for bar in bars), day=day, reported=reported)


def daily(bars: Iterable[Bar]) -> list[Bar]:
    """Keep one bar of each day, the first: of a day, several sources may tell."""
    found: dict[date, Bar] = {}
    for bar in bars:
        found.setdefault(bar.day, bar)
    return list(found.values())


def before(bars: Sequence[Bar], at: int) -> float | None:
    """Tell what the changes of a session are counted from: its exchange's reference, or the close before it."""
    return bars[at].previous_close or (bars[at - 1].close if at else None)


def _candle(bar: Bar, base: float) -> Candle:
    opens, high, low, close = (
        round(100 * (price / base - 1), 4) for price in (bar.open, bar.high, bar.low, bar.close)
    )
    return Candle(day=bar.day, open=opens, high=high, low=low, close=close)


def signed(value: float, digits: int = 2) -> str:
    """Write a change in percent, with its sign (minus is U+2212); none of 0."""
    text = f"{abs(value):.{digits}f}"
    sign = "" if not float(text) else "+" if value > 0 else _MINUS
    return f"{sign}{text}%"


class _Scale(Struct, frozen=True, kw_only=True):
    lowest: float
    highest: float
    step: float

    def y(self, value: float) -> float:
        room = HEIGHT - _TOP - _FOOT
        return round(_TOP + room * (self.highest - value) / (self.highest - self.lowest), 1)

    def lines(self) -> Iterator[float]:
        count = round((self.highest - self.lowest) / self.step)
        return (self.lowest + self.step * line for line in range(count + 1))


def _scale(values: Sequence[float]) -> _Scale:
    """Find round percentages that hold all values and 0, with five lines at most."""
    low, high = min(0.0, *values), max(0.0, *values)
    for step in _STEPS:
        lowest, highest = floor(low / step) * step, ceil(high / step) * step
        if highest - lowest <= _MOST_LINES * step:
            break
    return _Scale(lowest=lowest, highest=highest if highest > lowest else lowest + step, step=step)


def draw_candles(chart: Candles, label: str, said: str, first: str, day: str) -> Markup:
    """Draw sessions as candles, hollow where they rose; `said` stands at the dashed line of what was reported."""
    scale = _scale([price for one in chart.candles for price in (one.high, one.low)] + [chart.reported or 0.0])
    pitch = PLOT / max(len(chart.candles), _FEWEST)
    start = PLOT - pitch * len(chart.candles)
    at = next(index for index, one in enumerate(chart.candles) if one.day == chart.day)
    left = start + at * pitch
    drawn = [f'<rect class="day" x="{left:.1f}" y="4" width="{pitch:.1f}" height="{HEIGHT - 22}"></rect>']
    drawn += (_line(scale, value) for value in scale.lines())
    drawn += (_drawn(one, scale, start + (index + 0.5) * pitch) for index, one in enumerate(chart.candles))
    if chart.reported is not None:
        drawn.append(_reported(scale.y(chart.reported), left, said))
    drawn.append(_days(left + pitch / 2, start, first, day))
    opening = f'<svg class="kc" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}">'
    return Markup(f"{opening}{''.join(drawn)}</svg>")  # noqa: S704 (numbers and escaped texts)


def _line(scale: _Scale, value: float) -> str:
    kind, y = "z" if value == 0 else "ax", scale.y(value)
    text = signed(value, 0 if scale.step >= 1 else 1)
    return (
        f'<line class="{kind}" x1="0" x2="{PLOT}" y1="{y}" y2="{y}"></line>'
        f'<text x="{PLOT + 6}" y="{y + 4:.1f}">{text}</text>'
    )


def _drawn(one: Candle, scale: _Scale, x: float) -> str:
    top, foot = scale.y(max(one.open, one.close)), scale.y(min(one.open, one.close))
    rose = one.close >= one.open
    return (
        f'<g class="{"ku" if rose else "kd"}"><path d="M{x:.1f} {scale.y(one.high)}V{scale.y(one.low)}"></path>'
        f'<rect x="{x - _BODY / 2:.1f}" y="{top}" width="{_BODY}" height="{max(1.2, round(foot - top, 1))}"></rect>'
        "</g>"
    )


def _reported(y: float, left: float, said: str) -> str:
    """Draw the dashed line, with its words on the side of the day that has room for them."""
    roomy = left > PLOT / 2
    start, end = (left - 92, PLOT) if roomy else (left, min(left + 104, PLOT))
    x, anchor = (start - 4, "end") if roomy else (end + 4, "start")
    return (
        f'<line class="rp" x1="{start:.1f}" x2="{end:.1f}" y1="{y}" y2="{y}"></line>'
        f'<text class="t" x="{x:.1f}" y="{y + 4:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
    )


def _days(middle: float, start: float, first: str, day: str) -> str:
    y = HEIGHT - 4
    last = middle > PLOT - 40
    x, anchor = (float(PLOT), "end") if last else (max(middle, 30.0), "middle")
    began = f'<text x="{start:.1f}" y="{y}">{escape(first)}</text>' if x - start > 100 else ""
    return f'{began}<text class="t" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(day)}</text>'


class Ruler(Struct, frozen=True, kw_only=True):
    """The ends of a ruler in percent: all rulers of one list have the same, so that their rows compare."""

    lowest: float
    highest: float

    def x(self, value: float) -> str:
        """Place a percentage, in percent of the width."""
        held = min(max(value, self.lowest), self.highest)
        return f"{2 + 96 * (held - self.lowest) / (self.highest - self.lowest):.2f}%"


def ruler_for(values: Iterable[float]) -> Ruler:
    """Choose the ends of a ruler that holds all values and 0."""
    scale = _scale([*values, 0.0])
    return Ruler(lowest=scale.lowest, highest=scale.highest)


def draw_ruler(ruler: Ruler, check: Check, reported: float | None, label: str) -> Markup:
    """Draw what was measured, a bar from low to high with a tick at the close, and a diamond at what was reported."""
    x, low, high, close = ruler.x, check.low or 0.0, check.high or 0.0, check.close or 0.0
    bar = f'<line class="rg" x1="{x(low)}" x2="{x(high)}" y1="15" y2="15"></line>'
    zero = f'<line class="ax" x1="{x(0)}" x2="{x(0)}" y1="9" y2="21"></line>'
    tick = f'<line class="cl" x1="{x(close)}" x2="{x(close)}" y1="8" y2="22"></line>'
    diamond = _at(x(reported), 6, '<path d="M0-5L5 0L0 5L-5 0z"></path>') if reported is not None else ""
    opening = f'<svg class="ruler" role="img" aria-label="{escape(label)}">'
    axis = '<line class="ax" x1="0" x2="100%" y1="15" y2="15"></line>'
    return Markup(f"{opening}{axis}{zero}{bar}{tick}{diamond}</svg>")  # noqa: S704 (numbers and an escaped text)


def _at(x: str, y: int, drawing: str) -> str:
    return f'<svg x="{x}" y="{y}" width="1" height="1" overflow="visible">{drawing}</svg>'


def draw_years(events: Sequence[tuple[date, str]], label: str) -> Markup:
    """Draw events, the earliest first, as moons on an axis of years; those too near to each other are stacked."""
    first, last = events[0][0].year, events[-1][0].year
    placed = _stacked([(_place(day, first, last), moon) for day, moon in events])
    top = max(level for _, level, _ in placed)
    base = _AXIS + _LEVEL * top
    drawn = [f'<line class="ax" x1="0" x2="100%" y1="{base}" y2="{base}"></line>']
    drawn += _year_marks(first, last, base)
    drawn += (_at(f"{100 * place:.2f}%", base - _LEVEL * level, MOONS[moon]) for place, level, moon in placed)
    opening = f'<svg class="years" width="100%" height="{base + 26}" role="img" aria-label="{escape(label)}">'
    return Markup(f"{opening}{''.join(drawn)}</svg>")  # noqa: S704 (numbers and an escaped text)


def _place(day: date, first: int, last: int) -> float:
    """Place a day, 0 to 1, on an axis from the beginning of a year to the end of another."""
    passed = day.year - first + (day.timetuple().tm_yday - 1) / 366
    return 0.01 + 0.97 * passed / (last - first + 1)


def _stacked(events: Sequence[tuple[float, str]]) -> list[tuple[float, int, str]]:
    found: list[tuple[float, int, str]] = []
    level, before_it = 0, -1.0
    for place, moon in events:
        level = level + 1 if (place - before_it) * _ASSUMED < _NEAR else 0
        before_it = place
        found.append((place, level, moon))
    return found


def _year_marks(first: int, last: int, base: int) -> Iterator[str]:
    every = ceil((last - first + 1) / 12)
    for year in range(first, last + 2):
        x = 1 + 97 * (year - first) / (last - first + 1)
        yield f'<line class="ax" x1="{x:.2f}%" x2="{x:.2f}%" y1="{base - 4}" y2="{base + 4}"></line>'
        if year <= last and (year - first) % every == 0:
            middle = x + 48.5 / (last - first + 1)
            yield f'<text x="{middle:.2f}%" y="{base + 20}" text-anchor="middle">{year}</text>'
