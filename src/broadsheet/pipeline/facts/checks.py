"""Moves that posts report, each held against the bars that the paper keeps."""

from collections.abc import Iterator, Mapping, Sequence

from broadsheet.model import BARS_AFTER, BARS_BEFORE, Annotations, Card, Check, Post
from broadsheet.store import Store


def checks_of(store: Store, posts: Sequence[Card | Post], facts: Mapping[str, Annotations]) -> list[Check]:
    """Check the moves of posts in their order, each wording of a security once; without any bars nothing is."""
    found: dict[tuple[str, str], Check] = {}
    for post in posts:
        for check in _of_post(store, post, facts.get(post.id)):
            found.setdefault((str(check.security), check.move.surface), check)
    return list(found.values())


def _of_post(store: Store, post: Card | Post, found: Annotations | None) -> Iterator[Check]:
    day = post.published.date()
    for move in found.moves if found else ():
        bars = store.prices.bars(move.security, day - BARS_BEFORE, day + BARS_AFTER) if move.security else []
        if bars:
            from broadsheet.market import check_move

            yield check_move(move, bars, post.published)
