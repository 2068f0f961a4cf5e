"""What the API says of posts and feeds, as JSON of FreshRSS's shape.

Sources: FreshRSS (p/api/greader.php: entriesToArray, subscriptionList, tagList, unreadCount) and what readers need of
it: NetNewsWire (ReaderAPIEntry.swift) wants `summary`, `alternate`, `categories` and `origin` in every item, Read You
the first of `alternate`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from broadsheet.model import Enclosure, Feed, Marks, Post
from broadsheet.publish.addresses import web_link
from broadsheet.store.moments import to_us
from broadsheet.web.greader.ids import ALL, FEED, FRESH, LABEL, READ, STARRED, long_id
from broadsheet.web.greader.params import EPOCH
from broadsheet.web.greader.shelf import Shelf

Json = dict[str, object]

_MARKUP: Final = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_FULL_WIDTH: Final = {"<": "＜", "&": "＆"}


class Item(Struct, frozen=True, kw_only=True):
    """A post with its number and marks; `link` leads to its source, or to its page in the paper where it has none."""

    number: int
    post: Post
    feed: Feed
    folder: str
    marks: Marks
    link: str

    @property
    def id(self) -> str:
        """The long form of its id."""
        return long_id(self.number)

    @property
    def states(self) -> Sequence[str]:
        """What its reader did with it; what was not read is "fresh"."""
        return [ALL, READ if self.marks.read_at else FRESH, *([STARRED] if self.marks.starred_at else [])]

    @property
    def labels(self) -> Sequence[str]:
        """Its folder and its tags."""
        return [LABEL + self.folder, *(LABEL + tag for tag in self.marks.tags)]


def item_json(item: Item) -> Json:
    """Describe an item."""
    post, feed = item.post, item.feed
    said: Json = {
        "id": item.id,
        "crawlTimeMsec": str(to_us(post.first_seen) // 1000),
        "timestampUsec": str(to_us(post.first_seen)),
        "published": to_us(post.published) // 1_000_000,
        "updated": to_us(post.updated or post.published) // 1_000_000,
        "title": as_text(post.title),
        "canonical": [{"href": item.link}],
        "alternate": [{"href": item.link, "type": "text/html"}],
        "summary": {"direction": "ltr", "content": post.html},
        "categories": [state for state in (*item.states, *item.labels) if state != FRESH],
        "origin": {
            "streamId": FEED + feed.id,
            "title": as_text(feed.label),
            "htmlUrl": web_link(feed.link) or feed.address,
        },
    }
    if names := [person.name for person in post.authors if person.name]:
        said["author"] = as_text(", ".join(names))
    if files := [_enclosure(file) for file in post.enclosures if web_link(file.url)]:
        said["enclosure"] = files
    return said


def _enclosure(file: Enclosure) -> Json:
    said: Json = {"href": file.url, "type": file.type or "application/octet-stream"}
    return said | ({"length": file.length} if file.length else {})


def stream_json(name: str, items: Iterable[Item], now: datetime, more: str | None) -> Json:
    """Describe a page of a stream; `more` is where the next one goes on."""
    said: Json = {
        "direction": "ltr",
        "id": name,
        "updated": to_us(now) // 1_000_000,
        "items": [item_json(item) for item in items],
    }
    return said | ({"continuation": more} if more else {})


def subscriptions_json(shelf: Shelf) -> Json:
    """Describe the feeds that readers see."""
    return {"subscriptions": [_subscription(feed, shelf.folder(feed)) for feed in shelf.shown]}


def _subscription(feed: Feed, folder: str) -> Json:
    return {
        "id": FEED + feed.id,
        "title": as_text(feed.label),
        "categories": [{"id": LABEL + folder, "label": folder}],
        "url": feed.address,
        "htmlUrl": web_link(feed.link) or feed.address,
    }


def tags_json(shelf: Shelf, tags: Iterable[tuple[str, int]]) -> Json:
    """Describe folders and tags, which the API has under one name; `type` says which (as Inoreader does)."""
    folders = shelf.folders()
    return {
        "tags": [
            {"id": STARRED},
            *({"id": LABEL + folder, "type": "folder"} for folder in folders),
            *({"id": LABEL + name, "type": "tag"} for name, _ in tags if name not in folders),
        ]
    }


def unread_json(shelf: Shelf, unread: Mapping[str, int]) -> Json:
    """Count what is unread in each feed, in each folder and in all."""
    folders = shelf.folders()
    counts = [_unread(FEED + feed.id, [feed], unread) for feed in shelf.shown]
    counts += [_unread(LABEL + folder, inside, unread) for folder, inside in folders.items()]
    whole = _unread(ALL, shelf.shown, unread)
    return {"max": whole["count"], "unreadcounts": [*counts, whole]}


def _unread(name: str, feeds: Sequence[Feed], unread: Mapping[str, int]) -> Json:
    newest = max((feed.state.last_changed or feed.added_at for feed in feeds), default=EPOCH)
    return {
        "id": name,
        "count": sum(unread.get(feed.id, 0) for feed in feeds),
        "newestItemTimestampUsec": str(to_us(newest)),
    }


def as_text(text: str) -> str:
    """Write plain text so that it says the same to readers who take it for HTML: FreshRSS does so, too."""
    return _MARKUP.sub(lambda found: _FULL_WIDTH[found[0]], text)
