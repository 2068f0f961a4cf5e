"""Checks of price moves on the terminal: what was reported, the verdict, and what the day was."""

from collections.abc import Iterator, Sequence

from broadsheet.model import Check


def verdict_lines(checks: Sequence[Check]) -> Iterator[str]:
    """Tell what was reported, of what, the verdict, and what the day was: its high or low, and its close."""
    for check in checks:
        parts = [f"{name} {percent(value)}" for name, value in _day(check) if value is not None]
        limit = ["closed at the limit"] if check.closed_at_limit else []
        yield " · ".join([f"check: {check.move.surface}", str(check.security), verdict(check), *parts, *limit])


def verdict(check: Check) -> str:
    """Tell a verdict, and why nothing could be checked where that is it."""
    return f"{check.verdict} ({check.reason})" if check.reason else check.verdict


def percent(figure: float | None) -> str | None:
    """Write a change in percent with its sign."""
    return None if figure is None else f"{figure:+.2f} %"


def _day(check: Check) -> Sequence[tuple[str, float | None]]:
    extreme = ("low", check.low) if check.move.direction == "down" else ("high", check.high)
    return (extreme, ("close", check.close))
