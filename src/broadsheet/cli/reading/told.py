"""A story told on the terminal: to people line by line, to programs as plain values."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from broadsheet.cli.facts.claimlines import claim_lines
from broadsheet.cli.printing import counted, moment
from broadsheet.errors import NotFoundError
from broadsheet.group.ledger.order import in_order
from broadsheet.group.ledger.words import Words
from broadsheet.model import Background, Card, Edge, Feed, LedgerEntry, Member, Post, Story
from broadsheet.pipeline.stories.background import background_of
from broadsheet.publish.pages.dossier import Copy, Report, Shared, disagreements_of, reports_of, shared_of
from broadsheet.store import Store


class Told(NamedTuple):
    """A story with all that is told of it; `cards` are of posts outside it, `suggested` titles of stories by id.

    A post outside every story is told as a story of it alone, under the post's own id.
    """

    story: Story
    posts: Mapping[str, Post]
    feeds: Mapping[str, Feed]
    edges: Sequence[Edge]
    background: Sequence[Background]
    cards: Mapping[str, Card]
    suggested: Mapping[str, str]
    claims: Sequence[LedgerEntry] = ()

    @property
    def is_alone(self) -> bool:
        """Whether it is one post outside every story."""
        return self.story.id == self.story.title_of


def read_story(store: Store, key: str) -> Told:
    """Read a story whole, by its id or by that of a post in it; NotFoundError if there is none."""
    story = _story(store, key)
    posts = {member.post_id: store.post(member.post_id) for member in story.members}
    background = background_of(store, story)
    others = {other: store.story(other).title_of for other in story.suggested}
    cards = store.cards([*(one.post_id for one in background), *others.values()])
    by_id = {card.id: card for card in cards}
    return Told(
        story=story,
        posts=posts,
        feeds={feed.id: feed for feed in store.feeds()},
        edges=store.edges(list(posts)),
        background=background,
        cards=by_id,
        suggested={other: by_id[title_of].title for other, title_of in others.items()},
        claims=in_order(_claims(store, story), posts),
    )


def _story(store: Store, key: str) -> Story:
    try:
        return store.story(key)
    except NotFoundError as unknown:
        try:
            post = store.post(key)
        except NotFoundError:
            raise unknown from None
    found = store.stories_of([post.id]).get(post.id)
    return store.story(found) if found else Story(id=post.id, members=(Member(post.id),), title_of=post.id)


def _claims(store: Store, story: Story) -> Sequence[LedgerEntry]:
    own = store.ledger.of_story(story.id)
    return own or store.ledger.of_post(story.id)


def as_values(told: Told) -> dict[str, object]:
    """Give a program everything that is told."""
    return {
        "story": told.story,
        "shared": shared_of(told.edges),
        "reports": [
            {
                **_post_values(report.post, told.feeds),
                "added": report.added,
                "more": report.more,
                "copies": [_copy_values(copy, told.feeds) for copy in report.copies],
            }
            for report in reports_of(told.story, told.posts)
        ],
        "disagreements": [one._asdict() for one in disagreements_of(told.posts.values())],
        "background": [
            {**_post_values(told.cards[one.post_id], told.feeds), "words": one.words} for one in told.background
        ],
        "claims": told.claims,
        "edges": told.edges,
        "suggested": [{"id": other, "title": title} for other, title in told.suggested.items()],
    }


def _copy_values(copy: Copy, feeds: Mapping[str, Feed]) -> dict[str, object]:
    return {
        **_post_values(copy.post, feeds),
        "role": copy.role,
        "share": copy.share,
        "copies": [_copy_values(one, feeds) for one in copy.copies],
    }


def _post_values(post: Card | Post, feeds: Mapping[str, Feed]) -> dict[str, object]:
    return {"post": post.id, "feed": feeds[post.feed_id].label, "published": post.published, "title": post.title}


def lines(told: Told, words: Words, now: datetime) -> Iterator[str]:
    """Tell a person; claims in `words` of the paper's language, silent up to `now`."""
    reports = reports_of(told.story, told.posts)
    yield from _head(told, reports, shared_of(told.edges))
    for report in reports:
        yield from _report(report, told.feeds)
    yield from _disagreements(told)
    if told.claims:
        yield "\nclaims"
    for entry in told.claims:
        yield from claim_lines(entry, words, told.feeds, now)
    if told.background:
        yield "\nbackground"
    for one in told.background:
        card = told.cards[one.post_id]
        yield f"  {_of(card, told.feeds)}: {', '.join(one.words)}"
        yield f"    {card.title}"
    if told.suggested:
        yield "\nmay be the same (`broadsheet story merge` makes them one)"
    for other, title in told.suggested.items():
        yield f"  {other}  {title}"


def _head(told: Told, reports: Sequence[Report], shared: Sequence[Shared]) -> Iterator[str]:
    yield told.posts[told.story.title_of].title
    if told.is_alone:
        yield f"post {told.story.id} · the only report of its event, in no story"
        return
    counts = f"{counted(len(reports), 'report')}, {counted(len(told.posts) - len(reports), 'copy', 'copies')}"
    yield f"story {told.story.id} · {counts}" + (" · pinned" if told.story.pinned else "")
    for one in shared:
        yield f"why one story: {one.kind}" + (f": {', '.join(one.words)}" if one.words else "")


def _report(report: Report, feeds: Mapping[str, Feed]) -> Iterator[str]:
    yield f"\n{_of(report.post, feeds)}" + (" · first report" if report.is_first else "")
    yield f"  {report.post.title}"
    yield from (f"  + {sentence}" for sentence in report.added)
    if report.more:
        yield f"  + {counted(report.more, 'more sentence')}"
    yield from _copies(report.copies, feeds, "  ")


def _copies(copies: Sequence[Copy], feeds: Mapping[str, Feed], indent: str) -> Iterator[str]:
    for copy in copies:
        share = "" if copy.share is None else f" of {copy.share:.0%}"
        yield f"{indent}{copy.role}{share}: {_of(copy.post, feeds)}"
        yield from _copies(copy.copies, feeds, indent + "  ")


def _disagreements(told: Told) -> Iterator[str]:
    for disagreement in disagreements_of(told.posts.values()):
        yield "\nnumbers that disagree"
        for side in disagreement.sides:
            yield f"  {side.value}"
            for said in side.said:
                yield f"    {told.feeds[told.posts[said.post_id].feed_id].label}: {said.sentence}"


def _of(post: Card | Post, feeds: Mapping[str, Feed]) -> str:
    return f"{moment(post.published)} · {feeds[post.feed_id].label} · {post.id}"
