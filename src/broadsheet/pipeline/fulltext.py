"""Full text: the articles of posts whose feeds carry only summaries, asked for after polls, a few at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from itertools import islice

from msgspec.structs import replace

from broadsheet.decide import after_refusal, rule_for, wants_full_text
from broadsheet.errors import FetchError
from broadsheet.fetch import Client, fetch_page, fetch_robots, may_go, origin_of
from broadsheet.model import ArticlePage, Feed, PageTask, Refusal, Response, Robots, WantedPage, host_of
from broadsheet.pipeline.faults import first_fault
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.polling.holds import Holds
from broadsheet.pipeline.report import FullTextProgress, FullTextReport, no_full_text_progress
from broadsheet.pipeline.workers.pool import Workers
from broadsheet.store import Store

AT_A_TIME = 2
PORTION = 4
PATIENCE_S = 20
LEASE_S = 3600
TOO_MANY = 429
NEWEST = 50


def read_full_texts(
    store: Store,
    means: Means,
    feeds: Sequence[str] | None = None,
    until: datetime | None = None,
    progress: FullTextProgress = no_full_text_progress,
) -> FullTextReport:
    """Ask for the pages that are due, of all feeds or of some by id; keep their articles. Start none after `until`.

    At most `means.pages` are asked for, two at a time. Each is stored for itself: what a killed run had is kept, and
    what it was at is asked for again an hour later.

    Raises:
        StoreError: the store cannot be written.
    """
    due = min(store.articles.count_pages(means.clock(), feeds), means.pages)
    run = _Run(store, means, feeds, until, progress)
    run.report = FullTextReport(due=due)
    if due:
        with first_fault(), asyncio.Runner(loop_factory=means.new_loop) as runner:
            runner.run(run.run())
    return run.report


def want_missing(store: Store, feeds: Sequence[Feed], means: Means, *, again: bool = False) -> int:
    """Ask for the pages of the newest posts that these feeds have already; how many there are.

    Only of posts that want one and whose page was never asked for; `again` also of those whose page gave nothing.
    """
    from broadsheet.pipeline.workers.originals import entry_again, remake_from

    wanted = []
    for feed in feeds:
        rule = rule_for(feed, means.fulltext)
        for ref in islice(store.refs(feed.id), NEWEST):
            original = store.revisions(ref.id)[-1]
            entry = entry_again(original, feed)
            if entry is not None and wants_full_text(entry, remake_from(entry, original).clean, rule):
                wanted.append(ref.id)
    return store.articles.want_pages(wanted, means.clock(), again=again)


class _Run:
    """One run over pages that were claimed."""

    def __init__(
        self,
        store: Store,
        means: Means,
        feeds: Sequence[str] | None,
        until: datetime | None,
        progress: FullTextProgress,
    ) -> None:
        self.report = FullTextReport()
        self._store = store
        self._means = means
        self._only = feeds
        self._until = until
        self._progress = progress
        self._holds = Holds(store, means.clock)
        self._robots: dict[str, Robots] = {}
        self._gates: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def run(self) -> None:
        means = self._means
        seats = 2 * AT_A_TIME  # a page may wait for the rules of the server that it was redirected to
        wanted = self._wanted()
        async with (
            means.connect(means.limits, seats, means.per_host) as client,
            Workers(1, PATIENCE_S) as workers,
            asyncio.TaskGroup() as lanes,
        ):
            for _ in range(AT_A_TIME):
                lanes.create_task(self._work_off(wanted, client, workers))

    def _wanted(self) -> Iterator[WantedPage]:
        """Borrow pages, a few at a time, so that little is left behind when a run is killed."""
        left = self._means.pages
        while left > 0 and not (self._until and self._means.clock() >= self._until):
            claimed = self._store.articles.claim_pages(
                self._means.clock(), min(left, PORTION), LEASE_S, feeds=self._only
            )
            if not claimed:
                return
            left -= len(claimed)
            yield from claimed

    async def _work_off(self, wanted: Iterator[WantedPage], client: Client, workers: Workers) -> None:
        for page in wanted:
            await self._one(page, client, workers)
            self._progress(self.report)

    async def _one(self, wanted: WantedPage, client: Client, workers: Workers) -> None:
        feed = self._store.feed(wanted.original.feed_id)
        if rule_for(feed, self._means.fulltext).choice == "never":
            self._settle(wanted, Refusal(reason="never"))
            return
        try:
            answer = await self._ask(wanted.address, client)
        except FetchError as error:
            self._settle(wanted, after_refusal(error.reason, wanted.tries))
            return
        if answer is None:
            held = Refusal(reason="held", wait_s=self._holds.left_s(host_of(wanted.address)))
            self._settle(wanted, held, failed=False)
        elif answer.status == 200:
            await self._read(wanted, feed, answer, workers)
        else:
            self._refuse(wanted, answer)

    def _refuse(self, wanted: WantedPage, answer: Response) -> None:
        refusal = after_refusal(f"http-{answer.status}", wanted.tries, answer)
        if answer.status == TOO_MANY and refusal.wait_s:
            self._holds.hold_for(host_of(answer.final_address), refusal.wait_s)
        self._settle(wanted, refusal)

    async def _read(self, wanted: WantedPage, feed: Feed, answer: Response, workers: Workers) -> None:
        page = ArticlePage(
            address=answer.final_address,
            content_type=answer.headers.get("content-type"),
            body=answer.body,
            fetched_at=self._means.clock(),
        )
        reading = await workers.read_page(PageTask(feed=feed, original=wanted.original, page=page))
        if reading.revision is None:
            self._settle(wanted, after_refusal(reading.refused, wanted.tries))
            return
        self._store.replace([reading.revision])
        self.report = replace(self.report, read=self.report.read + 1)

    def _settle(self, wanted: WantedPage, refusal: Refusal, *, failed: bool = True) -> None:
        self._store.articles.settle_page(wanted.original.post_id, refusal, self._means.clock(), failed=failed)
        told, final = self.report, refusal.wait_s is None
        reasons = {**told.reasons, refusal.reason: told.reasons.get(refusal.reason, 0) + 1}
        self.report = replace(told, kept=told.kept + final, later=told.later + (not final), reasons=reasons)

    # Asking

    async def _ask(self, address: str, client: Client) -> Response | None:
        """Ask for a page in its host's turn; None while its host wants to be left alone."""
        means, host = self._means, host_of(address)
        if self._holds.is_held(host):
            return None
        await self._require_leave(address, client, in_turn=True)
        async with means.pace.turn(host):
            if self._holds.is_held(host):
                return None
            permit = partial(self._require_leave, client=client, in_turn=False)
            return await fetch_page(address, client, means.limits, means.page_bytes, permit)

    async def _require_leave(self, address: str, client: Client, *, in_turn: bool) -> None:
        robots = await self._rules(origin_of(address), client, in_turn=in_turn)
        if robots.access == "unreachable":
            raise FetchError(address, "robots-unreachable", "its robots.txt cannot be read, so nobody may go")
        if not may_go(robots, address):
            raise FetchError(address, "robots", "its robots.txt forbids it")

    async def _rules(self, origin: str, client: Client, *, in_turn: bool) -> Robots:
        """What an origin says to robots, asked once a day.

        Who holds a turn already (at the host that redirects) must not wait for another.
        """
        async with self._gates[origin]:
            known = self._robots.get(origin) or self._store.articles.robots(origin)
            if known is None or not known.is_fresh(self._means.clock()):
                async with self._means.pace.turn(host_of(origin)) if in_turn else nullcontext():
                    known = await self._fetch_rules(origin, client)
            self._robots[origin] = known
            return known

    async def _fetch_rules(self, origin: str, client: Client) -> Robots:
        robots = await fetch_robots(origin, client, self._means.limits, self._means.clock())
        self._store.articles.keep_robots(robots)
        return robots
