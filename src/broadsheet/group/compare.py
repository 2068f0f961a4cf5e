"""How the posts of each pair are akin: first whether one carries the other, else whether both tell of one event."""

from collections.abc import Mapping

from broadsheet.group.copies.carry import carried
from broadsheet.group.events.kinship import contributions, probability
from broadsheet.group.events.profile import Profile, read_post
from broadsheet.group.events.reasons import explain
from broadsheet.group.sketches.pairs import Pairs
from broadsheet.model.stories import Edge, PostText

SAME, MAYBE = 0.5, 0.2
"""From these probabilities on two posts tell of one event, or may do so."""


def compare_posts(pairs: Pairs, texts: Mapping[str, PostText]) -> list[Edge]:
    """Compare the posts of each pair; those that are not akin make no edge, nor those whose text is missing."""
    profiles: dict[str, Profile] = {}

    def profile(post_id: str) -> Profile:
        if post_id not in profiles:
            profiles[post_id] = read_post(texts[post_id])
        return profiles[post_id]

    told = list(carried(pairs.pairs, texts))  # what was read for it goes before the next reading begins
    akin = (edge or (_kin(profile(pair.first), profile(pair.second)) if pair.terms else None) for pair, edge in told)
    return [edge for edge in akin if edge]


def _kin(one: Profile, other: Profile) -> Edge | None:
    parts = contributions(one, other)
    score = probability(sum(parts.values()))
    if score < MAYBE:
        return None
    return Edge(
        first=one.post.post_id,
        second=other.post.post_id,
        relation="same-event" if score >= SAME else "maybe",
        score=round(score, 4),
        reasons=explain(one, other, parts),
    )
