"""Stories: posts about one event are found, joined and kept, when they arrive and when they change."""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from broadsheet.model import Edge, Grouping, Sketch
from broadsheet.pipeline.report import StoriesProgress, StoriesReport, no_stories_progress
from broadsheet.store import Kin, Store, Unsketched

if TYPE_CHECKING:
    from broadsheet.group import Fingerprints, Pairs

PORTION = 200
"""Texts that are in memory at one time."""

ROUND = 10_000
"""Posts that are sketched before they are compared, with each other and with those that are kept."""

PAIRS = 200
"""Pairs that are compared at one time."""

KEPT_FINGERPRINTS = 6_000_000
"""So many stay in memory, of the posts of a round that are read first: pairs of these are told apart unread."""

CARRYING = frozenset({"copy", "edited-copy", "excerpt"})


def group_new(store: Store, now: datetime, progress: StoriesProgress = no_stories_progress) -> StoriesReport:
    """Bring stories up to date with the posts that arrived or changed since this was done last.

    What a killed run kept is kept; the next one goes on from there.

    Raises:
        StoreError: the store cannot be written; nothing of that step is kept.
    """
    run = _Run(store, now, progress)
    while run.sketch():
        pass
    while run.join():
        pass
    return run.report


def regroup(store: Store, now: datetime, progress: StoriesProgress = no_stories_progress) -> StoriesReport:
    """Group every post again, with today's rules, in the order of publication, however posts arrived.

    Ids, pins and what people said of stories outlive it.

    The stories of before stand until all posts are compared. A killed run is finished by the next `group_new`.
    """
    store.sketch_all_again()
    return group_new(store, now, progress)


class _Run:
    """One run, counted in `report`."""

    def __init__(self, store: Store, now: datetime, progress: StoriesProgress) -> None:
        self.report = StoriesReport()
        self._store = store
        self._now = now
        self._progress = progress
        self._began = time.process_time()

    def sketch(self) -> bool:
        """Sketch and compare a round of posts; False where none were left."""
        known: dict[str, Fingerprints] = {}
        read, sketched = self._sketched(known)
        if read is None:
            return False
        edges = list(self._edges(sketched, known))
        if self._store.keep_sketches(read, sketched, edges):
            copies = sum(edge.relation in CARRYING for edge in edges)
            self._tell(posts=len(sketched), copies=copies)
        return True

    def _sketched(self, known: "dict[str, Fingerprints]") -> tuple[Unsketched | None, list[Sketch]]:
        """Read and sketch a round of posts; what stays of their fingerprints is put among those that are `known`."""
        found: dict[str, Sketch] = {}
        last: Unsketched | None = None
        room = KEPT_FINGERPRINTS
        while len(found) < ROUND and (read := self._store.unsketched_posts(PORTION, last)).posts:
            from broadsheet.group import sketch_closely

            for sketch, fingerprints in sketch_closely(read.posts):
                found[sketch.post_id] = sketch
                room -= len(fingerprints)
                if room > 0:
                    known[sketch.post_id] = fingerprints
            last = read
        return last, list(found.values())

    def _edges(self, sketched: Sequence[Sketch], known: "dict[str, Fingerprints]") -> Iterator[Edge]:
        from broadsheet.group import compare_posts, find_pairs
        from broadsheet.group.sketches.pairs import WINDOW

        found = find_pairs(sketched, self._kept_near(sketched, WINDOW), known)
        known.clear()  # their memory is wanted for the texts
        for pairs in _portions(found):
            wanted = {post_id for pair in pairs.pairs for post_id in (pair.first, pair.second)}
            yield from compare_posts(pairs, self._store.texts(sorted(wanted)))

    def _kept_near(self, sketched: Sequence[Sketch], window: timedelta) -> list[Sketch]:
        """Read the sketches of other posts published within so much time of any of these."""
        new = {sketch.post_id for sketch in sketched}
        return [
            sketch
            for since, until in spans(sorted(sketch.published for sketch in sketched), window)
            for sketch in self._store.sketches(since, until)
            if sketch.post_id not in new
        ]

    def join(self) -> bool:
        """Make stories of a portion of what was compared; False where nothing was left."""
        if not self._store.count_unjoined():
            return False
        from broadsheet.group.events.clusters import MERGE

        done = self._store.group(_join, self._now, least=MERGE)
        if done is None:
            return False
        kin, grouping = done
        known = {story.id for story in kin.known}
        changed = sum(story.id in known for story in grouping.stories)
        self._tell(new=len(grouping.stories) - changed, changed=changed, ended=len(grouping.ended))
        return True

    def _tell(self, **more: int) -> None:
        counts = {name: getattr(self.report, name) + count for name, count in more.items()}
        self.report = replace(self.report, **counts, cpu_s=time.process_time() - self._began)
        self._progress(self.report)


def _join(kin: Kin) -> Grouping:
    from broadsheet.group import join_stories

    return join_stories(kin.posts, kin.edges, kin.judgements, kin.known)


def _portions(found: "Pairs") -> "Iterator[Pairs]":
    for start in range(0, len(found.pairs), PAIRS):
        yield replace(found, pairs=found.pairs[start : start + PAIRS])


def spans(moments: Sequence[datetime], window: timedelta) -> list[tuple[datetime, datetime]]:
    """The times within so much time of any of these moments, which are in order: as few spans as can be."""
    spans: list[tuple[datetime, datetime]] = []
    for moment in moments:
        if spans and moment - window <= spans[-1][1]:
            spans[-1] = (spans[-1][0], moment + window)
        else:
            spans.append((moment - window, moment + window))
    return spans
