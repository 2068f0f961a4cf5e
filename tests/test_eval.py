"""The measures of quality: their arithmetic, and floors under what they found on labelled corpora."""

from pathlib import Path

import numpy as np
import pytest
from eval import corpora, counting, fit, stories
from eval.bcubed import b_cubed

from broadsheet.group import compare_posts, find_pairs, join_stories, sketch_posts
from broadsheet.model import Edge, Member, PostText, Sketch, Story

ECB_FLOOR, POSTS_FLOOR = 0.93, 0.955
ECB_DIGEST, POSTS_DIGEST = "03da17c8ab03644f", "1478c1e4c12f7cc9"


def test_b_cubed_is_the_mean_over_items() -> None:
    truth = {"a": 1, "b": 1, "c": 2}
    assert b_cubed(truth, truth).f1 == 1
    lumped = b_cubed(dict.fromkeys(truth, 0), truth)
    assert lumped.precision == pytest.approx(5 / 9)
    assert lumped.recall == 1


def test_auc_counts_ties_half() -> None:
    assert fit.auc(np.array([True, False]), np.array([1.0, 0.0])) == 1
    assert fit.auc(np.array([True, False]), np.array([0.5, 0.5])) == 0.5


def test_a_fit_finds_what_tells_and_is_the_same_every_time() -> None:
    random = np.random.default_rng(3)
    dense = random.normal(size=(200, 2))
    sparse = fit.Sparse(np.arange(200), np.arange(200) % 2, np.ones(200), 2)
    labels = dense[:, 0] + (np.arange(200) % 2) > 0.5
    found = fit.fit(dense, sparse, labels, 1.0)
    assert found.dense[0] > 10 * abs(found.dense[1])
    assert found.sparse[1] > 0 > found.sparse[0]
    again = fit.fit(dense, sparse, labels, 1.0)
    assert found.sparse.tobytes() == again.sparse.tobytes()
    half = sparse.taken(np.arange(200) < 100)
    assert (len(half.rows), fit.nothing_sparse().columns) == (100, 0)
    assert sorted(set(fit.folds(10, 5, 1).tolist())) == [0, 1, 2, 3, 4]


def test_terms_are_weighed_by_the_share_of_texts_and_what_one_topic_alone_says_is_rare(tmp_path: Path) -> None:
    lines = [f'{{"top": {topic}, "text": "the bid of name{"abcdefgh"[topic]} went on"}}' for topic in range(8)]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "whole.txt").write_text("the tide", "utf-8")
    weights = counting.count(counting.texts_of([tmp_path], 6))
    assert weights["the"] == 0
    assert weights["bid"] < 1
    assert not any(term.startswith("name") for term in weights)
    assert counting.render(weights, ["head"]).startswith("# head\n0.0 ")


def test_events_of_english_documents_are_found_as_well_as_ever(shared: Path) -> None:
    assert corpora.digest(shared / "data" / "stories" / "ecbplus" / "docs.json") == ECB_DIGEST
    assert stories.ecb_test().score.f1 >= ECB_FLOOR


def test_events_of_the_sample_posts_are_found_as_well_as_ever(shared: Path) -> None:
    assert corpora.digest(shared / "data" / "posts") == POSTS_DIGEST
    assert stories.sample_posts().score.f1 >= POSTS_FLOOR


def grown(batches: list[list[PostText]]) -> set[tuple[Member, ...]]:
    """The stories of posts that arrive in batches, each compared with all that came before it."""
    texts: dict[str, PostText] = {}
    kept: dict[str, Sketch] = {}
    edges: dict[tuple[str, str], Edge] = {}
    known: dict[str, Story] = {}
    for batch in batches:
        texts |= {post.post_id: post for post in batch}
        new = sketch_posts(batch)
        found = compare_posts(find_pairs(new, list(kept.values())), texts)
        edges |= {(edge.first, edge.second): edge for edge in found}
        kept |= {sketch.post_id: sketch for sketch in new}
        grouping = join_stories(list(kept.values()), list(edges.values()), (), list(known.values()))
        ended = {name for name, _ in grouping.ended}
        known = {name: story for name, story in known.items() if name not in ended}
        known |= {story.id: story for story in grouping.stories}
    return {story.members for story in known.values()}


@pytest.mark.parametrize(("seed", "size"), [(1, 5), (2, 40)])
def test_stories_are_the_same_in_whatever_order_and_batches_posts_arrive(shared: Path, seed: int, size: int) -> None:
    assert (shared / "data" / "posts").is_dir()
    posts = [labelled.post for labelled in corpora.sample_posts()]
    straight = grown([posts])
    random = np.random.default_rng(seed)
    shuffled = [posts[place] for place in random.permutation(len(posts))]
    assert grown([shuffled[at : at + size] for at in range(0, len(posts), size)]) == straight
