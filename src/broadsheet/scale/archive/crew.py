"""Who does the work on an archive: this process, others on this machine, or a cluster of Ray, by way of Daft."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from broadsheet.errors import ConfigError, StoreError
from broadsheet.pipeline.workers.pool import open_pool
from broadsheet.scale.archive.cluster import ClusterLostError, cores_of, join_cluster, rows_apart

Runner = Literal["native", "ray", "processes"]
"""Daft on this machine, Daft on a cluster of Ray, or a pool of processes without either."""

Task = Callable[[str], str]
"""Does one piece of work, told as JSON, and tells what came of it as JSON; it can be sent to other machines."""


_SILENT: Final = ("DAFT_ANALYTICS_ENABLED", "DAFT_PROGRESS_BAR", "RAY_USAGE_STATS_ENABLED")
"""Nobody is told what is worked on here."""


class WorkLostError(StoreError):
    """A worker died, or a machine of the cluster went away; what other workers finished is kept."""


class Crew(Struct, frozen=True, kw_only=True):
    """How work is spread: over so many `processes` of this machine, or of the cluster of Ray at an `address`.

    Of a cluster, 0 means each core of it. Without an address it is the one that this machine belongs to, else one of
    its own.
    """

    runner: Runner = "native"
    processes: int = 1
    address: str | None = None


ALONE = Crew()
"""This process does all of it."""


class _Failed(Struct, frozen=True, array_like=True):
    store: str
    cause: str


def do_work(task: Task, orders: Sequence[str], crew: Crew, *, apart: bool = False) -> Iterator[tuple[str, str]]:
    """Do pieces of work, and give each with what came of it, as they end, in any order.

    Work that may cost a process its life is to be done `apart`: in another than this, even where one is enough.

    Raises:
        ConfigError: Daft is not installed, or Ray; or the cluster cannot be reached.
        StoreError: a piece of work raised it; what ended before has been given.
        WorkLostError: a worker is gone; what ended before has been given.
    """
    if crew.runner != "ray" and crew.processes == 1 and not apart:
        yield from ((order, task(order)) for order in orders)
    elif crew.runner == "processes":
        yield from ((order, _or_raise(result)) for order, result in _by_pool(task, orders, crew.processes))
    elif orders:
        rows = _rows(task, orders, crew) if crew.runner == "native" else _by_cluster(task, orders, crew)
        yield from ((order, _or_raise(result)) for order, result in rows)


def _by_pool(task: Task, orders: Sequence[str], processes: int) -> Iterator[tuple[str, str]]:
    with open_pool(processes, __name__) as pool:
        waiting = {pool.submit(tried, task, order): order for order in orders}
        try:
            yield from ((waiting[done], done.result()) for done in as_completed(waiting))
        except BrokenProcessPool as error:
            raise _lost(error) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _by_cluster(task: Task, orders: Sequence[str], crew: Crew) -> Iterator[tuple[str, str]]:
    packed = _daft().pickle.dumps(task)  # as the engine packs it: what only this program's main module has, too
    try:
        yield from rows_apart(rows_of_cluster, packed, orders, crew)
    except ClusterLostError as error:
        raise _lost(error) from error


def rows_of_cluster(packed: bytes, orders: Sequence[str], crew: Crew) -> Iterator[tuple[str, str]]:
    """Do work on the nodes that are alive; for a process that does nothing else."""
    task: Task = _daft().pickle.loads(packed)
    cores = cores_of(join_cluster(crew.address))
    count = min(crew.processes or cores, cores)
    return _rows(task, orders, Crew(runner="ray", processes=count, address=crew.address))


def _rows(task: Task, orders: Sequence[str], crew: Crew) -> Iterator[tuple[str, str]]:
    frame = _frame(task, orders, crew)
    try:
        yield from ((row["order"], row["result"]) for row in frame.iter_rows())
    except Exception as error:  # the engine has no one error for a worker that is gone
        raise _lost(error) from error


def _lost(error: Exception) -> WorkLostError:
    said = str(error).strip().rpartition("\n")[2]
    return WorkLostError("archive", f"work was lost ({said}); run the same again: what is done is kept")


def _or_raise(result: str) -> str:
    if result.startswith("!"):
        failed = msgspec.json.decode(result[1:], type=_Failed)
        raise StoreError(failed.store, failed.cause)
    return result[1:]


def tried(task: Task, order: str) -> str:
    """Do a piece of work; errors that are told to people travel as words, for not all of them can be pickled."""
    try:
        return "=" + task(order)
    except StoreError as error:
        return "!" + msgspec.json.encode(_Failed(error.store, str(error).removeprefix(f"{error.store}: "))).decode()


def _frame(task: Task, orders: Sequence[str], crew: Crew) -> Any:
    """Say the work as a data frame of one row for each piece."""
    daft = _engine(crew)

    @daft.cls(use_process=True, max_concurrency=crew.processes)
    class Worker:
        def __init__(self) -> None:
            watch_parent()

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)  # type: ignore[untyped-decorator]
        def work(self, orders: Any) -> Any:
            return [tried(task, order) for order in orders.to_pylist()]

    frame = daft.from_pydict({"order": list(orders)})
    if crew.runner == "ray":
        frame = frame.into_partitions(len(orders))
    return frame.select(frame["order"], Worker().work(frame["order"]).alias("result"))


def watch_parent() -> None:
    """Let this process end when the one that wants its work is gone: the engine would let it work on for nobody."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _daft() -> Any:
    for name in _SILENT:
        os.environ.setdefault(name, "0")
    try:
        import daft
        import daft.pickle
    except ImportError as error:
        cause = "needs Daft, which is not installed: pip install 'broadsheet[archive]'"
        raise ConfigError("archive", cause) from error
    return daft


def _engine(crew: Crew) -> Any:
    daft = _daft()
    known = daft.get_or_infer_runner_type()  # it can be set once in a process
    if crew.runner == "native" and known != "native":
        daft.set_runner_native()
    if crew.runner == "ray" and known != "ray":
        daft.set_runner_ray()
    return daft
