"""The probability that two posts tell of one event, and why: logistic regression over named features.

There are two models, learned from Chinese and from English texts; the weights stand in `data/kinship.toml`. What
Chinese terms tell beyond their rarity stands in `data/taught-shared.txt` and `data/taught-apart.txt`. A command
writes them all.
"""

import tomllib
from functools import cache
from importlib.resources import files
from math import exp
from typing import Final, NamedTuple

from broadsheet.group.features import BY_THOUGHT, TEXT, features_of
from broadsheet.group.profile import Profile, Vector
from broadsheet.group.terms import told_apart, told_shared

MODELS: Final = ("cjk", "latin")
BOUNDED: Final = ("shorter", "length_ratio")
"""Features that say how long texts are: beyond what was seen in training they tell no more."""

_FARTHEST: Final = 2.0
"""In standard deviations."""


class Weight(NamedTuple):
    """What one more of a feature adds to the log-odds, counted from its mean."""

    weight: float
    mean: float = 0.0
    scale: float = 1.0


class Model(NamedTuple):
    """The log-odds where every feature is at its mean, and the weight of each feature."""

    bias: float
    weights: dict[str, Weight]


def contributions(one: Profile, other: Profile) -> dict[str, float]:
    """What each feature of two posts adds to the log-odds; `bias` is among them."""
    cjk = one.cjk and other.cjk
    model = models()["cjk" if cjk else "latin"]
    features = features_of(one, other)
    parts = {name: _part(name, features[name], weight) for name, weight in model.weights.items()}
    parts["bias"] = model.bias
    if cjk:
        parts["taught"] = taught_by(one.characters, other.characters) + taught_by(one.terms, other.terms)
    return parts


def _part(name: str, value: float, weight: Weight) -> float:
    away = (value - weight.mean) / weight.scale
    return weight.weight * (max(-_FARTHEST, min(_FARTHEST, away)) if name in BOUNDED else away)


def probability(log_odds: float) -> float:
    """Turn log-odds into a probability."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, log_odds))))


def taught_by(one: Vector, other: Vector) -> float:
    """What the terms of two vectors tell beyond their rarity, those they share and those they do not, in log-odds.

    Of a term that both have, the product of its parts in the vectors counts as shared, what they differ by as apart.
    """
    shared, apart = told_shared(), told_apart()
    left, right = one.terms, other.terms
    both = left.keys() & right.keys()
    told = sum([left[term] * right[term] * shared[term] for term in both if term in shared])
    less = sum(
        [min(left[term] / one.length, right[term] / other.length) * apart[term] for term in both if term in apart]
    )
    return told / (one.length * other.length) + one.apart + other.apart - 2 * less


@cache
def models() -> dict[str, Model]:
    """Read the weights of both models."""
    read = tomllib.loads(files("broadsheet.group").joinpath("data", "kinship.toml").read_text("utf-8"))
    return {
        name: Model(
            bias=read[name]["bias"],
            weights={feature: Weight(*read[name][feature]) for feature in (*TEXT, *BY_THOUGHT)},
        )
        for name in MODELS
    }
