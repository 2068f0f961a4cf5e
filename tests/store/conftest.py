"""Fixtures of the store's tests: one contract suite, run on every engine, and plain builders of what goes in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import pytest

from broadsheet.model import Batch, CleanEntry, Feed, FeedState, Revision, SafeHtml, feed_id, post_id
from broadsheet.store import Store, open_store

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ADDRESS = "https://news.example/feed.xml"

MakeFeed = Callable[..., Feed]
MakeRevision = Callable[..., Revision]
MakeBatch = Callable[..., Batch]


@pytest.fixture(params=["sqlite"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store may be made, on each engine."""
    assert request.param == "sqlite"
    return str(tmp_path / "paper" / "broadsheet.db")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new, empty store."""
    with open_store(address, create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def noon() -> datetime:
    """A fixed moment."""
    return NOON


def make_feed_at(
    address: str = ADDRESS, *, state: FeedState | None = None, section: tuple[str, ...] = ("新媒体",)
) -> Feed:
    return Feed(id=feed_id(address), address=address, section=section, added_at=NOON, state=state or FeedState())


def make_one_revision(
    entry_id: str = "entry-1",
    *,
    title: str = "小米发布新车",
    body: str = "小米汽车今日发布新车。",
    hours: float = 0,
    feed: Feed | None = None,
    post: str | None = None,
) -> Revision:
    published = NOON + timedelta(hours=hours)
    digest = blake2b(f"{title}\0{body}".encode(), digest_size=8).hexdigest()
    return Revision(
        post_id=post or post_id((feed or make_feed_at()).id, entry_id, published),
        entry_id=entry_id,
        entry_digest=f"entry:{digest}",
        digest=digest,
        reason="new",
        seen_at=published,
        published=published,
        clean=CleanEntry(title=title, html=SafeHtml(f"<p>{body}</p>"), text=f"{title}\n{body}", summary=body[:200]),
        original=f"<item><title>{title}</title><description>{body}</description></item>".encode(),
    )


def make_one_batch(*revisions: Revision, feed: Feed | None = None) -> Batch:
    return Batch(feed=feed or make_feed_at(), outcome="changed", revisions=revisions)


@pytest.fixture(scope="session")
def make_feed() -> MakeFeed:
    """Build a feed at an address."""
    return make_feed_at


@pytest.fixture(scope="session")
def make_revision() -> MakeRevision:
    """Build a revision from its entry id, title and body; its digests follow from these."""
    return make_one_revision


@pytest.fixture(scope="session")
def make_batch() -> MakeBatch:
    """Build the batch of one poll from its revisions."""
    return make_one_batch
