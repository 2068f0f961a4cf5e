"""An archive into a paper's store, through the door that polls use; loading it again changes nothing."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from msgspec import Struct

from broadsheet.errors import NotFoundError
from broadsheet.model import Batch, Feed, FeedState
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.reading import Places, feed_rows, named, portions, settled
from broadsheet.scale.archive.rows import Row, revision_of
from broadsheet.store import Store


class LoadReport(Struct, frozen=True, kw_only=True):
    """What loading came to, in posts: `revisions` were looked at, of which the store had `known` or newer ones."""

    total: int = 0
    revisions: int = 0
    new: int = 0
    edited: int = 0
    known: int = 0


Progress = Callable[[LoadReport], None]


def no_progress(report: LoadReport) -> None:
    """Tell nobody."""


def load_archive(folder: Path, store: Store, progress: Progress = no_progress) -> LoadReport:
    """Store the posts of an archive with all their revisions, portion by portion, each all or nothing.

    Feeds that the store has stay as they are; others are added as imported ones, which are never polled. A revision
    that is not newer than what the store has of its post changes nothing.

    Raises:
        NotFoundError: there is no archive in this folder.
        ConfigError: a file that the manifest names is not there, or is damaged.
        StoreError: the store cannot be written; what was stored is kept.
    """
    load = _Load(folder, store, progress)
    for number in range(1, load.revisions + 1):
        load.run(number)
    return load.report


class _Load:
    """One loading: all first revisions, then all second ones, and so on, so that each finds the one before it."""

    def __init__(self, folder: Path, store: Store, progress: Progress) -> None:
        self._manifest = load_manifest(folder)
        self._folder = folder
        self._store = store
        self._progress = progress
        self._places: Places = settled(folder)
        self._rows = feed_rows(folder)
        self._feeds: dict[str, Feed] = {}
        self._stored: dict[str, set[str]] = {}
        again = sum(one.state == "again" for one in self._places.values())
        self.report = LoadReport(total=sum(unit.posts for unit in self._manifest.units) - again)
        self.revisions = max((one.revision for one in self._places.values()), default=1)

    def run(self, number: int) -> None:
        """Store the revisions of this number of all posts that have it."""
        later = {one.unit for one in self._places.values() if one.revision == number} if number > 1 else None
        for name in self._manifest.files("posts"):
            if later is None or Path(name).stem in later:
                for rows in portions(self._folder / name):
                    self._store_rows([placed for row in rows if (placed := self._placed(row, number))], number)

    def _placed(self, row: Row, number: int) -> Row | None:
        place = self._places.get((row["unit"], row["row"]))
        if place is None:
            return row if number == 1 else None
        if place.state == "again" or place.revision != number:
            return None
        return named(row, place)

    def _store_rows(self, rows: list[Row], number: int) -> None:
        if not rows:
            return
        wanted = [row for row in rows if self._is_news(row, number)]
        batches = list(self._batches(wanted))
        stored = self._store.apply(batches)
        for row in wanted:
            self._stored[row["feed_id"]].add(row["post_id"])
        told = self.report
        self.report = LoadReport(
            total=told.total,
            revisions=told.revisions + len(rows),
            new=told.new + stored.new,
            edited=told.edited + stored.edited,
            known=told.known + len(rows) - stored.new - stored.edited,
        )
        self._progress(self.report)

    def _is_news(self, row: Row, number: int) -> bool:
        """Whether the store has nothing of this post, or only older things."""
        key = row["feed_id"]
        if key not in self._stored:
            self._stored[key] = {ref.id for ref in self._store.refs(self._feed(key).id)}
        if row["post_id"] not in self._stored[key]:
            return True
        post = self._store.post(row["post_id"])
        return bool((post.changed_at, post.revision) < (row["seen_at"], number))

    def _batches(self, rows: list[Row]) -> Iterator[Batch]:
        ordered = sorted(rows, key=lambda row: row["feed_id"])
        for key, group in groupby(ordered, key=lambda row: str(row["feed_id"])):
            yield Batch(feed=self._feed(key), outcome="changed", revisions=tuple(map(revision_of, group)))

    def _feed(self, key: str) -> Feed:
        if key not in self._feeds:
            self._feeds[key] = self._known_or_new(key)
        return self._feeds[key]

    def _known_or_new(self, key: str) -> Feed:
        try:
            return self._store.feed(key)
        except NotFoundError:
            feed = _feed_of(self._rows[key])
            self._store.add_feed(feed)
            return self._store.feed(feed.address)


def _feed_of(row: Mapping[str, object]) -> Feed:
    section = row["section"]
    return Feed(
        id=str(row["feed_id"]),
        address=str(row["address"]),
        section=tuple(map(str, section)) if isinstance(section, list) else (),
        title=_text(row["title"]),
        link=_text(row["link"]),
        language=_text(row["language"]),
        added_at=row["added_at"],  # type: ignore[arg-type]
        state=FeedState(standing="imported", format=_text(row["format"])),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
