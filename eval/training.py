"""Learning what tells that two posts are of one event, from labelled pairs of texts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from broadsheet.group.events.features import BY_THOUGHT, TEXT, features_of
from broadsheet.group.events.profile import Profile, read_post
from broadsheet.group.texts.terms import term_weights
from eval import fit as fitting
from eval.corpora import HIGHEST_TRAINING_TOPIC, Labelled, PairOfTexts

DATA = Path(__file__).parents[1] / "src" / "broadsheet" / "group" / "data"
STRENGTH = {"cjk": 0.3, "latin": 1.0}
TAUGHT_SCALE = 14.0
"""How much cheaper a term's lesson is than a feature's weight: chosen by cross-validation."""

TAUGHT_STEPS = (0.25, 0.05)
"""Lessons of shared terms and of terms apart are kept in steps of this; less than half of one is nothing."""

ACROSS = 0.05
"""The part of the pairs across topics that is learned from: nearly all are easy."""

SEED = 1
THOUGHT = {"subjects_differ": (-2.5, 0.0, 1.0), "hours": (-1.0, 0.0, 36.0), "image": (1.0, 0.0, 1.0)}


class Pairs(NamedTuple):
    """Pairs of posts as numbers, and which of them tell of one event."""

    dense: NDArray[np.float64]
    sparse: fitting.Sparse
    same: NDArray[np.bool_]


def sohu(pairs: Sequence[PairOfTexts]) -> Pairs:
    """Measure Chinese pairs, with what each shared term is worth beside."""
    profiles = [(read_post(pair.one), read_post(pair.other)) for pair in pairs]
    return Pairs(_dense(profiles), _told_terms(profiles), np.array([pair.same for pair in pairs]))


def ecb(documents: Sequence[Labelled]) -> Pairs:
    """Measure English pairs: all within a topic, and some across."""
    random = np.random.default_rng(SEED)
    read = [(document, read_post(document.post)) for document in documents]
    chosen = [
        (one, other)
        for one, other in combinations(read, 2)
        if one[0].topic == other[0].topic or random.random() < ACROSS
    ]
    same = np.array([one[0].event == other[0].event for one, other in chosen])
    return Pairs(_dense([(one[1], other[1]) for one, other in chosen]), fitting.nothing_sparse(), same)


def training_documents(documents: Iterable[Labelled]) -> list[Labelled]:
    """The documents of topics that may be learned from."""
    return [document for document in documents if document.topic <= HIGHEST_TRAINING_TOPIC]


def _dense(pairs: Iterable[tuple[Profile, Profile]]) -> NDArray[np.float64]:
    measured = (features_of(one, other) for one, other in pairs)
    return np.array([[features[name] for name in TEXT] for features in measured])


def _told_terms(pairs: Sequence[tuple[Profile, Profile]]) -> fitting.Sparse:
    """What listed terms each pair shares, and after these what terms it has apart."""
    numbers = {term: number for number, term in enumerate(term_weights())}
    rows: list[int] = []
    cols: list[int] = []
    values: list[float] = []
    for row, (one, other) in enumerate(pairs):
        for left, right in ((one.characters, other.characters), (one.terms, other.terms)):
            # sorted, for sums of floats hang on their order and sets have none
            for term in sorted((left.terms.keys() | right.terms.keys()) & numbers.keys()):
                here, there = left.terms.get(term, 0.0) / left.length, right.terms.get(term, 0.0) / right.length
                rows += [row, row]
                cols += [numbers[term], len(numbers) + numbers[term]]
                values += [here * there * TAUGHT_SCALE, abs(here - there)]
    return fitting.Sparse(np.array(rows), np.array(cols), np.array(values), 2 * len(numbers))


def fitted(kind: str, pairs: Pairs) -> fitting.Fitted:
    """Learn one of the two models."""
    return fitting.fit(pairs.dense, pairs.sparse, pairs.same, STRENGTH[kind])


def _scales(model: fitting.Fitted) -> NDArray[np.float64]:
    """What the weight of each sparse column was divided by."""
    return np.repeat([TAUGHT_SCALE, 1.0], len(model.sparse) // 2)


def rounded(model: fitting.Fitted) -> fitting.Fitted:
    """Leave of the lessons of terms what is kept: in steps."""
    steps = np.repeat(TAUGHT_STEPS, len(model.sparse) // 2)
    told = np.round(model.sparse * _scales(model) / steps) * steps
    return model._replace(sparse=told / _scales(model))


def cross_validated(pairs: Pairs, parts: int, seed: int) -> list[float]:
    """The AUC on each part, learned from the others; with the weights rounded as they are kept."""
    part = fitting.folds(len(pairs.same), parts, seed)
    found = []
    for number in range(parts):
        learned, held = part != number, part == number
        model = rounded(fitted("cjk", Pairs(pairs.dense[learned], pairs.sparse.taken(learned), pairs.same[learned])))
        found.append(fitting.auc(pairs.same[held], model.log_odds(pairs.dense[held], pairs.sparse.taken(held))))
    return found


def write(cjk: fitting.Fitted, latin: fitting.Fitted, header: str) -> None:
    """Keep the weights where the room reads them."""
    lines = [f"# {line}" for line in header.splitlines()]
    for kind, model in (("cjk", cjk), ("latin", latin)):
        lines += ["", f"[{kind}]", f"bias = {model.bias:.4f}"]
        rows = zip(TEXT, model.dense, model.mean, model.scale, strict=True)
        lines += [f"{name} = [{weight:.4f}, {mean:.4f}, {scale:.4f}]" for name, weight, mean, scale in rows]
        lines += [f"{name} = [{', '.join(map(str, THOUGHT[name]))}]" for name in BY_THOUGHT]
    (DATA / "kinship.toml").write_text("\n".join(lines) + "\n", "utf-8")
    told = rounded(cjk).sparse * _scales(cjk)
    for name, lessons in zip(("shared", "apart"), np.split(told, 2), strict=True):
        (DATA / f"taught-{name}.txt").write_text(_lessons(name, lessons), "utf-8")


def _lessons(name: str, told: NDArray[np.float64]) -> str:
    classes: Mapping[float, list[str]] = defaultdict(list)
    for term, lesson in zip(term_weights(), told.tolist(), strict=True):
        if lesson:
            classes[round(lesson, 2)].append(term)
    head = {
        "shared": "# What a term tells beyond its rarity, in log-odds where it is all that two texts share",
        "apart": "# What a term tells in log-odds where it is all of one text and not in the other",
    }
    lines = [f"{lesson:.2f} {' '.join(sorted(terms))}" for lesson, terms in sorted(classes.items())]
    return "\n".join([f"{head[name]}: ./run eval stories --train", *lines]) + "\n"


def about() -> str:
    """The head of the file of weights."""
    return (
        "What tells that two posts are of one event: weight, mean and scale of each feature, in log-odds.\n"
        "Written by ./run eval stories --train. [cjk] was learned from Sohu 2021 B, train, [latin] from ECB+ topics\n"
        "1 to 35 (CC BY 3.0). hours, image and subjects_differ are set by thought: labelled pairs hardly have them."
    )
