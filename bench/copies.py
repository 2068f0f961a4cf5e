"""Finding copies: what of seven edits is found, what is called a copy that is none, how fast, and in how much memory.

`python -m bench.copies million` fills an index as a long-running process would, and prints what it took as JSON.
"""

import json
import resource
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from statistics import quantiles
from time import process_time
from typing import NamedTuple

import numpy as np

from bench import planted
from bench.contestants import HERE, PEERS
from bench.cost import BenchError, run
from bench.edits import EDITS, LANGUAGES, edited, in_random_words, originals, post
from bench.planted import Planted
from broadsheet.group import Pair, find_pairs, sketch_posts
from broadsheet.group.copies.carry import carried
from broadsheet.group.sketches.index import KeyIndex
from broadsheet.group.sketches.pairs import MOST_BANDS, MOST_SENTENCES
from broadsheet.model import Edge, PostText

OURS, PEER = "broadsheet", "datasketch 2.0.0"
ARTICLES, RANDOM_PAIRS = 500, 60_000
LEAST_FOUND, MOST_FALSE = 0.98, 0
PLANTED_FEEDS = 500
SPEED_POSTS, PLANTED = 10_000, 20
POSTS_A_SECOND = 10_000
MILLION, TIMED, PORTION = 1_000_000, 5000, 1000
BANDS_EACH, SENTENCES_EACH = 32, 26
MOST_BYTES, SLOWEST_MS = 1.5 * 2**30, 5.0


class Figures(NamedTuple):
    """What was measured; `speed` and `peer` are CPU seconds of each step, `million` what the index took."""

    found: dict[tuple[str, str], float]
    false_pairs: int
    speed: dict[str, float]
    peer: dict[str, float]
    million: dict[str, float]
    planted: Planted | None = None


def measure(runs: int, folder: Path) -> Figures:
    """Measure all; of speeds the best of `runs`.

    Raises:
        BenchError: less is found, or it takes more, than what is promised.
    """
    found = {(language, edit): found_share(language, edit) for language in LANGUAGES for edit in EDITS}
    posts = corpus(SPEED_POSTS)
    (folder / "posts.json").write_text(json.dumps([one.text for one in posts]), "utf-8")
    peer = [PEERS / "bin" / "python", HERE / "copy_peer.py", folder / "posts.json"]
    figures = Figures(
        found=found,
        false_pairs=false_pairs(ARTICLES, RANDOM_PAIRS),
        speed=_best(timed(posts) for _ in range(runs)),
        peer=_best(json.loads(run(peer).output) for _ in range(runs)),
        million=json.loads(run([sys.executable, "-m", "bench.copies", "million"]).output),
        planted=planted.measure(folder / "feeds", PLANTED_FEEDS) if planted.SCRIPT.exists() else None,
    )
    require(figures)
    return figures


def found_share(language: str, edit: str, articles: int = ARTICLES) -> float:
    """The share of articles whose edited form is found to carry them, among all of both."""
    said = originals(language, articles)
    posts = [post(f"original {number}", language, one) for number, one in enumerate(said)]
    posts += [post(f"edited {number}", language, one, 1) for number, one in enumerate(edited(language, said, edit))]
    pairs = {(edge.first, edge.second) for edge in _found(posts)}
    wanted = {(f"original {number}", f"edited {number}") for number in range(articles)}
    return len(pairs & wanted) / articles


