"""What a reader does with posts, by the API: read, starred, tags, notes; and what is still unread."""

from datetime import datetime
from typing import Annotated

from litestar import get, patch, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from broadsheet.errors import ConfigError
from broadsheet.model import Marks
from broadsheet.store import Store
from broadsheet.web.api.posts import UNMARKED
from broadsheet.web.api.shapes import MOST_IDS, FeedId, Note, PostId, PostPath, faults, utc
from broadsheet.web.house.given import TheHouse

TagName = Annotated[
    str,
    Meta(
        pattern=r"^[^,，\x00-\x20\u3000]([^,，\x00-\x1f]*[^,，\x00-\x20\u3000])?$",
        min_length=1,
        max_length=100,
        description="Without commas.",
    ),
]
Tags = Annotated[tuple[TagName, ...], Meta(max_length=50)]
PostIds = Annotated[tuple[PostId, ...], Meta(min_length=1, max_length=MOST_IDS)]


class MarkChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall change; null leaves a mark as it is. A note takes the place of the one before, "" takes it off."""

    read: bool | None = None
    starred: bool | None = None
    tag: Tags = ()
    untag: Tags = ()
    note: Note | None = None


class MarksOfMany(MarkChanges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What shall change on these posts; those that are not there are passed over."""

    posts: PostIds


class Marked(Struct, frozen=True, kw_only=True):
    """The marks of a post as they are now."""

    post: str
    marks: Marks


class MarkedMany(Struct, frozen=True, kw_only=True):
    """The marks of posts as they are now, in the order asked, without those that are not there."""

    posts: tuple[Marked, ...]


class MarkAll(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which posts to mark as read: those that had come by `before` (now), of these feeds (all)."""

    before: Annotated[datetime, Meta(tz=True)] | None = None
    feeds: Annotated[tuple[FeedId, ...], Meta(max_length=MOST_IDS)] | None = None


class MarkedAll(Struct, frozen=True, kw_only=True):
    """How many posts were unread."""

    marked: int


class TagCount(Struct, frozen=True, kw_only=True):
    """A tag, and how many posts bear it."""

    name: str
    posts: int


class Unread(Struct, frozen=True, kw_only=True):
    """How many posts are unread: in all, and in each feed that has any, by its id."""

    total: int
    feeds: dict[str, int]


@patch("/api/posts", tags=["marks"], summary="Mark posts", responses=faults(413))
async def mark_posts(house: TheHouse, data: JSONBody[MarksOfMany]) -> MarkedMany:
    """Mark many posts in one way."""
    now = house.now()
    return MarkedMany(posts=await house.desk.ask(lambda store: _mark(store, data.posts, data, now)))


@patch("/api/posts/{post_id:str}", tags=["marks"], summary="Mark a post", responses=faults(404, 413))
async def mark_post(house: TheHouse, post_id: PostPath, data: JSONBody[MarkChanges]) -> Marked:
    """Mark one post."""
    now = house.now()

    def change(store: Store) -> Marked:
        store.cards([post_id])
        return _mark(store, (post_id,), data, now)[0]

    return await house.desk.ask(change)


@post("/api/posts/mark-all", status_code=200, tags=["marks"], summary="Mark all as read", responses=faults(413))
async def mark_all(house: TheHouse, data: JSONBody[MarkAll]) -> MarkedAll:
    """Mark as read all posts, or all of some feeds, that had come by a moment."""
    try:
        before = utc(data.before) if data.before else None
    except OverflowError as error:
        raise ConfigError("before", "is no moment that UTC has") from error
    now = house.now()
    marked = await house.desk.ask(lambda store: store.reading.mark_all(now, feeds=data.feeds, before=before))
    return MarkedAll(marked=marked)


@get("/api/tags", tags=["marks"], summary="List tags", responses=faults())
async def tags(house: TheHouse) -> list[TagCount]:
    """List every tag, by name."""
    found = await house.desk.ask(lambda store: store.reading.tags())
    return [TagCount(name=name, posts=count) for name, count in found]


@get("/api/unread", tags=["marks"], summary="Count what is unread", responses=faults())
async def unread(house: TheHouse) -> Unread:
    """Count the posts that were not read yet."""
    found = await house.desk.ask(lambda store: store.reading.unread())
    return Unread(total=sum(found.values()), feeds=found)


def _mark(store: Store, posts: tuple[str, ...], changes: MarkChanges, now: datetime) -> tuple[Marked, ...]:
    known = {place.post_id for place in store.ledger.places(posts)}
    there = [one for one in dict.fromkeys(posts) if one in known]
    store.reading.mark(there, now, read=changes.read, starred=changes.starred)
    store.reading.tag(there, add=dict.fromkeys(tag.rstrip("\n") for tag in changes.tag), remove=changes.untag)
    if changes.note is not None:
        for one in there:
            store.reading.note(one, changes.note.strip(), now)
    marks = store.reading.marks(there)
    return tuple(Marked(post=one, marks=marks.get(one, UNMARKED)) for one in there)
