"""What the other rooms may ask of the store: a method per use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Self

from broadsheet.errors import NotFoundError
from broadsheet.model import (
    Background,
    Batch,
    Card,
    Edge,
    Feed,
    Grouping,
    ImageCopy,
    Judgement,
    KnownEntry,
    Original,
    Post,
    PostRef,
    PostText,
    Revision,
    Sketch,
    Stored,
    Story,
    StoryRef,
    Version,
)
from broadsheet.store import applying, doors, feeds, health, hosts, kin, marks, stories
from broadsheet.store.articles import Articles
from broadsheet.store.companies import Companies
from broadsheet.store.compress import packer
from broadsheet.store.engines.engine import Engine
from broadsheet.store.facts import Facts
from broadsheet.store.images import Images
from broadsheet.store.ledger import Ledger
from broadsheet.store.prices import Prices
from broadsheet.store.rows import card_of, feed_of, feed_values, json_of, original_of, post_of, ref_of, version_of
from broadsheet.store.search.find import Hit, Order, find, older_posts, search_notes
from broadsheet.store.search.index import reindex
from broadsheet.store.search.query import Remark
from broadsheet.store.watches import Watches


class Store:
    """The store of one paper, used from one thread; other processes may read it meanwhile, one at a time may write.

    Every method raises StoreError where the database refuses; what it was doing is then undone as a whole.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pack = packer()
        self.companies, self.facts, self.ledger = Companies(engine), Facts(engine), Ledger(engine)
        self.prices, self.watches = Prices(engine), Watches(engine)
        self.articles, self.images = Articles(engine), Images(engine)
        self.doors, self.reading, self.hosts = doors.Doors(engine), marks.Reading(engine), hosts.Hosts(engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """What messages call the store: its file, or its address without a password."""
        return self._engine.name

    def close(self) -> None:
        """Let go of the store; closing twice is fine."""
        self._engine.close()

    def add_feed(self, feed: Feed) -> bool:
        """Subscribe to a feed; False if its id or its address is there already, which changes nothing."""
        return self._engine.row("add_feed", **feed_values(feed)) is not None

    def add_feeds(self, wanted: Iterable[Feed]) -> int:
        """Subscribe to every feed that is not there yet, all or none of them; how many were added."""
        with self._engine.transaction():
            return sum(map(self.add_feed, wanted))

    def feeds(self) -> list[Feed]:
        """All feeds, in the order in which they were added."""
        return [feed_of(row) for row in self._engine.rows("all_feeds")]

    def feed(self, key: str) -> Feed:
        """The feed with this id or address; NotFoundError if there is none."""
        return feeds.find_feed(self._engine, key)

    def save_feed(self, feed: Feed) -> None:
        """Write a feed that its owner changed, whole, and end its lease; NotFoundError if it was never added."""
        with self._engine.transaction():
            feeds.save_feed(self._engine, feed)

    def claim_due(self, now: datetime, limit: int, lease_s: float, *, due_by: datetime | None = None) -> list[Feed]:
        """Borrow at most `limit` active feeds that are due, longest due first, for `lease_s` seconds.

        Nobody else gets them meanwhile. `apply`, `save_feed` and `release` give a feed back; so does time. `due_by`
        leaves those that became due after that moment to the next who asks.
        """
        return feeds.claim_due(self._engine, now, limit, lease_s, due_by or now)

    def claim(self, ids: Sequence[str], now: datetime, lease_s: float) -> list[Feed]:
        """Borrow these feeds for `lease_s` seconds whether or not they are due, except those that are lent out."""
        return feeds.claim(self._engine, ids, now, lease_s)

    def count_due(self, now: datetime) -> int:
        """How many feeds `claim_due` would lend now."""
        return feeds.count_due(self._engine, now)

    def next_due(self) -> datetime | None:
        """When the next active feed is due, 1970 for one that never was polled; None without active feeds."""
        return feeds.next_due(self._engine)

    def hold_host(self, host: str, until: datetime) -> None:
        """Let no feed of a host be due before a moment."""
        feeds.hold_host(self._engine, host, until)

    def release(self, ids: Sequence[str]) -> None:
        """Give borrowed feeds back unpolled."""
        self._engine.rows("release", ids=json_of(ids))

    def release_all(self) -> None:
        """Give every borrowed feed back unpolled."""
        self._engine.rows("release_all")

    def known_entries(self, feed_id: str, limit: int = 1000) -> tuple[KnownEntry, ...]:
        """What is known of the newest entries of a feed."""
        return tuple(KnownEntry(*row) for row in self._engine.rows("known_entries", feed=feed_id, limit=limit))

    def apply(self, batches: Sequence[Batch]) -> Stored:
        """Store polls: feeds with their validators, posts, revisions, originals and search index, all or nothing.

        An entry is known by its feed and entry id. One with the `entry_digest` already stored changes nothing; one
        whose `digest` is stored too is a trivial change; any other makes the next revision of its post.
        """
        with self._engine.transaction():
            return applying.apply(self._engine, self._pack, batches)

    def replace(self, revisions: Sequence[Revision]) -> int:
        """Make posts again from their latest originals, found by `post_id`, without a new revision; how many changed.

        One with an `article` shows that from now on, one without shows the article that is kept, if any. One whose
        `number` is not that of the newest revision was overtaken by an edit, and changes nothing. Identity,
        `published`, `first_seen` and `changed_at` stay. NotFoundError for a post that is not there.
        """
        with self._engine.transaction():
            return applying.replace(self._engine, self._pack, revisions)

    def post(self, post_id: str) -> Post:
        """The post with this id; NotFoundError if there is none."""
        if row := self._engine.row("one_post", id=post_id):
            return post_of(row)
        raise NotFoundError(post_id, "no post has this id; `broadsheet search` finds posts by their words")

    def cards(self, post_ids: Sequence[str]) -> list[Card]:
        """Posts without bodies, in the order asked; NotFoundError for an id that is not there."""
        found = {row[0]: card_of(row) for row in self._engine.rows("cards", ids=json_of(post_ids))}
        if missing := [post_id for post_id in post_ids if post_id not in found]:
            raise NotFoundError(missing[0], "no post has this id")
        return [found[post_id] for post_id in post_ids]

    def refs(self, feed_id: str | None = None) -> list[PostRef]:
        """Every post, or every post of one feed, newest first; posts of one moment in the order of their ids."""
        rows = self._engine.rows("refs_of_feed", feed=feed_id) if feed_id else self._engine.rows("refs")
        return sorted(map(ref_of, rows), key=lambda ref: (ref.published, ref.id), reverse=True)

    def revisions(self, post_id: str) -> list[Original]:
        """The originals of a post, oldest first; NotFoundError if there is no such post."""
        if found := [original_of(row) for row in self._engine.rows("originals_of_post", post=post_id)]:
            return found
        raise NotFoundError(post_id, "no post has this id")

    def versions(self, post_id: str) -> list[Version]:
        """What each revision of a post said, oldest first; none if there is no such post."""
        return [version_of(row) for row in self._engine.rows("versions_of_post", post=post_id)]

    def originals(self, after: str = "", limit: int = 500) -> list[Original]:
        """The latest original of each post, `limit` at a time in the order of post ids; `after` is the last had."""
        return [original_of(row) for row in self._engine.rows("latest_originals", after=after, limit=limit)]

    def copies(self, addresses: Sequence[str]) -> dict[str, ImageCopy]:
        """The copies of images, by the address of each, as pages ask a `Shelf`; those that have none are left out."""
        return self.images.copies(addresses)

    def unsketched_posts(self, limit: int = 500, last: kin.Unsketched | None = None) -> kin.Unsketched:
        """Posts that came or changed since they were sketched last, in the order of arrival; after `last`, if any."""
        return kin.unsketched_posts(self._engine, limit, last)

    def texts(self, post_ids: Sequence[str]) -> dict[str, PostText]:
        """Posts as grouping reads them, by id; those that are not there are left out."""
        return kin.texts_of(self._engine, post_ids)

    def sketches(self, since: datetime, until: datetime) -> list[Sketch]:
        """The sketches of posts published between two moments, both included, oldest first."""
        return kin.sketches(self._engine, since, until)

    def keep_sketches(self, read: kin.Unsketched, sketched: Sequence[Sketch], edges: Sequence[Edge]) -> bool:
        """Keep the sketches of posts that were read, and the edges of these posts in place of those they had.

        Stories are to be made again of all that the edges tie, and of all that those before them tied. False, and
        nothing is kept, where another process kept sketches since: read again. NotFoundError for a post that is not
        there.
        """
        with self._engine.transaction():
            return kin.keep_sketches(self._engine, read, sketched, edges)

    def sketch_all_again(self) -> None:
        """Forget every sketch and every edge, and let all posts be sketched again; stories stay until they are."""
        with self._engine.transaction():
            kin.sketch_all_again(self._engine)

    def count_unjoined(self) -> int:
        """How many posts there are whose edges changed since stories were made of them."""
        return int(self._engine.rows("count_unjoined")[0][0])

    def group(
        self, join: stories.Join, now: datetime, *, least: float = 0.5, limit: int = 2000
    ) -> tuple[stories.Kin, Grouping] | None:
        """Let `join` make stories of all that at most `limit` posts whose edges changed can be in one story with.

        They are kept, and where those went that are no more. Edges of a score under `least` make no story; they may
        suggest one. None where nothing is to be done.
        """
        with self._engine.transaction():
            return stories.group(self._engine, join, now, least, limit)

    def story(self, story_id: str) -> Story:
        """The story with this id, or the one that it went into; NotFoundError if there is none."""
        return stories.find_story(self._engine, story_id)

    def story_refs(self) -> list[StoryRef]:
        """Every story, newest first; stories of one moment in the order of their ids."""
        return stories.story_refs(self._engine)

    def moved_stories(self) -> dict[str, str | None]:
        """Stories that are no more, by id, each with the one that it went into; None: it fell apart."""
        return stories.moved_stories(self._engine)

    def stories_of(self, post_ids: Sequence[str]) -> dict[str, str]:
        """The story of each post, by ids; posts in none are left out."""
        return stories.stories_of(self._engine, post_ids)

    def without_background(self, limit: int = 100) -> list[Story]:
        """Stories of which no background was looked for as they are now, those begun last first."""
        return stories.without_background(self._engine, limit)

    def keep_background(self, found: Mapping[str, Sequence[Background]]) -> None:
        """Keep what older posts explain each story, by its id."""
        with self._engine.transaction():
            stories.keep_background(self._engine, found)

    def older_posts(self, words: Sequence[str], before: datetime, limit: int = 20) -> list[str]:
        """Ids of posts published before a moment that hold all of these words, the newest first."""
        return older_posts(self._engine, words, before, limit)

    def edges(self, post_ids: Sequence[str]) -> list[Edge]:
        """How posts are akin: every edge of which both ends are among them, in the order of publication."""
        return kin.edges_among(self._engine, post_ids)

    def judgements(self) -> list[Judgement]:
        """All that people said of pairs of posts."""
        return stories.judgements(self._engine)

    def judge(self, judgements: Sequence[Judgement], *, forget: Sequence[Judgement] = ()) -> None:
        """Keep what a person said of pairs of posts, and forget what one said before; NotFoundError as for a post."""
        with self._engine.transaction():
            stories.unjudge(self._engine, forget)
            stories.judge(self._engine, judgements)

    def pin(self, story_id: str, *, pinned: bool = True) -> Story:
        """Let a story lead the front page, or no longer; NotFoundError if there is none."""
        return stories.pin(self._engine, story_id, pinned=pinned)

    def search(self, query: str, *, limit: int = 20, order: Order = "newest", zone: tzinfo = UTC) -> list[Hit]:
        """Posts that hold the words asked for: words, "phrases", -not, `or`, filters; never a syntax error.

        `order` is "newest" or "best"; `zone` is where the days of `after:` and `before:` begin.
        """
        return find(self._engine, self.companies.find, query, limit=limit, order=order, zone=zone)

    def search_notes(self, query: str) -> list[Remark]:
        """What a question means that a reader may not expect: a filter that is none, for one."""
        return search_notes(self._engine, self.companies.find, query)

    def has_news(self) -> bool:
        """Whether another process has stored something since this was asked last; False when first asked."""
        return self._engine.has_news()

    def sizes(self) -> dict[str, int]:
        """How much there is: `feeds`, `posts`, `revisions` and `stories` in rows, all other parts in bytes.

        `originals` with the bodies made from them, `articles` with their pages, `texts` of posts in lists, `kin` for
        what posts are akin to, `facts`, the search `index`, the whole `file`, its `log`; `images` of the archive.
        """
        return health.sizes(self._engine)

    def check(self) -> list[str]:
        """Look for damage: a line for each problem, none for a sound store."""
        return health.check(self._engine)

    def reindex(self) -> int:
        """Make the search index again from the posts; how many there are."""
        with self._engine.transaction():
            return reindex(self._engine)

    def meta(self, name: str) -> str | None:
        """A note kept under a name."""
        return next((str(row[0]) for row in self._engine.rows("meta", name=name)), None)

    def set_meta(self, name: str, value: str) -> None:
        """Keep a note under a name, in place of the one that was there."""
        self._engine.rows("set_meta", name=name, value=value)
