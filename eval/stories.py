"""How well stories are made: of labelled corpora, through the doors that `update` goes through."""

from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.group import compare_posts, find_pairs, join_stories, sketch_posts
from eval import corpora, training
from eval.bcubed import Score, b_cubed
from eval.corpora import Labelled

FOLDS, SEEDS = 5, (1, 2)


class Grouped(NamedTuple):
    """B-cubed of a corpus, and what was compared for it."""

    score: Score
    posts: int
    events: int
    pairs: int
    edges: int


def group(labelled: Sequence[Labelled]) -> Grouped:
    """Make stories of posts and compare them with the events; a post in no story is alone."""
    posts = {one.post.post_id: one.post for one in labelled}
    sketches = sketch_posts(list(posts.values()))
    pairs = find_pairs(sketches, sketches)
    edges = compare_posts(pairs, posts)
    grouping = join_stories(sketches, edges, (), ())
    found = {post_id: post_id for post_id in posts}
    found |= {member.post_id: story.id for story in grouping.stories for member in story.members}
    truth = {one.post.post_id: one.event for one in labelled}
    return Grouped(b_cubed(found, truth), len(posts), len(set(truth.values())), len(pairs.pairs), len(edges))


def ecb_test() -> Grouped:
    """ECB+, topics above 35, all in one window."""
    return group([one for one in corpora.ecb_documents() if one.topic > corpora.HIGHEST_TRAINING_TOPIC])


def sample_posts() -> Grouped:
    """The 96 sample posts."""
    return group(list(corpora.sample_posts()))


def sohu_auc(seeds: Sequence[int] = SEEDS) -> list[float]:
    """The AUC on every fold of Sohu 2021 B, training part, for every seed."""
    pairs = training.sohu(corpora.sohu_pairs())
    return [auc for seed in seeds for auc in training.cross_validated(pairs, FOLDS, seed)]
