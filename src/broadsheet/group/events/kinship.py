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

from broadsheet.group.events.features import BY_THOUGHT, TEXT, features_of
from broadsheet.group.events.profile import Profile

MODELS: Final = ("cjk", "latin")
BOUNDED: Final = ("shorter", "length_ratio")
"""Features that say how long texts are: beyond what was seen in training they tell no more."""

_FARTHEST: Final = 2.0
"""In standard deviations; chosen by cross-validation on the topics learned from."""


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
    model = models()["cjk" if one.cjk and other.cjk else "latin"]
    features = features_of(one, other)
    parts = {name: _part(name, features[name], weight) for name, weight in model.weights.items()}
    parts |= {"bias": model.bias, "taught": features["taught"]}
    return parts


def _part(name: str, value: float, weight: Weight) -> float:
    away = (value - weight.mean) / weight.scale
    return weight.weight * (max(-_FARTHEST, min(_FARTHEST, away)) if name in BOUNDED else away)


def probability(log_odds: float) -> float:
    """Turn log-odds into a probability."""
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, log_odds))))


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
