"""What readers are shown of the paper's feeds, and which posts a request chooses among them.

A section is a folder, called by its whole path; the API knows no folders in folders. A feed without a section is in
a folder, too: Read You takes the first of each feed's folders without looking whether there is one. A feed that rests
is not shown at all, nor are its posts: a reader that unsubscribed from it must not meet it again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import ConfigError
from broadsheet.model import Feed, Selection
from broadsheet.pipeline.subscriptions.subscribe import section_path
from broadsheet.web.greader.ids import Stream

BETWEEN: Final = " / "


class Shelf(Struct, frozen=True, kw_only=True):
    """The feeds of a paper by id, in its order; `unfiled` is what the folder of those without a section is called."""

    feeds: Mapping[str, Feed]
    unfiled: str

    @property
    def shown(self) -> Sequence[Feed]:
        """The feeds that readers see."""
        return [feed for feed in self.feeds.values() if feed.state.standing != "paused"]

    def folder(self, feed: Feed) -> str:
        """Name the folder of a feed."""
        return BETWEEN.join(feed.section) or self.unfiled

    def section(self, folder: str) -> tuple[str, ...]:
        """Read the name of a folder as a section."""
        return () if folder == self.unfiled else section_path(folder)

    def folders(self) -> Mapping[str, Sequence[Feed]]:
        """Find what is in each folder."""
        found: dict[str, list[Feed]] = {}
        for feed in self.shown:
            found.setdefault(self.folder(feed), []).append(feed)
        return found

    def find(self, stream: Stream) -> frozenset[str] | None:
        """Find the ids of the feeds in a stream that is a feed or a folder; None for any other."""
        if stream.kind == "feed":
            return frozenset(feed.id for feed in self.shown if stream.name in (feed.id, feed.address))
        if stream.kind == "label" and (inside := self.folders().get(stream.name)):
            return frozenset(feed.id for feed in inside)
        return None


class Chosen(Struct, frozen=True, kw_only=True):
    """Posts that a request chooses: those of the selection that are in none of `without`."""

    selection: Selection
    without: tuple[Selection, ...] = ()


def choose(
    shelf: Shelf,
    wanted: Iterable[Stream],
    unwanted: Iterable[Stream] = (),
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Chosen:
    """Choose the posts that are in all wanted streams and in no unwanted one; the moments bound when posts came.

    Raises:
        ConfigError: streams are wanted together that cannot be.
    """
    shown = tuple(feed.id for feed in shelf.shown)
    whole = Selection(feeds=None if len(shown) == len(shelf.feeds) else shown, since=since, until=until)
    within = reduce(lambda chosen, stream: _within(shelf, chosen, stream), wanted, Chosen(selection=whole))
    return reduce(lambda chosen, stream: _without(shelf, chosen, stream), unwanted, within)


def _within(shelf: Shelf, chosen: Chosen, stream: Stream) -> Chosen:
    selection = chosen.selection
    if (inside := shelf.find(stream)) is not None:
        return _bound(chosen, inside if selection.feeds is None else inside.intersection(selection.feeds))
    if stream.kind == "nothing":
        return _bound(chosen, ())
    if stream.kind == "read":
        return replace(chosen, selection=replace(selection, read=True))
    if stream.kind == "unread":
        return replace(chosen, selection=replace(selection, unread=True))
    return chosen if stream.kind == "all" else replace(chosen, selection=_listed(selection, stream))


def _listed(selection: Selection, stream: Stream) -> Selection:
    if selection.starred or selection.tag is not None:
        raise ConfigError("it", "starred posts and those of a tag, or of two tags, cannot be asked for together")
    return replace(selection, tag=stream.name) if stream.kind == "label" else replace(selection, starred=True)


def _without(shelf: Shelf, chosen: Chosen, stream: Stream) -> Chosen:
    selection = chosen.selection
    if (inside := shelf.find(stream)) is not None:
        left = shelf.feeds if selection.feeds is None else selection.feeds
        return _bound(chosen, (feed for feed in left if feed not in inside))
    if stream.kind == "all":
        return _bound(chosen, ())
    if stream.kind == "read":
        return replace(chosen, selection=replace(selection, unread=True))
    if stream.kind == "unread":
        return replace(chosen, selection=replace(selection, read=True))
    if stream.kind == "nothing":
        return chosen
    return replace(chosen, without=(*chosen.without, _listed(Selection(), stream)))


def _bound(chosen: Chosen, feeds: Iterable[str]) -> Chosen:
    return replace(chosen, selection=replace(chosen.selection, feeds=tuple(feeds)))
