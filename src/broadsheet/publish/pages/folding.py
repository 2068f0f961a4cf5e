"""Copies folded under what they carry, so that ten copies in a list never look like ten sources."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from broadsheet.model import Card, Member, PostRef, Story, StoryRef
from broadsheet.publish.press import Press

Members = Mapping[str, Member]


class Listed(Struct, frozen=True, kw_only=True):
    """A post in a list, with its story where it is in one.

    So many more posts, its `copies`, carry the same text. Where it is a copy itself, `source` is the post that it
    carries, and `share` how much of its text is from there (0 to 1).
    """

    card: Card
    story: StoryRef | None = None
    copies: int = 0
    source: Card | None = None
    share: float | None = None


def members_of(stories: Iterable[Story]) -> dict[str, Member]:
    """Map the ids of posts to what they are in their stories."""
    return {member.post_id: member for story in stories for member in story.members}


def root_of_copy(post_id: str, members: Members) -> str:
    """Follow a copy to the report that it carries in the end; a report is its own root."""
    seen = {post_id}
    member = members.get(post_id)
    while member and member.source and member.source not in seen:
        post_id = member.source
        seen.add(post_id)
        member = members.get(post_id)
    return post_id


def folded(press: Press, refs: Sequence[PostRef]) -> list[Listed]:
    """Fetch the cards of these posts, newest first, each text once.

    Of a report and its copies only the report is listed, or the earliest copy where the report is not among them.
    """
    stories = {ref.id: story for ref in refs if (story := press.layout.story_of.get(ref.id))}
    if not stories:
        return [Listed(card=card) for card in press.cards(refs)]
    members = members_of(map(press.edition.shelf.story, dict.fromkeys(story.id for story in stories.values())))
    shown = _one_of_each(refs, members)
    copies = Counter(root_of_copy(member.post_id, members) for member in members.values() if member.source)
    sources = _sources(press, shown, members)

    def listed(card: Card) -> Listed:
        member = members.get(card.id)
        return Listed(
            card=card,
            story=stories.get(card.id),
            copies=copies[root_of_copy(card.id, members)] - (member is not None and member.source is not None),
            source=sources.get(member.source) if member and member.source else None,
            share=member.share if member else None,
        )

    return [listed(card) for card in press.cards(shown)]


def _one_of_each(refs: Sequence[PostRef], members: Members) -> list[PostRef]:
    roots = {ref.id: root_of_copy(ref.id, members) for ref in refs}
    chosen = {roots[ref.id]: ref.id for ref in refs}  # the earliest, for it comes last
    chosen.update({root: root for root in roots.values() if root in roots})
    return [ref for ref in refs if chosen[roots[ref.id]] == ref.id]


def _sources(press: Press, shown: Sequence[PostRef], members: Members) -> Mapping[str, Card]:
    carried = [member.source for ref in shown if (member := members.get(ref.id)) and member.source]
    return {card.id: card for card in press.edition.shelf.cards(carried)}
