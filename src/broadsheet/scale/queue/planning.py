"""What is to be polled next: hosts whose feeds are due, and whom nobody asks, put together into jobs."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from msgspec import Struct

from broadsheet.model import host_of
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.update import MOST_AT_A_HOST
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.jobs import defer
from broadsheet.store import DueHost, Store

FEEDS_A_JOB: Final = 100
JOBS_WAITING: Final = 16
"""So many jobs wait at the most: what is due is in the store, and the longest due is to go first."""

LOOKED_AT: Final = 5000
SOON_S: Final = 2.0


class Poll(Struct, frozen=True):
    """The hosts of one job; it is done only if nobody asks those that are `needed` either."""

    hosts: tuple[str, ...]
    needed: tuple[str, ...] = ()


def polls(due: Sequence[DueHost], taken: Collection[str], instances: Sequence[str]) -> Iterator[Poll]:
    """Put hosts with due feeds, longest due first, together into jobs of about `FEEDS_A_JOB` feeds.

    Hosts that are taken are left out. All routes of RSSHub are in one job, with the hosts of its instances: whichever
    of them will be asked.
    """
    shared = frozenset(instances)
    routed = [one for one in due if one.has_routes or one.host in shared]
    plain = [one for one in due if not one.has_routes and one.host not in shared and one.host not in taken]
    if routed and not (shared | {one.host for one in routed}) & set(taken):
        yield Poll(tuple(one.host for one in routed), tuple(sorted(shared)))
    hosts: list[str] = []
    feeds = 0
    for one in plain:
        hosts.append(one.host)
        feeds += min(one.feeds, MOST_AT_A_HOST)
        if feeds >= FEEDS_A_JOB:
            yield Poll(tuple(hosts))
            hosts, feeds = [], 0
    if hosts:
        yield Poll(tuple(hosts))


def plan(desk: Desk, store: Store, means: Means) -> int:
    """Put polls into the queue while few wait there; how many. One worker at a time plans, others leave it to him.

    It reads, and writes jobs in one transaction: whoever is killed at it leaves nothing half done.
    """
    with desk.transaction():
        if not desk.row("try_turn", name="plan")[0]:
            return 0
        free = JOBS_WAITING - int(desk.row("waiting")[0])
        if free <= 0:
            return 0
        due = store.hosts.due(means.clock(), LOOKED_AT)
        if not due:
            return 0
        taken = {name for (name,) in desk.rows("taken", soon_s=SOON_S)}
        instances = [host_of(address) for address in means.rsshub]
        wanted = list(islice(polls(due, taken, instances), free))
        if wanted:
            defer(desk, "poll", [{"hosts": list(poll.hosts), "needed": list(poll.needed)} for poll in wanted])
        return len(wanted)
