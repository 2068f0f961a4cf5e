"""Where units are worked on: in a pool of processes, on Daft on this machine, or on Daft on a cluster of Ray."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from typing import Final

from broadsheet.pipeline.workers.pool import open_pool
from broadsheet.scale.archive.crew import Crew, Runner, WorkLostError, do_work
from broadsheet.scale.archive.units import Unit
from broadsheet.scale.archive.work import Outcome, Settings, encode, read_outcome, work

_MODULE: Final = "broadsheet.scale.archive.work"


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
    crew = crew_of(runner, processes, address)
    return (
        _by_processes(units, settings, crew.processes) if runner == "processes" else _by_daft(units, settings, crew)
    )


def crew_of(runner: Runner, processes: int = 0, address: str | None = None) -> Crew:
    """Say who works: `processes` at a time, 0 for one on each core of this machine, or of the cluster."""
    count = processes if runner == "ray" else processes or len(os.sched_getaffinity(0))
    return Crew(runner=runner, processes=count, address=address)


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


def _by_daft(units: Sequence[Unit], settings: Settings, crew: Crew) -> Iterator[Outcome]:
    task = partial(work, settings=encode(settings))
    try:
        for _, outcome in do_work(task, [encode(unit) for unit in units], crew, apart=True):
            yield read_outcome(outcome)
    except WorkLostError as error:
        raise WorkersLostError(str(error)) from error
