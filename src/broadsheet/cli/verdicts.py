"""Moves that posts report, each held against the bars that the paper keeps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from broadsheet.model import BARS_AFTER, BARS_BEFORE, Annotations, Card, Check, Post

if TYPE_CHECKING:
    from broadsheet.store import Store


def checks_of(store: "Store", posts: Sequence[Card | Post], facts: Mapping[str, Annotations]) -> list[Check]:
    """Check the moves of posts in their order, each wording of a security once; without any bars nothing is."""
    found: dict[tuple[str, str], Check] = {}
    for post in posts:
        for check in _of_post(store, post, facts.get(post.id)):
            found.setdefault((str(check.security), check.move.surface), check)
    return list(found.values())


def _of_post(store: "Store", post: Card | Post, found: Annotations | None) -> Iterator[Check]:
    day = post.published.date()
    for move in found.moves if found else ():
        bars = store.prices.bars(move.security, day - BARS_BEFORE, day + BARS_AFTER) if move.security else []
        if bars:
            from broadsheet.market import check_move

            yield check_move(move, bars, post.published)


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
