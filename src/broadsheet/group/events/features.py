"""Two posts as numbers: what they share and where they contradict each other, each under a name."""

from collections.abc import Iterable
from math import log, log1p
from typing import Final, NamedTuple

from broadsheet.group.events.profile import Profile, Vector
from broadsheet.group.texts.names import differ
from broadsheet.group.texts.terms import RAREST, lessons, term_weights

TEXT: Final = (
    "characters", "terms", "contained", "contained_most", "title", "title_in_text", "title_in_text_least",
    "heads", "heads_least", "rare", "rarest", "shared", "names", "names_missing", "numbers", "numbers_differ",
    "title_numbers_differ", "days", "days_differ", "shorter", "length_ratio",
)  # fmt: skip
"""The features that are learned from pairs of texts."""

BY_THOUGHT: Final = ("subjects_differ", "hours", "image")
"""Features with weights that were set by thought, for labelled pairs hardly have them."""

_TOP: Final = 5
_AT_ONCE: Final = 12.0
_ALIKE: Final = 6


class _Likeness(NamedTuple):
    """The cosine of two vectors, what their terms tell beyond that, and how telling those are that both have."""

    cosine: float
    taught: float
    shared: list[float]


def features_of(one: Profile, other: Profile) -> dict[str, float]:
    """Measure two posts; every feature is there, 0 where there is nothing to tell.

    `taught`, what Chinese terms were found to tell, is in log-odds already.
    """
    weights = term_weights()
    characters, terms = _likeness(one.characters, other.characters), _likeness(one.terms, other.terms)
    telling = sorted(terms.shared, reverse=True)
    common = sum(telling)
    title_shared = sum([weights.get(term, RAREST) for term in one.title & other.title])
    inside = (
        _held(one.title, one.title_weight, other.terms, weights),
        _held(other.title, other.title_weight, one.terms, weights),
    )
    heads = (_head_held(one, other.terms, weights), _head_held(other, one.terms, weights))
    smaller, larger = sorted((one.terms.weight, other.terms.weight))
    return {
        "characters": characters.cosine,
        "terms": terms.cosine,
        "taught": characters.taught + terms.taught if one.cjk and other.cjk else 0.0,
        "contained": common / (smaller or 1.0),
        "contained_most": common / (larger or 1.0),
        "title": title_shared / (one.title_weight + other.title_weight - title_shared or 1.0),
        "title_in_text": max(inside),
        "title_in_text_least": min(inside),
        "heads": max(heads),
        "heads_least": min(heads),
        "rare": sum(telling[:_TOP]),
        "rarest": telling[0] if telling else 0.0,
        "shared": log1p(len(telling)),
        **_names(one, other),
        **_numbers(one, other),
        "shorter": log1p(min(one.size, other.size)),
        "hours": _hours(one, other),
        "image": _same_image(one.post.image, other.post.image),
        "length_ratio": log((max(one.size, other.size) + 1) / (min(one.size, other.size) + 1)),
    }


def _likeness(one: Vector, other: Vector) -> _Likeness:
    """Compare two vectors in one pass, in the order of the text: sums of floats hang on their order."""
    weights, taught = term_weights(), lessons()
    few, many = sorted((one, other), key=lambda vector: len(vector.terms))
    theirs = many.terms
    cosine = told = less = 0.0
    shared = []
    for term, value in few.terms.items():
        if term in theirs:
            here, there = value / few.length, theirs[term] / many.length
            cosine += here * there
            shared.append(weights.get(term, RAREST))
            if term in taught.shared:
                told += here * there * taught.shared[term]
            if term in taught.apart:
                less += min(here, there) * taught.apart[term]
    # what two parts differ by is their sum less twice the smaller one
    return _Likeness(cosine, told + one.apart + other.apart - 2 * less, shared)


def _held(title: Iterable[str], weight: float, text: Vector, weights: dict[str, float]) -> float:
    return sum([weights.get(term, RAREST) for term in title if term in text.terms]) / (weight or 1.0)


def _head_held(one: Profile, text: Vector, weights: dict[str, float]) -> float:
    return _held(one.head, sum(weights.get(term, RAREST) for term in one.head), text, weights)


def _hours(one: Profile, other: Profile) -> float:
    """How long after the first half day: one event is reported all day, then less and less."""
    apart = abs((one.post.published - other.post.published).total_seconds()) / 3600
    return max(0.0, apart - _AT_ONCE)


def _same_image(one: str | None, other: str | None) -> float:
    """Whether the head images look the same: their perceptual hashes differ in few of 64 bits."""
    if not one or not other or len(one) != len(other):
        return 0.0
    return float((int(one, 16) ^ int(other, 16)).bit_count() <= _ALIKE)


def _names(one: Profile, other: Profile) -> dict[str, float]:
    both = one.names & other.names
    least = min(len(one.names), len(other.names))
    return {
        "names": log1p(len(both)),
        "names_missing": 1 - len(both) / least if least else 0.0,
        "subjects_differ": float(differ(one.subject, other.subject, one.folded, other.folded)),
    }


def _numbers(one: Profile, other: Profile) -> dict[str, float]:
    agreeing = sum(any(here.agrees(there) for there in other.quantities) for here in one.quantities)
    return {
        "numbers": log1p(agreeing),
        "numbers_differ": float(bool(one.quantities and other.quantities) and not agreeing),
        "title_numbers_differ": float(bool(clashes(one, other))),
        "days": float(len(one.days & other.days) > 0),
        "days_differ": float(bool(one.days and other.days) and not one.days & other.days),
    }


def clashes(one: Profile, other: Profile) -> list[tuple[str, str]]:
    """The quantities of two titles that are of one unit and cannot be one number."""
    left = [here for here in one.title_quantities if not any(here.agrees(there) for there in other.title_quantities)]
    right = [
        there for there in other.title_quantities if not any(there.agrees(here) for here in one.title_quantities)
    ]
    return [(here.words, there.words) for here in left for there in right if here.unit == there.unit]
