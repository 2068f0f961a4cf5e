"""Plain builders of what goes into a store, and strategies that try everything these types allow."""

from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b

from hypothesis import strategies as st

from broadsheet.model import (
    Bar,
    Batch,
    CleanEntry,
    Company,
    CompanyName,
    Edge,
    Enclosure,
    Feed,
    FeedState,
    Image,
    ImageCopy,
    Member,
    MoveReport,
    Person,
    Reason,
    Relation,
    Revision,
    SafeHtml,
    Security,
    Sketch,
    Story,
    feed_id,
    post_id,
    story_id,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ADDRESS = "https://news.example/feed.xml"


def make_feed(address: str = ADDRESS, *, state: FeedState | None = None, key: str | None = None) -> Feed:
    return Feed(
        id=key or feed_id(address),
        address=address,
        section=("新媒体", "最新"),
        added_at=NOON,
        state=state or FeedState(),
    )


def make_company(code: str, name: str, *, identity: str | None = None) -> Company:
    return Company(
        id=identity or code.lower().replace(".", "-"),
        names=(CompanyName(text=name),),
        securities=(Security(code=code, mic="XSHG"),),
    )


def make_revision(
    entry_id: str = "entry-1",
    *,
    title: str = "小米发布新车",
    body: str = "小米汽车今日发布新车。",
    at: datetime = NOON,
    post: str | None = None,
    said: str = "",
    reason: str = "new",
) -> Revision:
    """A revision whose digests follow from title and body; `said` is what the feed changed and no reader sees."""
    digest = blake2b(f"{title}\0{body}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return Revision(
        post_id=post or post_id(make_feed().id, entry_id, at),
        entry_id=entry_id,
        entry_digest=f"{digest}{said}",
        digest=digest,
        reason=reason,
        seen_at=at,
        published=at,
        clean=CleanEntry(title=title, html=SafeHtml(f"<p>{body}</p>"), text=f"{title}\n{body}", summary=body[:200]),
        original=f"<item><title>{title}</title>{body}</item>".encode("utf-8", "replace"),
    )


def make_batch(*revisions: Revision, feed: Feed | None = None) -> Batch:
    return Batch(feed=feed or make_feed(), outcome="changed", revisions=revisions)


def make_copy(letter: str = "a", **fields: object) -> ImageCopy:
    """A copy of an image; its hash is of one letter."""
    given: dict[str, object] = {"kind": "png", "width": 640, "height": 480, "size": 800, "phash": "0" * 16, **fields}
    return ImageCopy(hash=letter * 64, **given)  # type: ignore[arg-type]


def make_sketch(revision: Revision) -> Sketch:
    """A sketch of a post; its bytes are of its id."""
    key = revision.post_id.encode()
    return Sketch(
        post_id=revision.post_id,
        feed_id=make_feed().id,
        published=revision.published,
        exact=key[:8],
        bands=key[:4],
        sentences=key[4:12],
        terms=b"",
    )


def make_edge(
    first: Revision,
    second: Revision,
    relation: Relation = "same-event",
    *,
    score: float = 0.9,
    share: float | None = None,
) -> Edge:
    reasons = (Reason("names", ("小米", "雷军"), 1.5),)
    return Edge(
        first=first.post_id, second=second.post_id, relation=relation, score=score, share=share, reasons=reasons
    )


def make_story(*posts: Revision, key: str | None = None, **fields: object) -> Story:
    """A story of independent reports."""
    first = posts[0]
    members = tuple(Member(post.post_id) for post in posts)
    given: dict[str, object] = {"members": members, "title_of": first.post_id, **fields}
    return Story(id=key or story_id(first.post_id, first.published), **given)  # type: ignore[arg-type]


def make_move(surface: str, security: str | None, value: float = 3.0) -> MoveReport:
    """A move that a text reports, the first words of it."""
    return MoveReport(
        start=0,
        end=len(surface),
        surface=surface,
        instrument="甲",
        security=security,
        direction="up",
        value=value,
        unit="%",
        operator="over",
        statistic="high",
    )


def make_bar(security: str, day: date) -> Bar:
    """A session that rose by 10 percent at its best."""
    return Bar(security=security, day=day, open=10, high=11, low=10, close=10.5, previous_close=10)


def minutes(count: float) -> datetime:
    """Noon and so many minutes."""
    return NOON + timedelta(minutes=count)


texts = st.text(st.characters(exclude_categories=()), max_size=30)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
people = st.builds(Person, name=st.none() | texts, email=st.none() | texts, url=st.none() | texts)
images = st.builds(Image, url=texts, alt=texts, caption=st.none() | texts, width=st.none() | st.integers())
enclosures = st.builds(Enclosure, url=texts, type=st.none() | texts, length=st.none() | st.integers())
digests = st.text("0123456789abcdef", min_size=16, max_size=16)
cleaned = st.builds(
    CleanEntry,
    title=texts,
    html=texts.map(SafeHtml),
    text=texts,
    summary=texts,
    link=st.none() | texts,
    language=st.none() | texts,
    image=st.none() | images,
    changes=st.dictionaries(st.sampled_from(["scripts", "links"]), st.integers(0, 9)),
)
revisions = st.builds(
    Revision,
    post_id=st.sampled_from(["20261123-0123456789", "20261123-abcdef0123"]),
    entry_id=texts,
    entry_digest=digests,
    digest=digests,
    reason=texts,
    seen_at=moments,
    published=moments,
    updated=st.none() | moments,
    authors=st.lists(people, max_size=2).map(tuple),
    categories=st.lists(texts, max_size=2).map(tuple),
    enclosures=st.lists(enclosures, max_size=2).map(tuple),
    comments=st.none() | texts,
    clean=cleaned,
    original=st.binary(max_size=60),
    media_type=texts,
    base_url=st.none() | texts,
)
