"""Stories by the API: listed, one with its posts and claims; merged, split and pinned."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from litestar import get, patch, post
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from broadsheet.errors import NotFoundError
from broadsheet.model import Card, Check, Role, Story, StoryRef
from broadsheet.pipeline.facts.checks import checks_of
from broadsheet.pipeline.stories.judging import merge_stories, split_story
from broadsheet.publish.pages.dossier import shared_of
from broadsheet.store import Store
from broadsheet.web.api.claims import LedgerClaim, claim_of
from broadsheet.web.api.shapes import POST_ID, Limit, PostId, StoryId, StoryPath, faults
from broadsheet.web.house.given import TheHouse

After = Annotated[str | None, QueryParameter(pattern=POST_ID, description="The `next` of the page before.")]
Several = Annotated[tuple[StoryId, ...], Meta(min_length=2, max_length=50)]
Posts = Annotated[tuple[PostId, ...], Meta(min_length=1, max_length=200)]


class StoryLine(Struct, frozen=True, kw_only=True):
    """A story as lists show it: when it was first reported, its independent reports, and the ids of all its posts."""

    id: str
    title: str
    first: datetime
    changed_at: datetime
    reports: int
    copies: int
    pinned: bool
    posts: tuple[str, ...]


class StoriesPage(Struct, frozen=True, kw_only=True):
    """One page of the list of stories; `next` asks for the following one, null on the last."""

    stories: tuple[StoryLine, ...]
    next: str | None


class StoryPost(Struct, frozen=True, kw_only=True):
    """A post in its story; a copy names the post that it carries, and how much of its text is from there (0 to 1)."""

    id: str
    feed: str
    title: str
    published: datetime
    role: Role
    source: str | None
    share: float | None


class SharedReason(Struct, frozen=True, kw_only=True):
    """Something that posts of a story share, in their words."""

    kind: str
    words: tuple[str, ...]


class OlderPost(Struct, frozen=True, kw_only=True):
    """An older post about the same parties, and the names that both bear."""

    id: str
    words: tuple[str, ...]


class WholeStory(Struct, frozen=True, kw_only=True):
    """A story: its posts as they were published, why they are one, claims, checks of moves, background, kin."""

    id: str
    title: str
    pinned: bool
    posts: tuple[StoryPost, ...]
    shared: tuple[SharedReason, ...]
    claims: tuple[LedgerClaim, ...]
    checks: tuple[Check, ...]
    background: tuple[OlderPost, ...]
    suggested: tuple[str, ...]


class Merge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stories that tell of one event."""

    stories: Several


class Split(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts that do not belong to a story."""

    posts: Posts


class Pin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether a story leads the front page."""

    pinned: bool


class SplitStories(Struct, frozen=True, kw_only=True):
    """Which story each post is in now, by ids; null where it stands alone."""

    left: dict[str, str | None]
    split: dict[str, str | None]


@get("/api/stories", tags=["stories"], summary="List stories", responses=faults(404))
async def list_stories(house: TheHouse, after: After = None, limit: Limit = 20) -> StoriesPage:
    """List stories, the newest first."""
    return await house.desk.ask(lambda store: _page(store, after, limit))


@get("/api/stories/{story_id:str}", tags=["stories"], summary="Read a story", responses=faults(404))
async def one_story(house: TheHouse, story_id: StoryPath) -> WholeStory:
    """Give one story whole, or the one that it went into."""
    language = house.config.paper.language
    return await house.desk.ask(lambda store: _whole(store, store.story(story_id), language))


@post("/api/stories/merge", status_code=200, tags=["stories"], summary="Merge stories", responses=faults(404, 413))
async def merge(house: TheHouse, data: JSONBody[Merge]) -> WholeStory:
    """Make one story of several, for good: the oldest id stays, the others lead there."""
    now, language = house.now(), house.config.paper.language
    merged = await house.desk.apart(lambda store: _whole(store, merge_stories(store, data.stories, now), language))
    await house.jobs.publish()
    return merged


@post(
    "/api/stories/{story_id:str}/split",
    status_code=200,
    tags=["stories"],
    summary="Split a story",
    responses=faults(404, 413),
)
async def split(house: TheHouse, story_id: StoryPath, data: JSONBody[Split]) -> SplitStories:
    """Take posts out of a story, for good; they make stories of their own where they are akin to each other."""
    now = house.now()

    def take(store: Store) -> SplitStories:
        left = split_story(store, story_id, data.posts, now)
        found = store.stories_of([*left, *data.posts])
        return SplitStories(
            left={one: found.get(one) for one in left}, split={one: found.get(one) for one in data.posts}
        )

    done = await house.desk.apart(take)
    await house.jobs.publish()
    return done


@patch("/api/stories/{story_id:str}", tags=["stories"], summary="Pin a story", responses=faults(404, 413))
async def pin(house: TheHouse, story_id: StoryPath, data: JSONBody[Pin]) -> WholeStory:
    """Let a story lead the front page, or no longer."""
    language = house.config.paper.language
    told = await house.desk.ask(lambda store: _whole(store, store.pin(story_id, pinned=data.pinned), language))
    await house.jobs.publish()
    return told


def _page(store: Store, after: str | None, limit: int) -> StoriesPage:
    refs = _behind(store.story_refs(), after)
    shown = refs[:limit]
    titles = [card.title for card in store.cards([store.story(ref.id).title_of for ref in shown])]
    lines = tuple(_line(ref, title) for ref, title in zip(shown, titles, strict=True))
    return StoriesPage(stories=lines, next=shown[-1].id if len(refs) > limit else None)


def _behind(refs: Sequence[StoryRef], after: str | None) -> Sequence[StoryRef]:
    if after is None:
        return refs
    place = next((place for place, ref in enumerate(refs) if ref.id == after), None)
    if place is None:
        raise NotFoundError(after, "no such story")
    return refs[place + 1 :]


def _line(ref: StoryRef, title: str) -> StoryLine:
    return StoryLine(
        id=ref.id,
        title=title,
        first=ref.first,
        changed_at=ref.changed_at,
        reports=ref.reports,
        copies=len(ref.posts) - ref.reports,
        pinned=ref.pinned,
        posts=ref.posts,
    )


def _whole(store: Store, story: Story, language: str) -> WholeStory:
    cards = {card.id: card for card in store.cards([member.post_id for member in story.members])}
    shared = shared_of(store.edges(list(cards)))
    return WholeStory(
        id=story.id,
        title=cards[story.title_of].title,
        pinned=story.pinned,
        posts=_posts(story, cards),
        shared=tuple(SharedReason(kind=one.kind, words=tuple(one.words)) for one in shared),
        checks=tuple(checks_of(store, list(cards.values()), store.facts.of(list(cards)))),
        claims=tuple(claim_of(entry, language) for entry in store.ledger.of_story(story.id)),
        background=tuple(OlderPost(id=one.post_id, words=one.words) for one in story.background),
        suggested=story.suggested,
    )


def _posts(story: Story, cards: dict[str, Card]) -> tuple[StoryPost, ...]:
    return tuple(
        StoryPost(
            id=one.post_id,
            feed=cards[one.post_id].feed_id,
            title=cards[one.post_id].title,
            published=cards[one.post_id].published,
            role=one.role,
            source=one.source,
            share=one.share,
        )
        for one in story.members
    )
