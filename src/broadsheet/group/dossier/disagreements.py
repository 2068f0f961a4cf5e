"""Numbers that disagree: posts about one event that say the same of one thing, but for its number."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from broadsheet.group.texts.phrases import sentences
from broadsheet.group.texts.quantities import Quantity, quantities
from broadsheet.model.stories import PostText

_ALIKE: Final = 0.6
"""How much of what stands around two numbers must be the same (Dice), that they are of one thing."""

_LEAST: Final = 3
"""So many words, or pairs of characters, must be the same."""

_FARTHEST: Final = 3
"""Two values are hardly of one thing where one is more than so many times the other."""

_MOST: Final = 600
"""Numbers of one story that are compared each with each."""


class Said(NamedTuple):
    """A sentence, an exact part of its post's text."""

    post_id: str
    sentence: str


class Side(NamedTuple):
    """One value, as it was first written, and who said so."""

    value: str
    said: tuple[Said, ...]


class Disagreement(NamedTuple):
    """Two or more values of one thing, in the order in which they were published."""

    sides: tuple[Side, ...]


class _Number(NamedTuple):
    quantity: Quantity
    said: Said


def disagreements(posts: Sequence[PostText]) -> list[Disagreement]:
    """Find the numbers that posts, in the order of publication, give differently for one thing.

    Rough numbers agree with what they may mean.
    """
    groups: list[list[_Number]] = []
    for number in islice(_numbers(posts), _MOST):
        group = max(groups, key=lambda group: _fit(group, number), default=[])
        if group and _fit(group, number)[1]:
            group.append(number)
        else:
            groups.append([number])
    return [found for group in groups if (found := _disagreement(group))]


def _numbers(posts: Sequence[PostText]) -> Iterator[_Number]:
    for post in posts:
        for sentence in sentences(post.text):
            for quantity in quantities(sentence):
                yield _Number(quantity, Said(post.post_id, sentence))


def _fit(group: Sequence[_Number], number: _Number) -> tuple[bool, float]:
    """Tell whether a group has the value of a number, and how surely it is of the same thing; 0 where it is not.

    Two values that one post gives are of two things.
    """
    agreeing = [one.quantity.agrees(number.quantity) for one in group]
    if any(
        one.said.post_id == number.said.post_id and not agrees for one, agrees in zip(group, agreeing, strict=True)
    ):
        return False, 0
    likeness = max(_likeness_of(one.quantity, number.quantity) for one in group)
    return likeness > 0 and any(agreeing), likeness


def _likeness_of(one: Quantity, other: Quantity) -> float:
    less, more = sorted((one.value, other.value))
    shared = len(one.around & other.around)
    if one.unit != other.unit or more > _FARTHEST * less or shared < _LEAST:
        return 0
    alike = 2 * shared / (len(one.around) + len(other.around))
    return alike if alike >= _ALIKE else 0


def _disagreement(group: Sequence[_Number]) -> Disagreement | None:
    sides: list[list[_Number]] = []
    for number in group:
        side = next((side for side in sides if side[0].quantity.agrees(number.quantity)), None)
        if side is None:
            sides.append([number])
        else:
            side.append(number)
    if len(sides) < 2:
        return None
    return Disagreement(tuple(Side(side[0].quantity.surface, _said(side)) for side in sides))


def _said(side: Sequence[_Number]) -> tuple[Said, ...]:
    """Each post once, with the first sentence in which it says so."""
    return tuple({number.said.post_id: number.said for number in reversed(side)}.values())[::-1]
