"""What a reader did with posts, in the store: marks on them, and the lists that these make."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from broadsheet.errors import NotFoundError
from broadsheet.model import ListedPost, Marks, Selection
from broadsheet.store.engines.engine import Engine, Row
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import json_of

_FEW_FEEDS: Final = 30
"""Up to so many, a page of each is read and merged; of more, the newest posts of all feeds are soon enough."""


class Reading:
    """The reading of one paper's owner; no mark on a post means that it was not read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def mark(
        self, post_ids: Sequence[str], at: datetime, *, read: bool | None = None, starred: bool | None = None
    ) -> list[str]:
        """Mark posts as read and starred, or not; None leaves it as it is.

        Returns the ids of those that changed; posts that are not there are passed over.
        """
        changed = []
        with self._engine.transaction():
            for num, post_id, feed, read_at, starred_at in self._engine.rows("marked_posts", ids=json_of(post_ids)):
                new = (_turned(read_at, read, at), _turned(starred_at, starred, at))
                if new != (read_at, starred_at):
                    values = {"post": num, "feed": feed, "read_at": new[0], "starred_at": new[1]}
                    self._engine.write("set_mark", values)
                    changed.append(post_id)
        return changed

    def mark_all(self, at: datetime, *, feeds: Collection[str] | None = None, before: datetime | None = None) -> int:
        """Mark as read all posts, of some feeds, that had come by `before`; returns how many were unread."""
        values = {"at": to_us(at), "before": to_us(before or at)}
        with self._engine.transaction():
            if feeds is None:
                return self._engine.write("mark_all", values)
            return self._engine.write("mark_all_of_feeds", values | {"feeds": _json(feeds)})

    def marks(self, post_ids: Sequence[str]) -> dict[str, Marks]:
        """Read the marks of posts, by id; those that bear none are left out."""
        return {
            post_id: Marks(
                read_at=from_us(read_at), starred_at=from_us(starred_at), tags=tuple(json.loads(tags)), note=note
            )
            for post_id, read_at, starred_at, note, tags in self._engine.rows("marks", ids=json_of(post_ids))
        }

    def tag(self, post_ids: Sequence[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Put tags on posts, and take others off."""
        ids = json_of(post_ids)
        with self._engine.transaction():
            self._engine.write_all("add_tag", ({"name": name, "ids": ids} for name in add))
            self._engine.write_all("drop_tag", ({"name": name, "ids": ids} for name in remove))

    def tags(self) -> list[tuple[str, int]]:
        """List every tag with its number of posts, by name."""
        return [(name, count) for name, count in self._engine.rows("count_tags")]

    def note(self, post_id: str, text: str, at: datetime) -> None:
        """Write a note on a post in place of the one before; an empty one takes it off."""
        with self._engine.transaction():
            self._engine.write("set_note", {"id": post_id, "note": text, "at": to_us(at)})

    def unread(self) -> dict[str, int]:
        """Count the unread posts of each feed that has any."""
        return {feed: count for feed, count in self._engine.rows("count_posts_of_feeds") if count > 0}

    def count(self) -> int:
        """Count all posts."""
        row = self._engine.row("count_posts")
        return row[0] if row else 0

    def numbers(self, numbers: Sequence[int]) -> dict[int, str]:
        """Find posts by their numbers; those that are not there are left out."""
        return dict(self._engine.rows("posts_of_numbers", numbers=json_of(numbers)))

    def listed(
        self, selection: Selection, *, oldest_first: bool = False, after: str | None = None, limit: int = 50
    ) -> list[ListedPost]:
        """List posts as they were published, newest first; `after` is the last post of the page before.

        Raises:
            NotFoundError: there is no post `after`.
        """
        last = None if after is None else self._number(after)
        feeds, most = self._bounds(selection, limit)
        rows = self._engine.rows(
            _query(selection, feeds, oldest_first=oldest_first),
            **(_named(selection, oldest_first=oldest_first) if _is_chosen(selection) else {}),
            after=last if oldest_first else None,
            before=None if oldest_first else last,
            unread=selection.unread,
            read=selection.read,
            feeds=_json(feeds),
            since=to_us(selection.since),
            until=to_us(selection.until),
            limit=most,
        )
        return [_listed(row) for row in rows]

    def _bounds(self, selection: Selection, limit: int) -> tuple[Collection[str] | None, int]:
        """The feeds to look at (None: all), and for how many posts: of what is unread, for no more than there is."""
        if not selection.unread or _is_chosen(selection):
            return selection.feeds, limit
        unread = self.unread()
        feeds = unread.keys() if selection.feeds is None else unread.keys() & set(selection.feeds)
        most = min(limit, sum(unread[feed] for feed in feeds))
        return (None if selection.feeds is None and len(feeds) > _FEW_FEEDS else feeds), most

    def _number(self, post_id: str) -> int:
        row = self._engine.row("number_of_post", id=post_id)
        if row is None:
            raise NotFoundError(post_id, "no such post")
        number: int = row[0]
        return number


def _is_chosen(selection: Selection) -> bool:
    return selection.starred or selection.noted or selection.tag is not None


def _query(selection: Selection, feeds: Collection[str] | None, *, oldest_first: bool) -> str:
    if _is_chosen(selection):
        return "listed_chosen"
    few = "_of_few" if feeds is not None and len(feeds) <= _FEW_FEEDS else ""
    return f"listed_{'oldest' if oldest_first else 'newest'}{few}"


def _named(selection: Selection, *, oldest_first: bool) -> dict[str, object]:
    return {
        "tag": selection.tag,
        "starred": selection.starred,
        "noted": selection.noted,
        "oldest": oldest_first,
    }


def _turned(since: int | None, wanted: bool | None, at: datetime) -> int | None:
    """Say when a mark was set: it keeps its moment while it stands."""
    if wanted is None:
        return since
    return (since or to_us(at)) if wanted else None


def _json(names: Collection[str] | None) -> str | None:
    return None if names is None else json_of(sorted(names))


def _listed(row: Row) -> ListedPost:
    post_id, number, feed_id, published, arrived = row
    return ListedPost(
        post_id=post_id, number=number, feed_id=feed_id, published=from_us(published), arrived=from_us(arrived)
    )
