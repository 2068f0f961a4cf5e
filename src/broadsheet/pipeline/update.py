"""One update: poll the feeds that are due, let workers understand them, store what is new."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from broadsheet.decide import Instance, body_digest, decide_update, may_ask, put_off, rule_for
from broadsheet.fetch import is_this_machine
from broadsheet.model import Batch, Feed, Known, Response, Task, host_of
from broadsheet.pipeline.faults import first_fault
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.polling.asking import Asker
from broadsheet.pipeline.polling.holds import Holds
from broadsheet.pipeline.polling.leases import end_dead_leases
from broadsheet.pipeline.report import Failed, Progress, UpdateReport, no_progress
from broadsheet.store import Store

if TYPE_CHECKING:
    from broadsheet.pipeline.workers.pool import Workers

LEASE_S = 600
CLAIM = 500
MOST_AT_A_HOST = 30
"""Feeds of one host that one call of `poll` asks for: at a second each, no other host waits long for its end."""

PARCEL_BYTES = 1 << 20
PARCEL_TASKS = 8
GROUP_REVISIONS = 700
GROUP_PAUSE_S = 0.1
INSTANCES = "rsshub instances"


def update(
    store: Store, means: Means, only: Sequence[str] | None = None, progress: Progress = no_progress
) -> UpdateReport:
    """Poll every feed that is due now (or those that `only` names by id, due or not) and store what they bring.

    Raises:
        StoreError: the store cannot be written; what was stored before stays, with its validators.
    """
    end_dead_leases(store)
    run = _Run(store, means, progress)
    with first_fault(), asyncio.Runner(loop_factory=means.new_loop) as runner:
        runner.run(run.run(only))
    return run.report


async def poll(store: Store, means: Means, only: Sequence[str] | None = None, at: Sequence[str] = ()) -> UpdateReport:
    """Poll the feeds that are due at some hosts, or those that `only` names by id, inside a loop that runs already.

    Who calls is alone at these hosts; at most `MOST_AT_A_HOST` feeds of each are polled.

    Raises:
        StoreError: as for `update`.
    """
    run = _Run(store, means, no_progress, at)
    with first_fault():
        await run.run(only)
    return run.report


class _Run:
    """Three stages with a queue between each: ask, understand, store."""

    def __init__(self, store: Store, means: Means, progress: Progress, at: Sequence[str] = ()) -> None:
        self.report = UpdateReport()
        self._at = at
        self._store = store
        self._means = means
        self._progress = progress
        self._holds = Holds(store, means.clock)
        self._under_way: set[str] = set()
        self._answers: asyncio.Queue[Task | None] = asyncio.Queue(16)
        self._batches: asyncio.Queue[Batch | None] = asyncio.Queue(32)

    async def run(self, only: Sequence[str] | None) -> None:
        async with asyncio.TaskGroup() as stages:
            stages.create_task(self._ask_all(only))
            stages.create_task(self._understand_all())
            stages.create_task(self._store_all())

    # Asking

    async def _ask_all(self, only: Sequence[str] | None) -> None:
        means = self._means
        async with means.connect(means.limits, means.connections, means.per_host) as client:
            known = _read_instances(self._store)
            asker = Asker(client, means, known, self._is_unwanted if only is None else self._is_held)
            await self._poll_all(only, asker)
            if asker.instances and asker.instances != known:
                self._store.set_meta(INSTANCES, msgspec.json.encode(asker.instances).decode())
        await self._answers.put(None)

    async def _poll_all(self, only: Sequence[str] | None, asker: Asker) -> None:
        waiting = asyncio.Semaphore(2 * CLAIM)
        async with asyncio.TaskGroup() as polls:
            for feed in self._claimed(only):
                await waiting.acquire()
                polls.create_task(self._poll(feed, asker)).add_done_callback(lambda _: waiting.release())

    def _claimed(self, only: Sequence[str] | None) -> Iterator[Feed]:
        """The feeds to poll, each once: a lease that ends while its feed waits for its turn is only renewed."""
        for feeds in self._claims(only):
            new = [feed for feed in feeds if feed.id not in self._under_way]
            self._under_way.update(feed.id for feed in new)
            self.report = replace(self.report, due=self.report.due + len(new))
            yield from new

    def _claims(self, only: Sequence[str] | None) -> Iterator[Sequence[Feed]]:
        if only is not None:
            for start in range(0, len(only), CLAIM):
                yield self._by_hand(self._store.claim(only[start : start + CLAIM], self._means.clock(), LEASE_S))
            return
        if self._at:
            yield self._store.hosts.claim(self._at, self._means.clock(), LEASE_S, most=MOST_AT_A_HOST)
            return
        began = self._means.clock()
        while feeds := self._store.claim_due(self._means.clock(), CLAIM, LEASE_S, due_by=began):
            yield feeds

    def _by_hand(self, feeds: Sequence[Feed]) -> list[Feed]:
        """Leave out feeds that were asked a moment ago, or whose server wants to be left alone."""
        allowed = [feed for feed in feeds if self._may_ask(feed)]
        self._store.release([feed.id for feed in feeds if feed not in allowed])
        return allowed

    def _may_ask(self, feed: Feed) -> bool:
        """Whether a feed may be asked by hand now; a server on this very machine is its owner's to ask at will."""
        policy = self._means.policy
        if is_this_machine(host_of(feed.address)):
            policy = replace(policy, by_hand_s=0)
        return may_ask(feed, self._means.clock(), policy, by_hand=True)

    def _is_held(self, feed: Feed) -> bool:
        return self._holds.is_held(host_of(feed.address))

    def _is_unwanted(self, feed: Feed) -> bool:
        return self._is_held(feed) or put_off(feed, self._means.clock()) is not None

    async def _poll(self, feed: Feed, asker: Asker) -> None:
        answer = await asker.ask(feed)
        now = self._means.clock()
        if answer is None:
            self._under_way.discard(feed.id)
            if later := put_off(feed, now):
                self._store.apply([Batch(feed=later, outcome="unchanged")])
            return
        known = Known(feed=feed, push=self._means.pushes.get(feed.id))
        if isinstance(answer, Response) and _has_news(feed, answer):
            known = replace(known, entries=self._store.known_entries(feed.id))
            await self._answers.put(self._task(known, answer, now))
            return
        decided = decide_update(known, None, answer, now, self._means.policy)
        until = decided.feed.state.next_due
        if isinstance(answer, Response) and answer.status == 429 and until:
            self._holds.hold(host_of(answer.final_address), until)
        await self._batches.put(Batch(feed=decided.feed, outcome=decided.outcome))

    def _task(self, known: Known, answer: Response, now: datetime) -> Task:
        means = self._means
        rule = rule_for(known.feed, means.fulltext)
        return Task(known=known, response=answer, policy=means.policy, fulltext=rule, now=now)

    # Understanding

    async def _understand_all(self) -> None:
        if parcel := await self._next_parcel():
            await self._understand_from(parcel)
        await self._batches.put(None)

    async def _understand_from(self, parcel: list[Task]) -> None:
        """Start the workers, which a poll that brings nothing new never needs, with the first parcel."""
        from broadsheet.pipeline.workers.pool import Workers

        async with (self._means.open_workers or Workers)(self._means.workers) as workers:
            lanes = asyncio.Semaphore(workers.count + 1)
            async with asyncio.TaskGroup() as parcels:
                while parcel:
                    await lanes.acquire()
                    lane = parcels.create_task(self._understand(workers, parcel))
                    lane.add_done_callback(lambda _: lanes.release())
                    parcel = await self._next_parcel()

    async def _next_parcel(self) -> list[Task]:
        """Take what has arrived by now, up to a parcel; an empty one means that no more will come."""
        parcel: list[Task] = []
        while not parcel or (
            len(parcel) < PARCEL_TASKS and not self._answers.empty() and _size(parcel) < PARCEL_BYTES
        ):
            task = await self._answers.get()
            if task is None:
                self._answers.put_nowait(None)
                break
            parcel.append(task)
        return parcel

    async def _understand(self, workers: "Workers", parcel: list[Task]) -> None:
        for batch in await workers.process(parcel):
            await self._batches.put(batch)

    # Storing

    async def _store_all(self) -> None:
        more = True
        while more:
            group, more = await self._next_group()
            if group:
                stored = self._store.apply([self._holds.kept(batch) for batch in group])
                self._under_way.difference_update(batch.feed.id for batch in group)
                counted = _count(self.report, group)
                self.report = replace(
                    counted,
                    new=counted.new + stored.new,
                    edited=counted.edited + stored.edited,
                    trivial=counted.trivial + stored.trivial,
                )
                self._progress(self.report)

    async def _next_group(self) -> tuple[list[Batch], bool]:
        """Gather batches for one transaction: large ones spare the search index most of its work."""
        group: list[Batch] = []
        revisions = 0
        while revisions < GROUP_REVISIONS:
            try:
                async with asyncio.timeout(GROUP_PAUSE_S if group else None):
                    batch = await self._batches.get()
            except TimeoutError:
                break
            if batch is None:
                return group, False
            group.append(batch)
            revisions += len(batch.revisions) or 1
        return group, True


def _has_news(feed: Feed, answer: Response) -> bool:
    return 200 <= answer.status < 300 and body_digest(answer.body) != feed.state.body_digest


def _read_instances(store: Store) -> tuple[Instance, ...]:
    return msgspec.json.decode(store.meta(INSTANCES) or "[]", type=tuple[Instance, ...])


def _size(parcel: list[Task]) -> int:
    return sum(len(task.response.body) for task in parcel)


def _count(report: UpdateReport, group: list[Batch]) -> UpdateReport:
    outcomes = [batch.outcome for batch in group]
    return replace(
        report,
        polled=report.polled + len(group),
        not_modified=report.not_modified + outcomes.count("not-modified"),
        unchanged=report.unchanged + outcomes.count("unchanged"),
        changed=report.changed + outcomes.count("changed"),
        failed=report.failed + tuple(failed for batch in group if (failed := _failed(batch))),
    )


def _failed(batch: Batch) -> Failed | None:
    feed = batch.feed
    if batch.outcome != "failed" or feed.state.failure is None:
        return None
    return Failed(feed_id=feed.id, label=feed.label, address=feed.address, failure=feed.state.failure)