def false_pairs(articles: int, pairs: int) -> int:
    """How many random pairs of articles that have nothing to do with each other are called copies, if compared."""
    wrong = 0
    for language in LANGUAGES:
        posts = {str(n): post(str(n), language, one) for n, one in enumerate(originals(language, articles))}
        chance = Random(7)
        drawn = (sorted(chance.sample(range(articles), 2)) for _ in range(pairs // len(LANGUAGES)))
        chosen = [Pair(str(one), str(other), 1) for one, other in drawn]
        wrong += sum(edge is not None for _pair, edge in carried(chosen, posts))
    return wrong


def corpus(count: int) -> list[PostText]:
    """Chinese texts of about 650 characters in random words, one of every twenty an edited copy of an earlier one."""
    chance = Random(7)
    said = [in_random_words(chance) for _ in range(count)]
    for number in range(PLANTED, count, PLANTED):
        edit = list(EDITS)[number // PLANTED % len(EDITS)]
        (said[number],) = edited("zh", [said[number - 7]], edit, seed=number)
    return [post(f"{number:06}", "zh", one, number / 3600) for number, one in enumerate(said)]


def timed(posts: Sequence[PostText]) -> dict[str, float]:
    """CPU seconds of each step, and the planted copies that were found."""
    sketch_posts(posts[:10])
    start = process_time()
    sketches = sketch_posts(posts)
    sketched = process_time()
    pairs = find_pairs(sketches, sketches)
    paired = process_time()
    texts = {one.post_id: one for one in posts}
    edges = [edge for _pair, edge in carried([pair for pair in pairs.pairs if pair.marks], texts) if edge]
    done = process_time()
    return {"sketch": sketched - start, "find": paired - sketched, "verify": done - paired, "found": len(edges)}


def fill_index(posts: int) -> dict[str, float]:
    """Fill an index with as many keys as so many posts have, then add and ask for single posts, each timed."""
    chance = np.random.default_rng(7)
    kinds = [(KeyIndex(), BANDS_EACH, MOST_BANDS), (KeyIndex(), SENTENCES_EACH, MOST_SENTENCES)]
    start = process_time()
    for first in range(0, posts, PORTION):
        for index, each, _most in kinds:
            keys = chance.integers(0, 2**32, each * PORTION, np.uint32)
            index.add(keys, np.repeat(np.arange(first, first + PORTION), each))
    filled = process_time() - start
    taken = []
    for number in range(posts, posts + TIMED):
        arrived = [(chance.integers(0, 2**32, each, np.uint32), np.full(each, number)) for _i, each, _most in kinds]
        start = process_time()
        for (index, _each, most), (keys, owners) in zip(kinds, arrived, strict=True):
            index.add(keys, owners)
            index.shared(keys, owners, most)
        taken.append(1000 * (process_time() - start))
    peak = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    percentiles = quantiles(taken, n=100)
    return {"fill_s": filled, "p50_ms": percentiles[49], "p99_ms": percentiles[98], "peak": peak, "posts": posts}


def require(figures: Figures) -> None:
    """Refuse figures under what is promised; of speeds, which depend on the machine, those of memory and waiting."""
    worst = min(figures.found, key=figures.found.__getitem__)
    if figures.found[worst] < LEAST_FOUND:
        message = f"of the copies with {worst[1]} ({worst[0]}) only {figures.found[worst]:.1%} are found"
        raise BenchError(message)
    if figures.planted and min(figures.planted.recall, figures.planted.precision) < LEAST_FOUND:
        message = (
            f"of the planted copies {figures.planted.recall:.1%} are found, {figures.planted.precision:.1%} rightly"
        )
        raise BenchError(message)
    if figures.false_pairs > MOST_FALSE:
        message = f"{figures.false_pairs} of {RANDOM_PAIRS:,} pairs that have nothing in common are called copies"
        raise BenchError(message)
    if figures.million["peak"] > MOST_BYTES or figures.million["p99_ms"] > SLOWEST_MS:
        message = f"an index of a million posts takes {_index_words(figures.million)}"
        raise BenchError(message)


def block(figures: Figures) -> str:
    """The tables."""
    ours, peer = figures.speed, figures.peer
    total, peer_total = sum(_steps(ours)), peer["sketch"] + peer["find"]
    return "\n".join(
        [
            f"{ARTICLES} made-up articles of sixteen sentences in each language, every one edited in each way: the",
            "share that is found among all thousand, and verified.",
            "",
            f"|  | {' | '.join(LANGUAGES)} | to reach |",
            f"| --- |{' ---: |' * len(LANGUAGES)} ---: |",
            *(f"| {edit} | {_shares(figures, edit)} | {LEAST_FOUND} |" for edit in EDITS),
            "",
            f"Of {RANDOM_PAIRS:,} random pairs of different articles, {figures.false_pairs} are called copies.",
            *_planted_words(figures.planted),
            "",
            f"{SPEED_POSTS:,} Chinese posts of 650 characters, one of twenty an edited copy; one core, CPU seconds.",
            "",
            "|  | sketch | find | verify | posts a second |",
            "| --- | ---: | ---: | ---: | ---: |",
            f"| {OURS} | {' | '.join(f'{step:.2f}' for step in _steps(ours))} | {SPEED_POSTS / total:,.0f} |",
            f"| {PEER} | {peer['sketch']:.2f} | {peer['find']:.2f} | - | {SPEED_POSTS / peer_total:,.0f} |",
            f"| ratio | {_ratio(peer, ours, 'sketch')} | {_ratio(peer, ours, 'find')} | | {peer_total / total:.1f} |",
            f"| to reach | | | | {POSTS_A_SECOND:,} |",
            "",
            f"An index of {MILLION:,} posts takes {_index_words(figures.million)}.",
        ]
    )


def _planted_words(found: Planted | None) -> list[str]:
    if not found:
        return []
    words = f"Of {found.pairs} copies planted in 10,000 posts of another generator {found.recall:.1%} are found"
    return [f"{words}; of all pairs found {found.precision:.1%} are right."]


def _index_words(taken: dict[str, float]) -> str:
    return (
        f"{taken['peak'] / 2**20:,.0f} MiB of memory at its peak; adding one more post and asking for its pairs "
        f"{taken['p50_ms']:.1f} ms (99th percentile {taken['p99_ms']:.1f} ms)"
    )


def _ratio(peer: dict[str, float], ours: dict[str, float], step: str) -> str:
    return f"{peer[step] / ours[step]:.1f}"


def _shares(figures: Figures, edit: str) -> str:
    return " | ".join(f"{figures.found[language, edit]:.3f}" for language in LANGUAGES)


def _steps(taken: dict[str, float]) -> list[float]:
    return [taken["sketch"], taken["find"], taken["verify"]]


def _best(taken: Iterable[dict[str, float]]) -> dict[str, float]:
    return min(taken, key=lambda steps: sum(value for name, value in steps.items() if name != "found"))


def _found(posts: Sequence[PostText]) -> list[Edge]:
    sketches = sketch_posts(posts)
    pairs = [pair for pair in find_pairs(sketches, sketches).pairs if pair.marks]
    return [edge for _pair, edge in carried(pairs, {one.post_id: one for one in posts}) if edge]


if __name__ == "__main__":
    print(json.dumps(fill_index(MILLION)))
