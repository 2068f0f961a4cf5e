"""Where units are worked on: in a pool of processes, on Daft on this machine, or on Daft on a cluster of Ray."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

from broadsheet.errors import ConfigError
from broadsheet.pipeline.workers import open_pool
from broadsheet.scale.archive.units import Unit
from broadsheet.scale.archive.work import Outcome, Settings, encode, read_outcome, work

Runner: TypeAlias = Literal["native", "ray", "processes"]

_MODULE: Final = "broadsheet.scale.archive.work"
_SILENT: Final = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "true",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Nobody is told what is worked on here."""


class WorkersLostError(Exception):
    """A worker died, or a machine of the cluster went away; what other workers finished is kept."""


def run_units(
    units: Sequence[Unit], settings: Settings, runner: Runner, processes: int = 0, address: str | None = None
) -> Iterator[Outcome]:
    """Work on units, each in one worker, in any order; `processes` at a time, 0 for one on each core.

    On "ray", `address` is the cluster's; None takes the one that this machine belongs to, else one of its own.

    Raises:
        ConfigError: what the runner needs is not installed, or the cluster cannot be reached.
        WorkersLostError: a worker died; units that were finished have their records.
    """
    if not units:
        return iter(())
    if runner == "processes":
        return _by_processes(units, settings, processes or len(os.sched_getaffinity(0)))
    return _by_daft(units, settings, runner, processes, address)


def _by_processes(units: Sequence[Unit], settings: Settings, processes: int) -> Iterator[Outcome]:
    told = encode(settings)
    waiting = iter(units)
    with open_pool(processes, _MODULE) as pool:
        running: set[Future[str]] = {pool.submit(work, encode(unit), told) for unit in islice(waiting, 2 * processes)}
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield read_outcome(future.result())
                running |= {pool.submit(work, encode(unit), told) for unit in islice(waiting, len(done))}
        except BrokenProcessPool as error:
            raise WorkersLostError(str(error)) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _by_daft(
    units: Sequence[Unit], settings: Settings, runner: Runner, processes: int, address: str | None
) -> Iterator[Outcome]:
    daft = _daft(runner, address)
    count = processes or (_ray_cores() if runner == "ray" else len(os.sched_getaffinity(0)))

    @daft.cls(max_concurrency=count, use_process=True)
    class Work:
        """One worker process."""

        def __init__(self, told: str) -> None:
            self._told = told

        @daft.method(return_dtype=daft.DataType.string())  # type: ignore[untyped-decorator]
        def do(self, unit: str) -> str:
            return work(unit, self._told)

    frame = daft.from_pydict({"unit": [encode(unit) for unit in units]})
    if runner == "ray":
        frame = frame.into_partitions(min(len(units), 4 * count))
    frame = frame.into_batches(1).select(Work(encode(settings)).do(daft.col("unit")).alias("outcome"))
    try:
        for row in frame.iter_rows(results_buffer_size=None):
            yield read_outcome(row["outcome"])
    except Exception as error:  # the engine has no one error for a worker that is gone
        raise WorkersLostError(str(error).strip().rpartition("\n")[2]) from error


def _daft(runner: Runner, address: str | None) -> Any:
    for name, value in _SILENT.items():
        os.environ.setdefault(name, value)
    try:
        import daft
    except ImportError as error:
        cause = "needs daft, which is not installed: pip install 'broadsheet[archive]'; or take --runner processes"
        raise ConfigError(f"--runner {runner}", cause) from error
    if runner == "native":
        daft.set_runner_native()
        return daft
    try:
        import ray  # noqa: F401  only whether it is there
    except ImportError as error:
        cause = "needs ray, which is not installed: pip install 'broadsheet[cluster]'"
        raise ConfigError("--runner ray", cause) from error
    try:
        daft.set_runner_ray(address)
    except (ConnectionError, OSError, ValueError) as error:
        raise ConfigError("--ray-address", f"the cluster cannot be reached: {error}") from error
    return daft


def _ray_cores() -> int:
    import ray

    if not ray.is_initialized():
        ray.init(log_to_driver=False)
    return max(1, int(ray.cluster_resources().get("CPU", 1)))
