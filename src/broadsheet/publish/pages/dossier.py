"""What a story page tells: who reported first, what each report added, who carried whose text, and what changed."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from broadsheet.group.dossier.additions import Addition, additions
from broadsheet.group.dossier.disagreements import Disagreement, disagreements
from broadsheet.model import Edge, Member, Post, PostText, Role, Story
from broadsheet.publish.pages.differences import Change, differences

MOST_QUOTED = 3
"""Sentences quoted of what a report added; of those beyond it says how many there are."""

LONGEST_QUOTED = 240
MOST_QUOTING = 24
"""Reports of which something is quoted; of those beyond it says only how much they added."""

MOST_COMPARED = 12
"""Copies that are compared with what they carry, word by word; the others show only their share."""

MOST_DISAGREEMENTS = 8
MOST_KINDS = 4
MOST_WORDS = 5
"""Words shown of each kind of thing that the reports share."""

MOST_CHANGES = 12
"""Stretches shown of what a copy changed."""


class Copy(Struct, frozen=True, kw_only=True):
    """A post that carries another's text by a `share` of 0 to 1, with the copies that were made of it in turn.

    `changes` lead from what it carries to itself; None where the two were not compared.
    """

    post: Post
    role: Role
    share: float | None
    changes: tuple[Change, ...] | None
    copies: "tuple[Copy, ...]"

    @property
    def count(self) -> int:
        """How many posts these are: this one, and all that were made of it."""
        return 1 + sum(copy.count for copy in self.copies)


class Report(Struct, frozen=True, kw_only=True):
    """A post written independently; `added` are sentences that nobody had before, `more` are not quoted."""

    post: Post
    is_first: bool
    added: tuple[str, ...]
    more: int
    copies: tuple[Copy, ...]

    @property
    def count(self) -> int:
        """How many posts carry this report."""
        return sum(copy.count for copy in self.copies)


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
    named: list[str] = []
    shared = [Shared(kind, _weightiest(kind, words, named)) for kind in _heaviest(kinds)[:MOST_KINDS]]
    spoken = {kind for kind, _ in words}
    return tuple(one for one in shared if one.words or one.kind not in spoken)


def as_written(words: Iterable[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Spell words, which may be folded, as the first text spells them that has them."""
    folded = [text.casefold() for text in texts]
    return tuple(_spelled(word, texts, folded) for word in words)


def _spelled(word: str, texts: Sequence[str], folded: Sequence[str]) -> str:
    for text, small in zip(texts, folded, strict=True):
        at = small.find(word.casefold())
        found = text[at : at + len(word)] if at >= 0 else ""
        if found.casefold() == word.casefold():
            return found
    return word


def _weightiest(kind: str, words: Mapping[tuple[str, str], float], named: list[str]) -> tuple[str, ...]:
    """Choose the weightiest words of a kind, without those that stand in one that is `named`; they are, then."""
    kept: list[str] = []
    for word in _heaviest({word: weight for (of, word), weight in words.items() if of == kind}):
        if len(kept) < MOST_WORDS and not any(word in other for other in named):
            kept.append(word)
            named.append(word)
    return tuple(kept)


def _heaviest(weights: Mapping[str, float]) -> list[str]:
    return sorted(weights, key=lambda name: (-weights[name], -len(name), name))


def disagreements_of(posts: Iterable[Post]) -> Sequence[Disagreement]:
    """Find the numbers that a story's posts, in the order of publication, give differently for one thing."""
    return disagreements([_text_of(post) for post in posts])[:MOST_DISAGREEMENTS]


def reports_of(story: Story, posts: Mapping[str, Post]) -> tuple[Report, ...]:
    """Lay out a story by its independent reports, each with what it added and the copies of its text.

    `posts` are all of the story's, by id.
    """
    told = [posts[member.post_id] for member in story.members]
    added = dict(zip((post.id for post in told), additions([_text_of(post) for post in told]), strict=True))
    copies = _Copier(story.members, posts)
    reports = [member.post_id for member in story.members if member.source not in posts]
    return tuple(
        _report(posts[post_id], number, added[post_id], copies.of(post_id)) for number, post_id in enumerate(reports)
    )


def _report(post: Post, number: int, added: Sequence[Addition], copies: tuple[Copy, ...]) -> Report:
    quoted = _quoted(added, in_order=number == 0) if number < MOST_QUOTING else ()
    return Report(post=post, is_first=number == 0, added=quoted, more=len(added) - len(quoted), copies=copies)


def _text_of(post: Post) -> PostText:
    return PostText(
        post_id=post.id,
        feed_id=post.feed_id,
        published=post.published,
        language=post.language,
        title=post.title,
        text=post.text,
    )


def _quoted(added: Sequence[Addition], *, in_order: bool) -> tuple[str, ...]:
    """Choose what to quote: the beginning, or what says most that is new, as it stands in the post."""
    short = [at for at, one in enumerate(added) if len(one.sentence) <= LONGEST_QUOTED]
    if not in_order:
        short.sort(key=lambda at: (-added[at].new, at))
    return tuple(added[at].sentence for at in sorted(short[:MOST_QUOTED]))


class _Copier:
    """Finds the copies of posts, and compares the first of them."""

    def __init__(self, members: Sequence[Member], posts: Mapping[str, Post]) -> None:
        self._members = members
        self._posts = posts
        self._left = MOST_COMPARED

    def of(self, post_id: str) -> tuple[Copy, ...]:
        return tuple(self._copy(member, post_id) for member in self._members if member.source == post_id)

    def _copy(self, member: Member, source: str) -> Copy:
        return Copy(
            post=self._posts[member.post_id],
            role=member.role,
            share=member.share,
            changes=self._changes(member, source),
            copies=self.of(member.post_id),
        )

    def _changes(self, member: Member, source: str) -> tuple[Change, ...] | None:
        if member.role == "excerpt" or self._left == 0:
            return None
        self._left -= 1
        return differences(self._posts[source].text, self._posts[member.post_id].text)[:MOST_CHANGES]
