"""After a killed update its feeds are free again at once; those of a living one are left to it."""

import os
import subprocess
import sys

from tests.pipeline.outlet import START, Clock, Outlet, follow_all, rss

from broadsheet.pipeline.means import Means
from broadsheet.pipeline.polling.leases import NOTE, end_dead_leases
from broadsheet.pipeline.update import update
from broadsheet.store import Store

HERE = os.uname().nodename


def lend(store: Store, holder: str) -> int:
    """Lend a feed to a holder, then do what an update does first; how many feeds are free."""
    follow_all(store, "https://paper.example/a")
    store.set_meta(NOTE, holder)
    store.claim_due(START, 10, 600)
    end_dead_leases(store)
    return store.count_due(START)


def dead_process() -> int:
    with subprocess.Popen([sys.executable, "-S", "-c", ""]) as process:
        process.wait()
        return process.pid


def test_feeds_lent_to_a_dead_process_are_free_again(store: Store) -> None:
    assert lend(store, f"{HERE} {dead_process()}") == 1
    assert store.meta(NOTE) == f"{HERE} {os.getpid()}"


def test_feeds_lent_to_a_living_process_stay_with_it(store: Store) -> None:
    holder = f"{HERE} {os.getppid()}"
    assert lend(store, holder) == 0
    assert store.meta(NOTE) == holder


def test_feeds_lent_to_another_machine_stay_with_it(store: Store) -> None:
    assert lend(store, "elsewhere 1") == 0


def test_a_note_of_another_kind_is_replaced(store: Store) -> None:
    assert lend(store, "?") == 0
    assert store.meta(NOTE) == f"{HERE} {os.getpid()}"


def test_an_update_after_a_killed_one_polls_what_that_left(
    store: Store, means: Means, outlet: Outlet, clock: Clock
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    store.set_meta(NOTE, f"{HERE} {dead_process()}")
    store.claim_due(clock.now, 10, 600)
    assert update(store, means).new == 1
