"""What a feed puts round each of its posts: the sentences that two of them begin and end with alike."""

from collections.abc import Sequence

from broadsheet.group.copies.reading import Reading

_LEAST_LEFT = 0.2
"""Where less is left of a text, it is one article that was edited, not two of one feed."""


def without_furniture(first: Reading, second: Reading) -> tuple[Reading, Reading]:
    """Take off what two posts of one feed have alike at both their ends.

    Only the two are looked at, never how often a line stands in the feed: what else has arrived does not matter.
    """
    one, other = first.said(), second.said()
    head = _alike(one, other)
    tail = _alike(one[head:][::-1], other[head:][::-1])
    left, left_too = _between(first, head, tail), _between(second, head, tail)
    enough = _is_much(left, first) and _is_much(left_too, second)
    return (left, left_too) if enough else (first, second)


def _is_much(part: Reading, whole: Reading) -> bool:
    return len(part.words) >= max(1, _LEAST_LEFT * len(whole.words))


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How many are the same from the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _between(reading: Reading, head: int, tail: int) -> Reading:
    bounds = reading.sentences
    return reading.part(int(bounds[head]), int(bounds[len(bounds) - 1 - tail]))
