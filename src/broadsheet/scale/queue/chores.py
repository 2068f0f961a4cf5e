"""What keeps the paper up to date beside polls: facts, stories and claims, pages of articles, images, the site."""

import dataclasses
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from broadsheet.config import Config
from broadsheet.pipeline.build import build
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.pipeline.fulltext import read_full_texts
from broadsheet.pipeline.images import archive_images
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.pipeline.stories.ledger import follow_claims
from broadsheet.pipeline.stories.watching import tell_watches
from broadsheet.scale.queue.address import Place, place_of
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.duties import news_came
from broadsheet.scale.queue.hosts import running
from broadsheet.scale.queue.jobs import defer
from broadsheet.scale.queue.life import Life
from broadsheet.store import Archive, Store, open_store

LONGEST: Final = timedelta(minutes=5)
"""Pages and images are asked for so long at the most; what is left is the next job's."""


class Chores:
    """The jobs that are done in threads, each with connections of its own; each returns what it did in a few words.

    Every one raises StoreError where the database refuses.
    """

    def __init__(self, config: Config, life: Life, means: Means) -> None:
        self._config = config
        self._life = life
        self._means = means
        self._place: Place = place_of(config.store_url)

    def do(self, kind: str) -> str:
        """Do one chore."""
        work: Mapping[str, Callable[[Desk, Store, Means], str]] = {
            "catch-up": self._catch_up,
            "build": self._build,
            "pages": self._pages,
            "images": self._images,
        }
        desk = Desk(self._place)
        spacing_s = self._config.fetch.host_spacing
        try:
            with (
                open_store(self._config.store_url) as store,
                running(desk, self._life, kind, "", self._means, spacing_s) as pace,
            ):
                return work[kind](desk, store, dataclasses.replace(self._means, pace=pace))
        finally:
            desk.close()

    def _catch_up(self, desk: Desk, store: Store, means: Means) -> str:
        config, now = self._config, means.clock()
        facts = annotate_new(store, ZoneInfo(config.paper.zone)) if config.facts.enabled else None
        stories = group_new(store, now) if config.stories.enabled else None
        claims = follow_claims(store, now) if config.facts.enabled else None
        defer(desk, "build")
        if store.articles.count_pages(now):
            defer(desk, "pages")
        if config.images.archive:
            defer(desk, "images")
        found = facts.mentions + facts.moves + facts.claims if facts else 0
        told = stories.new + stories.changed if stories else 0
        return f"{found} facts, {told} stories, {claims.new + claims.changed if claims else 0} claims"

    def _build(self, _: Desk, store: Store, means: Means) -> str:
        config = self._config
        archive = Archive(config.images_folder)
        done = build(store, config.as_paper(), config.site_folder, means.clock(), archive=archive)
        watches = tell_watches(store, means, config.paper.language)
        told = f", {watches.told} changes told to webhooks, {watches.failed} failed" if watches.told else ""
        return f"{done.written} files written{told}"

    def _pages(self, desk: Desk, store: Store, means: Means) -> str:
        done = read_full_texts(store, means, until=means.clock() + LONGEST)
        if done.read:
            news_came(desk, self._life)
        return f"{done.read} articles read"

    def _images(self, desk: Desk, store: Store, means: Means) -> str:
        if not self._config.images.archive:
            return ""
        archive = Archive(self._config.images_folder)
        done = archive_images(store, archive, means, self._config.image_bounds(), means.clock() + LONGEST)
        if done.kept or done.varied:
            defer(desk, "build")
        return f"{done.kept} images kept, {len(done.failed)} failed, {done.left} left"
