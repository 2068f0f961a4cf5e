"""What a story page tells: who reported first, what each report added, who carried whose text, and what changed."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from broadsheet.model import Card, Edge, Member, Role, Shelf, Story
from broadsheet.publish.differences import Change, differences

MOST_QUOTED = 3
"""Sentences quoted of what a report added; of those beyond it says how many there are."""

MOST_COMPARED = 12
"""Copies that are compared with what they carry, word by word; the others show only their share."""

MOST_KINDS = 4
MOST_WORDS = 5
"""Words shown of each kind of thing that the reports share."""

MOST_CHANGES = 12
"""Stretches shown of what a copy changed."""


class Copy(Struct, frozen=True, kw_only=True):
    """A post that carries another's text by a `share` of 0 to 1, with the copies that were made of it in turn.

    `changes` lead from what it carries to itself; None where the two were not compared.
    """

    card: Card
    role: Role
    share: float | None
    changes: tuple[Change, ...] | None
    copies: "tuple[Copy, ...]"

    @property
    def cards(self) -> tuple[Card, ...]:
        """The card of this copy, and those of all that were made of it."""
        return (self.card, *(card for copy in self.copies for card in copy.cards))


class Report(Struct, frozen=True, kw_only=True):
    """A post written independently; `added` are sentences that nobody had before, `more` are not quoted."""

    card: Card
    is_first: bool
    added: tuple[str, ...]
    more: int
    copies: tuple[Copy, ...]

    @property
    def count(self) -> int:
        """How many posts carry this report."""
        return len(self.cards) - 1

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of the report and of all that carry it."""
        return (self.card, *(card for copy in self.copies for card in copy.cards))


class Shared(Struct, frozen=True):
    """What the reports have in common: one kind of thing, and the words for it, the weightiest first."""

    kind: str
    words: tuple[str, ...]


def shared_of(edges: Iterable[Edge]) -> tuple[Shared, ...]:
    """Sum up why posts are one story: what speaks for it on the edges between them, the weightiest first."""
    kinds: dict[str, float] = {}
    words: dict[tuple[str, str], float] = {}
    for reason in (reason for edge in edges if edge.relation == "same-event" for reason in edge.reasons):
        if reason.weight > 0:
            kinds[reason.kind] = kinds.get(reason.kind, 0) + reason.weight
            for word in reason.words:
                words[reason.kind, word] = words.get((reason.kind, word), 0) + reason.weight
    return tuple(Shared(kind, _weightiest(kind, words)) for kind in _heaviest(kinds)[:MOST_KINDS])


def _weightiest(kind: str, words: Mapping[tuple[str, str], float]) -> tuple[str, ...]:
    return tuple(_heaviest({word: weight for (of, word), weight in words.items() if of == kind})[:MOST_WORDS])


def _heaviest(weights: Mapping[str, float]) -> list[str]:
    return sorted(weights, key=lambda name: (-weights[name], name))


def reports_of(shelf: Shelf, story: Story, added: Mapping[str, Sequence[str]]) -> tuple[Report, ...]:
    """Lay out a story by its independent reports, each with the copies of its text."""
    cards = {card.id: card for card in shelf.cards([member.post_id for member in story.members])}
    copies = _Copies(shelf, story, cards)
    reports = [member for member in story.members if member.source not in cards]
    return tuple(
        Report(
            card=cards[member.post_id],
            is_first=member is reports[0],
            added=tuple(added.get(member.post_id, ()))[:MOST_QUOTED],
            more=max(0, len(added.get(member.post_id, ())) - MOST_QUOTED),
            copies=copies.of(member.post_id),
        )
        for member in reports
    )


class _Copies:
    """Reads the copies of a story, and compares the first of them."""

    def __init__(self, shelf: Shelf, story: Story, cards: Mapping[str, Card]) -> None:
        self._shelf = shelf
        self._cards = cards
        self._members = story.members
        self._left = MOST_COMPARED
        self._texts: dict[str, str] = {}

    def of(self, post_id: str) -> tuple[Copy, ...]:
        return tuple(self._copy(member) for member in self._members if member.source == post_id)

    def _copy(self, member: Member) -> Copy:
        return Copy(
            card=self._cards[member.post_id],
            role=member.role,
            share=member.share,
            changes=self._changes(member),
            copies=self.of(member.post_id),
        )

    def _changes(self, member: Member) -> tuple[Change, ...] | None:
        if member.role == "excerpt" or member.source is None or self._left == 0:
            return None
        self._left -= 1
        return differences(self._text(member.source), self._text(member.post_id))[:MOST_CHANGES]

    def _text(self, post_id: str) -> str:
        if post_id not in self._texts:
            self._texts[post_id] = self._shelf.post(post_id).text
        return self._texts[post_id]
