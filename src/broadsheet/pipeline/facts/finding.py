"""Facts: companies, moves and claims are found in posts when they arrive and when they change."""

import time
from collections.abc import Mapping
from datetime import tzinfo
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import replace

from broadsheet.model import Annotations
from broadsheet.pipeline.report import FactsProgress, FactsReport, no_facts_progress
from broadsheet.store import PostToRead, Reader, Store

if TYPE_CHECKING:
    from broadsheet.annotate import NameBook

PORTION = 500
"""Posts that are in memory at one time, and kept at once."""


def annotate_new(store: Store, zone: tzinfo, progress: FactsProgress = no_facts_progress) -> FactsReport:
    """Find the facts of posts that arrived or changed since this was done last; days are those of a post's feed.

    `zone` serves feeds without one of their own. What a killed run kept is kept; the next one goes on from there.

    Raises:
        StoreError: the store cannot be written; nothing of that portion is kept.
    """
    run = _Run(store, zone, progress)
    while run.read():
        pass
    return run.report


def reannotate(store: Store, zone: tzinfo, progress: FactsProgress = no_facts_progress) -> FactsReport:
    """Find the facts of every post again, with today's rules and book, the newest posts first.

    The facts of before stand until a post is read. A killed run is finished by the next `annotate_new`.
    """
    store.facts.read_all_again()
    return annotate_new(store, zone, progress)


def count_outdated(store: Store) -> int:
    """How many posts were read with other rules, or with another company book, than those of today."""
    readers = store.facts.readers()
    if not readers:
        return 0
    today = _todays_reader(store)
    return sum(count for reader, count in readers.items() if reader != today)


class _Run:
    """One run, counted in `report`; rules and book are read with the first post, which most runs do not have."""

    def __init__(self, store: Store, zone: tzinfo, progress: FactsProgress) -> None:
        self.report = FactsReport()
        self._store = store
        self._zone = zone
        self._zones: dict[str, tzinfo] = {}
        self._progress = progress
        self._began = time.process_time()

    def read(self) -> bool:
        """Find the facts of a portion of posts; False where none were left."""
        read = self._store.facts.unread(PORTION)
        if not read.posts:
            return False
        found = {post.post_id: self._annotate(post) for post in read.posts}
        if self._store.facts.keep(read, found, self._reader):
            self._tell(found)
        return True

    def _annotate(self, post: PostToRead) -> Annotations:
        from broadsheet.annotate import annotate_post

        published = post.published.astimezone(self._zone_of(post))
        return annotate_post(post.text, post.language or "und", published, self._names)

    def _zone_of(self, post: PostToRead) -> tzinfo:
        if post.zone is None:
            return self._zone
        if post.zone not in self._zones:
            self._zones[post.zone] = _zone(post.zone) or self._zone
        return self._zones[post.zone]

    @cached_property
    def _names(self) -> "NameBook":
        from broadsheet.annotate import NameBook

        return NameBook(self._store.companies.book())

    @cached_property
    def _reader(self) -> Reader:
        return _todays_reader(self._store)

    def _tell(self, found: Mapping[str, Annotations]) -> None:
        self.report = replace(
            self.report,
            posts=self.report.posts + len(found),
            mentions=self.report.mentions + sum(len(one.mentions) for one in found.values()),
            moves=self.report.moves + sum(len(one.moves) for one in found.values()),
            claims=self.report.claims + sum(len(one.claims) for one in found.values()),
            cpu_s=time.process_time() - self._began,
        )
        self._progress(self.report)


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _todays_reader(store: Store) -> Reader:
    from broadsheet.annotate.rules import rules_digest

    return rules_digest(), store.companies.digest()
