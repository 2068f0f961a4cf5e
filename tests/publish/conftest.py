"""Builders of tiny editions: a shelf in memory, feeds and posts with every field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import (
    Background,
    Card,
    Edge,
    Edition,
    Enclosure,
    Failure,
    Feed,
    FeedState,
    Image,
    ImageCopy,
    Member,
    Original,
    Paper,
    Person,
    Post,
    PostRef,
    PostText,
    Reason,
    SafeHtml,
    Story,
    StoryRef,
    Version,
    feed_id,
    post_id,
)

AT = datetime(2026, 8, 26, 2, 47, tzinfo=UTC)


class MemoryShelf:
    """A shelf that holds its posts and counts how many bodies were asked for."""

    def __init__(self, posts: Sequence[Post]) -> None:
        self.posts = {post.id: post for post in posts}
        self.read = 0
        self.kept: dict[str, ImageCopy] = {}
        self.earlier: dict[str, list[str | None]] = {}
        self.stories: dict[str, Story] = {}
        self.kin: list[Edge] = []

    def post(self, post_id: str) -> Post:
        self.read += 1
        return self.posts[post_id]

    def revisions(self, post_id: str) -> Sequence[Original]:
        post = self.posts[post_id]
        return [
            Original(
                post_id=post.id,
                feed_id=post.feed_id,
                entry_id=post.entry_id,
                number=number,
                seen_at=post.first_seen + timedelta(minutes=10 * (number - 1)),
                reason="edited: title" if number > 1 else "new",
                body=b"",
                media_type="application/xml",
                base_url=None,
            )
            for number in range(1, post.revision + 1)
        ]

    def versions(self, post_id: str) -> Sequence[Version]:
        post = self.posts[post_id]
        texts = [*self.earlier.get(post_id, [None] * (post.revision - 1)), post.text]
        return [
            Version(number=one.number, seen_at=one.seen_at, reason=one.reason, html=None, text=text)
            for one, text in zip(self.revisions(post_id), texts, strict=True)
        ]

    def story(self, story_id: str) -> Story:
        return self.stories[story_id]

    def edges(self, post_ids: Sequence[str]) -> Sequence[Edge]:
        wanted = set(post_ids)
        return [edge for edge in self.kin if {edge.first, edge.second} <= wanted]

    def texts(self, post_ids: Sequence[str]) -> Mapping[str, PostText]:
        self.read += len(post_ids)
        found = {name: self.posts[name] for name in post_ids}
        return {
            post.id: PostText(
                post_id=post.id,
                feed_id=post.feed_id,
                published=post.published,
                language=post.language,
                title=post.title,
                text=post.text,
            )
            for post in found.values()
        }

    def copies(self, addresses: Sequence[str]) -> Mapping[str, ImageCopy]:
        return {address: self.kept[address] for address in addresses if address in self.kept}

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


def make_story(posts: Sequence[Post], *members: Member, **fields: object) -> Story:
    """A story of posts in order, each a report unless a member says otherwise."""
    given = {member.post_id: member for member in members}
    ids = [post.id for post in posts]
    told: dict[str, object] = {"id": f"{posts[0].published:%Y%m%d}-5{posts[0].id[-9:]}", "title_of": ids[0], **fields}
    return Story(members=tuple(given.get(name, Member(name)) for name in ids), **told)  # type: ignore[arg-type]


def story_ref(story: Story, shelf: MemoryShelf, digest: str = "d") -> StoryRef:
    posts = [shelf.posts[member.post_id] for member in story.members]
    return StoryRef(
        id=story.id,
        digest=digest,
        first=posts[0].published,
        changed_at=posts[-1].published,
        posts=tuple(post.id for post in posts),
        reports=sum(member.role == "report" for member in story.members),
        pinned=story.pinned,
    )


def make_edition(
    feeds: Sequence[Feed],
    posts: Sequence[Post],
    stories: Sequence[Story] = (),
    kin: Sequence[Edge] = (),
    **fields: object,
) -> Edition:
    refs = [
        PostRef(post.id, post.feed_id, post.published, post.digest)
        for post in sorted(posts, key=lambda post: (post.published, post.id), reverse=True)
    ]
    shelf = MemoryShelf(posts)
    shelf.stories = {story.id: story for story in stories}
    shelf.kin = list(kin)
    given: dict[str, object] = {"paper": Paper(title="对开"), "made_at": AT, **fields}
    given["stories"] = [story_ref(story, shelf) for story in stories]
    return Edition(feeds={feed.id: feed for feed in feeds}, refs=refs, shelf=shelf, **given)  # type: ignore[arg-type]


def make_sample(**fields: object) -> Edition:
    """A tiny paper with every kind of page and every field in use, hostile ones among them."""
    cars = make_feed(
        "https://nanqiao.example/feed",
        title="南桥快报",
        section=("汽车", "新能源"),
        link="https://nanqiao.example/",
        language="zh-CN",
        state=FeedState(last_polled=AT, last_status=200, next_due=AT + timedelta(hours=1), format="rss-2.0"),
    )
    wire = make_feed(
        "https://harbour.example/feed?a=1&b=2",
        title="Harbour <Wire>",
        section=("English & more",),
        link="javascript:alert(1)",
        language="en",
        state=FeedState(
            failures=3,
            failure=Failure(reason="http-status", message="answered 503; look for a new address", at=AT, status=503),
            last_status=503,
            repairs=("undeclared-entity",),
        ),
    )
    gone = make_feed("https://gone.example/feed", title="", state=FeedState(standing="gone", last_status=410))
    posts = [
        make_post(
            cars,
            "1",
            "小米与北汽洽谈合造“电动车”",
            html=SafeHtml('<p>知情人士说……</p><h2>背景</h2><p lang="en">“Joint production”</p>'),
            summary="知情人士说，商谈只开了个头。",
            link="https://nanqiao.example/1?a=1&b=2",
            image=Image(
                url="https://nanqiao.example/1.jpg", alt="厂房 <外景>", caption="存档", width=1200, height=675
            ),
            authors=(Person(name="林一", url="https://nanqiao.example/lin"), Person(email="x@nanqiao.example")),
            categories=("汽车", "A & B"),
            enclosures=(
                Enclosure(url="https://nanqiao.example/1.mp3", type="audio/mpeg", length=41_234_567),
                Enclosure(url="javascript:alert(1)"),
            ),
            comments="https://nanqiao.example/1#comments",
            updated=AT + timedelta(minutes=5),
            first_seen=AT + timedelta(minutes=2),
            text="小米与北汽洽谈合造“电动车”\n知情人士说……\n背景\n“Joint production”",
            changed_at=AT + timedelta(hours=1),
            revision=3,
        ),
        make_post(
            wire,
            "2",
            '</title><script>alert("1")</script> {{ 7 * 7 }}',
            html=SafeHtml("<p>It&#8217;s early.</p>"),
            summary="Talks are preliminary & “may not lead to a deal”.",
            link="javascript:alert(2)",
            language="en-GB",
            image=Image(url="javascript:alert(3)"),
            authors=(Person(name="A. Writer", url="javascript:alert(4)"),),
            published=AT - timedelta(days=30),
        ),
        make_post(wire, "3", "", html=SafeHtml(""), published=AT - timedelta(days=31, hours=20)),
        make_post(gone, "4", "Long" * 60, published=AT - timedelta(days=400)),
    ]
    others, story, kin = _sample_story(posts[0], posts[-1], wire, gone)
    ended: dict[str, str | None] = {"20260101-aaaaaaaaaa": story.id, "20260101-bbbbbbbbbb": None}
    edition = make_edition([cars, wire, gone], [*posts, *others], [story], kin, **{"moved": ended, **fields})
    shelf = edition.shelf
    assert isinstance(shelf, MemoryShelf)
    first = "小米将与北汽合造</del><script>alert(5)</script>\n知情人士说……\n背景\n“Joint <b>talks</b>”"
    shelf.earlier[posts[0].id] = [first, posts[0].text]
    return edition


def _sample_story(report: Post, old: Post, wire: Feed, gone: Feed) -> tuple[list[Post], Story, list[Edge]]:
    """The first post of the sample as a story: a report before it, one copy of each, and why."""
    first = make_post(
        wire,
        "5",
        "Xiaomi and BAIC <talk>",
        html=SafeHtml("<p>The two companies talk. Shares of Beijing Motor rose 25% on Friday.</p>"),
        summary="Shares rose 25%.",
        text="Xiaomi and BAIC <talk>\nThe two companies talk. Shares of Beijing Motor rose 25% on Friday.",
        published=AT - timedelta(minutes=35),
    )
    word_for_word = make_post(
        gone, "6", first.title, html=first.html, text=first.text, language="en", published=AT - timedelta(minutes=20)
    )
    edited = make_post(
        wire,
        "7",
        "小米将与北汽合造“电动车”",
        text=report.text.replace("洽谈合造", "将合造") + "\n涨了35%。Shares of Beijing Motor rose 35% on Friday.",
        language="zh-CN",
        published=AT + timedelta(minutes=5),
    )
    story = make_story(
        [first, word_for_word, report, edited],
        Member(word_for_word.id, "copy", first.id, 1.0),
        Member(edited.id, "edited-copy", report.id, 0.87),
        background=(Background(old.id, ("xiaomi", "北汽")),),
    )
    shared = (Reason("names", ("xiaomi", "北汽"), 2.5), Reason("days", ("8-26", "13-40"), 1.0))
    kin = [Edge(first=first.id, second=report.id, relation="same-event", score=0.97, reasons=shared)]
    return [first, word_for_word, edited], story, kin


@pytest.fixture(scope="module", autouse=True)
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's own cache folder out of the tests; one is enough for a whole session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture
def sample() -> Callable[..., Edition]:
    """Build the sample paper."""
    return make_sample


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


@pytest.fixture
def story() -> Callable[..., Story]:
    """Build a story."""
    return make_story
