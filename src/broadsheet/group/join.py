"""The stories that posts make: one node for each group of copies, joined by average link, ids kept through it all."""

from collections.abc import Collection, Iterable, Sequence

from broadsheet.group.events.clusters import SCALE, Pair, average_link
from broadsheet.group.naming import name_stories
from broadsheet.group.roles import members_of
from broadsheet.model.stories import Edge, Grouping, Judgement, Sketch, Story

COPIES = frozenset({"copy", "edited-copy"})


def join_stories(
    posts: Sequence[Sketch], edges: Sequence[Edge], judgements: Sequence[Judgement], known: Sequence[Story]
) -> Grouping:
    """Decide which posts make which stories; the same, in whatever order posts and edges come.

    Args:
        posts: all that can be in one story with any of these.
        edges: those of which both posts are among them; others are passed over.
        judgements: what people said, above all edges; of two that contradict each other, `apart` stands.
        known: the stories that these posts were in before.
    """
    ordered = sorted(posts, key=lambda post: (post.published, post.post_id))
    rank = {post.post_id: place for place, post in enumerate(ordered)}
    inside = sorted(
        (edge for edge in edges if edge.first in rank and edge.second in rank),
        key=lambda edge: (rank[edge.first], rank[edge.second]),
    )
    apart = set(_judged(judgements, "apart", rank))
    clusters = _together(_clusters(len(ordered), inside, rank, apart), _judged(judgements, "together", rank), apart)
    ids = [[ordered[place].post_id for place in cluster] for cluster in clusters if len(cluster) > 1]
    begun = {post.post_id: post.published for post in ordered}
    return name_stories([members_of(posts, inside) for posts in ids], begun, known)


def _judged(judgements: Iterable[Judgement], verdict: str, rank: dict[str, int]) -> list[Pair]:
    pairs = (
        (rank[one.first], rank[one.second])
        for one in judgements
        if one.verdict == verdict and one.first in rank and one.second in rank and one.first != one.second
    )
    return sorted({(min(pair), max(pair)) for pair in pairs})


def _clusters(posts: int, edges: Sequence[Edge], rank: dict[str, int], apart: set[Pair]) -> list[list[int]]:
    """Cluster the posts: copies first, each group of them is one node of what follows."""
    strength = {(rank[edge.first], rank[edge.second]): round(edge.score * SCALE) for edge in edges}
    copied = [(rank[edge.first], rank[edge.second]) for edge in edges if edge.relation in COPIES]
    nodes = _copy_groups(posts, copied, apart)
    node_of = {place: number for number, node in enumerate(nodes) for place in node}
    scores: dict[Pair, int] = {}
    for (one, other), score in strength.items():
        pair = _in_order(node_of[one], node_of[other])
        if pair[0] != pair[1]:
            scores[pair] = max(scores.get(pair, 0), score)
    barred = {_in_order(node_of[one], node_of[other]) for one, other in apart}
    return [
        sorted(place for number in cluster for place in nodes[number])
        for cluster in average_link(len(nodes), scores, barred)
    ]


def _copy_groups(posts: int, copied: Iterable[Pair], apart: Collection[Pair]) -> list[list[int]]:
    """Put each post with the earliest of its group that it is a copy of, never with a copy of a copy alone."""
    groups = [[place] for place in range(posts)]
    for one, other in sorted(copied):
        free = len(groups[other]) == 1 and groups[one]
        if free and not any(_in_order(place, other) in apart for place in groups[one]):
            groups[one].append(other)
            groups[other] = []
    return [group for group in groups if group]


def _in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _together(groups: list[list[int]], pairs: Iterable[Pair], apart: Collection[Pair]) -> list[list[int]]:
    """Put the groups of each pair together, but where that would join what a person set apart."""
    group_of = {place: group for group in groups for place in group}
    for one, other in pairs:
        left, right = group_of[one], group_of[other]
        if left is right or any(_in_order(*pair) in apart for pair in _between(left, right)):
            continue
        left += right
        group_of.update(dict.fromkeys(right, left))
    kept = {id(group): sorted(group) for group in group_of.values()}
    return sorted(kept.values())


def _between(left: Sequence[int], right: Sequence[int]) -> Iterable[Pair]:
    return ((one, other) for one in left for other in right)
