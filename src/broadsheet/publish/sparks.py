"""How many posts a feed had in each hour of a day, drawn as bars. All geometry is in attributes."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup, escape

from broadsheet.model import PostRef

HOURS = 24
HEIGHT, PITCH = 18, 5
_HOUR = timedelta(hours=1)
_TALLEST = 16
_FEW = 3
"""Pixels for one post, where the busiest hour leaves room for so many."""


def hours_of(refs: Iterable[PostRef], now: datetime) -> dict[str, list[int]]:
    """Count the posts of each feed by the hour, in the 24 hours until now, the oldest first."""
    found: dict[str, list[int]] = {}
    for ref in refs:
        ago = (now - ref.published) // _HOUR
        if ref.published <= now and ago < HOURS:
            found.setdefault(ref.feed_id, [0] * HOURS)[HOURS - 1 - ago] += 1
    return found


def draw_spark(counts: Sequence[int], label: str) -> Markup:
    """Draw a bar for each hour; an hour without posts is a dot on the ground, so that silence is seen."""
    unit = min(_FEW, _TALLEST / max(*counts, 1))
    bars = "".join(f"M{at * PITCH + 2} {HEIGHT}v-{max(1, round(count * unit))}" for at, count in enumerate(counts))
    size = f'width="{len(counts) * PITCH}" height="{HEIGHT}"'
    drawn = f'<svg class="spark" {size} role="img" aria-label="{escape(label)}"><path d="{bars}"></path></svg>'
    return Markup(drawn)  # noqa: S704 (numbers and an escaped text)
