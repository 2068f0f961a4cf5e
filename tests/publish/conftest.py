"""Builders of tiny editions: a shelf in memory, feeds and posts with every field."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from broadsheet.model import Card, Edition, Feed, FeedState, Paper, Post, PostRef, SafeHtml, feed_id, post_id

AT = datetime(2026, 8, 26, 2, 47, tzinfo=UTC)


class MemoryShelf:
    """A shelf that holds its posts and counts how many bodies were asked for."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.posts = {post.id: post for post in posts}
        self.read = 0

    def post(self, post_id: str) -> Post:
        self.read += 1
        return self.posts[post_id]

    def cards(self, post_ids: Sequence[str]) -> Sequence[Card]:
        posts = (self.posts[name] for name in post_ids)
        return [
            Card(
                id=post.id,
                feed_id=post.feed_id,
                title=post.title,
                summary=post.summary,
                language=post.language,
                image=post.image,
                published=post.published,
                revision=post.revision,
            )
            for post in posts
        ]


def make_feed(address: str = "https://outlet.example/feed", **fields: object) -> Feed:
    given: dict[str, object] = {"title": "Outlet", "added_at": AT, "state": FeedState(), **fields}
    return Feed(id=feed_id(address), address=address, **given)  # type: ignore[arg-type]


def make_post(feed: Feed, entry: str, title: str = "Title", **fields: object) -> Post:
    published = fields.get("published", AT)
    assert isinstance(published, datetime)
    given: dict[str, object] = {
        "html": SafeHtml(f"<p>{title}</p>"),
        "text": title,
        "summary": "",
        "link": None,
        "language": None,
        "image": None,
        "authors": (),
        "categories": (),
        "enclosures": (),
        "comments": None,
        "published": published,
        "updated": None,
        "first_seen": published,
        "changed_at": published,
        "revision": 1,
        "digest": f"{entry} {title} {fields!r}",
        "changes": {},
        **fields,
    }
    name = post_id(feed.id, entry, published)
    return Post(id=name, feed_id=feed.id, entry_id=entry, title=title, **given)  # type: ignore[arg-type]


def make_edition(feeds: Sequence[Feed], posts: Sequence[Post], **fields: object) -> Edition:
    refs = [
        PostRef(post.id, post.feed_id, post.published, post.digest)
        for post in sorted(posts, key=lambda post: (post.published, post.id), reverse=True)
    ]
    given: dict[str, object] = {"paper": Paper(title="对开"), "made_at": AT, **fields}
    return Edition(feeds={feed.id: feed for feed in feeds}, refs=refs, shelf=MemoryShelf(posts), **given)  # type: ignore[arg-type]


@pytest.fixture
def feed() -> Callable[..., Feed]:
    """Build a feed."""
    return make_feed


@pytest.fixture
def post() -> Callable[..., Post]:
    """Build a post."""
    return make_post


@pytest.fixture
def edition() -> Callable[..., Edition]:
    """Build an edition."""
    return make_edition
