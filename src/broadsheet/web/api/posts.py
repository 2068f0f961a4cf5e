"""Posts by the API: lists with every filter that a reader has, and one post whole."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final

from litestar import get
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct
from msgspec.structs import asdict

from broadsheet.errors import ConfigError
from broadsheet.model import (
    Annotations,
    Card,
    Check,
    Claim,
    DateMention,
    Enclosure,
    Image,
    Marks,
    Mention,
    MoveReport,
    Origin,
    Person,
    Post,
    Reply,
    Selection,
)
from broadsheet.pipeline.facts.checks import checks_of
from broadsheet.store import Store
from broadsheet.web.api.shapes import FEED_SCHEMA, POST_ID, FeedId, Instant, Limit, PostPath, faults, moment_of
from broadsheet.web.house.given import TheHouse

UNMARKED: Final = Marks()

After = Annotated[str | None, QueryParameter(pattern=POST_ID, description="The `next` of the page before.")]
Feeds = Annotated[
    list[FeedId] | None,
    QueryParameter(max_items=100, schema_extra={"items": FEED_SCHEMA}, description="Ids of feeds; without, all."),
]
Tag = Annotated[str | None, QueryParameter(min_length=1, max_length=100, description="Only what bears this tag.")]


class PostLine(Struct, frozen=True, kw_only=True):
    """A post as lists show it; `published` and `arrived` are moments in UTC."""

    id: str
    feed: str
    title: str
    summary: str
    language: str | None
    image: Image | None
    published: datetime
    arrived: datetime
    revision: int
    marks: Marks


class PostsPage(Struct, frozen=True, kw_only=True):
    """One page of a list of posts; `next` asks for the following one, null on the last."""

    posts: tuple[PostLine, ...]
    next: str | None


class PostFacts(Struct, frozen=True, kw_only=True):
    """What was found in a post; `start` and `end` of each are code points of its `text`."""

    mentions: tuple[Mention, ...]
    moves: tuple[MoveReport, ...]
    claims: tuple[Claim, ...]
    responses: tuple[Reply, ...]
    origins: tuple[Origin, ...]
    dates: tuple[DateMention, ...]


class WholePost(Struct, frozen=True, kw_only=True):
    """A post in its current revision; `html` is safe to show, `page` where its text is from there.

    `story` is the id of the story that it is in, `claims` are ids of the ledger; `facts` null where nobody looked.
    `checks` are the moves of shares that it reports, held against what these did, where prices are kept.
    """

    id: str
    feed: str
    title: str
    summary: str
    html: str
    text: str
    link: str | None
    page: str | None
    language: str | None
    image: Image | None
    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    comments: str | None
    published: datetime
    updated: datetime | None
    first_seen: datetime
    changed_at: datetime
    revision: int
    marks: Marks
    story: str | None
    claims: tuple[str, ...]
    facts: PostFacts | None
    checks: tuple[Check, ...]


@get("/api/posts", tags=["posts"], summary="List posts", responses=faults(404))
async def list_posts(  # noqa: PLR0913  one argument for each filter, as the framework reads them
    house: TheHouse,
    *,
    unread: FromQuery[bool] = False,
    read: FromQuery[bool] = False,
    starred: FromQuery[bool] = False,
    noted: FromQuery[bool] = False,
    tag: Tag = None,
    feed: Feeds = None,
    since: Instant = None,
    until: Instant = None,
    oldest_first: FromQuery[bool] = False,
    after: After = None,
    limit: Limit = 50,
) -> PostsPage:
    """List posts as they were published, the newest first, of which all is true that is asked for.

    Of `starred`, `noted` and `tag` at most one is given. `since` and `until` (not included) bound when posts came.
    """
    if starred + noted + (tag is not None) > 1:
        raise ConfigError("starred, noted, tag", "only one of these at a time")
    selection = Selection(
        unread=unread,
        read=read,
        starred=starred,
        noted=noted,
        tag=tag,
        feeds=None if feed is None else tuple(feed),
        since=moment_of("since", since),
        until=moment_of("until", until),
    )
    return await house.desk.ask(lambda store: _page(store, selection, after, limit, oldest_first=oldest_first))


@get("/api/posts/{post_id:str}", tags=["posts"], summary="Read a post", responses=faults(404))
async def one_post(house: TheHouse, post_id: PostPath) -> WholePost:
    """Give one post whole, with its marks, its facts, and where it stands."""
    return await house.desk.ask(lambda store: _whole(store, post_id))


def _page(store: Store, selection: Selection, after: str | None, limit: int, *, oldest_first: bool) -> PostsPage:
    rows = store.reading.listed(selection, oldest_first=oldest_first, after=after, limit=limit + 1)
    ids = [row.post_id for row in rows[:limit]]
    arrived = {row.post_id: row.arrived for row in rows}
    marks = store.reading.marks(ids)
    lines = tuple(_line(card, arrived[card.id], marks) for card in store.cards(ids))
    return PostsPage(posts=lines, next=ids[-1] if len(rows) > limit else None)


def _line(card: Card, arrived: datetime, marks: Mapping[str, Marks]) -> PostLine:
    return PostLine(
        id=card.id,
        feed=card.feed_id,
        title=card.title,
        summary=card.summary,
        language=card.language,
        image=card.image,
        published=card.published,
        arrived=arrived,
        revision=card.revision,
        marks=marks.get(card.id, UNMARKED),
    )


def _whole(store: Store, post_id: str) -> WholePost:
    post: Post = store.post(post_id)
    kept = asdict(post)
    found = store.facts.of([post_id])
    facts = found.get(post_id)
    return WholePost(
        feed=post.feed_id,
        marks=store.reading.marks([post_id]).get(post_id, UNMARKED),
        story=store.stories_of([post_id]).get(post_id),
        claims=tuple(entry.id for entry in store.ledger.of_post(post_id)),
        facts=_facts(facts) if facts else None,
        checks=tuple(checks_of(store, [post], found)),
        **{name: kept[name] for name in WholePost.__struct_fields__ if name in kept},
    )


def _facts(found: Annotations) -> PostFacts:
    kept = asdict(found)
    return PostFacts(**{name: kept[name] for name in PostFacts.__struct_fields__})
