"""What each post is in its story: an independent report, or one that carries the text of an earlier one."""

from collections.abc import Sequence

from broadsheet.model.stories import Edge, Member, Role

_ROLES: dict[str, Role] = {"copy": "copy", "edited-copy": "edited-copy", "excerpt": "excerpt"}


def members_of(posts: Sequence[str], edges: Sequence[Edge]) -> tuple[Member, ...]:
    """Give the posts of one story, in the order of publication, their roles.

    A post carries what it shares most of its text with among the earlier ones; of equals, the earliest. An earlier
    post that a later one takes up whole and adds to was no excerpt when it appeared: both are reports.
    """
    place = {post_id: number for number, post_id in enumerate(posts)}
    carried: dict[str, Edge] = {}
    for edge in edges:
        if edge.relation in _ROLES and edge.first in place and edge.second in place:
            kept = carried.get(edge.second)
            if kept is None or _closeness(edge, place) > _closeness(kept, place):
                carried[edge.second] = edge
    return tuple(_member(post_id, carried.get(post_id)) for post_id in posts)


def _closeness(edge: Edge, place: dict[str, int]) -> tuple[float, int]:
    return edge.share or 0.0, -place[edge.first]


def _member(post_id: str, edge: Edge | None) -> Member:
    if edge is None:
        return Member(post_id)
    return Member(post_id, _ROLES[edge.relation], edge.first, edge.share)
