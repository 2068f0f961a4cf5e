"""Workers: many pollers that share a paper on PostgreSQL."""

import dataclasses
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import now, paper_config
from broadsheet.cli.printing import age, moment
from broadsheet.config import Config
from broadsheet.errors import ConfigError

if TYPE_CHECKING:
    from broadsheet.scale.queue.standing import Standing, WorkerStanding

NO_WORKER = "no worker ever worked for this paper; `broadsheet worker` is one"
FEW_RUNS = 3


def worker(
    context: typer.Context,
    processes: Annotated[int, typer.Option(min=1, max=64, help="Workers to run, each a process.")] = 1,
    polls: Annotated[int, typer.Option(min=1, max=100, help="Jobs of polls that one has in hand at a time.")] = 8,
    polls_only: Annotated[
        bool, typer.Option("--polls-only", help="Leave pages, images and the site to workers elsewhere.")
    ] = False,
) -> None:
    """Poll together with others. Takes jobs from the store's queue, which is on PostgreSQL, until it is stopped."""
    config = paper_config(context)
    from broadsheet.scale.queue.address import require_postgres

    require_postgres(config.store_url)
    try:
        from broadsheet.scale.queue.processes import Processes
    except ModuleNotFoundError as error:
        cause = f"workers need {error.name}, which comes with the extra: pip install 'broadsheet[postgres]'"
        raise ConfigError("worker", cause) from error
    from functools import partial

    work = partial(run_worker, polls=polls, paper=not polls_only)
    if processes == 1:
        work(config, 1)
    else:
        raise typer.Exit(Processes(config, processes, work, _tell).run())


def run_worker(config: Config, of: int, *, polls: int, paper: bool) -> None:
    """Run one worker of so many on this machine until it is stopped."""
    from broadsheet.pipeline.means import Clock, Means, means_of
    from broadsheet.scale.queue.work import Wish, work

    processors = config.update.workers or max(1, len(os.sched_getaffinity(0)) // of)

    def means_for(clock: Clock) -> Means:
        return dataclasses.replace(means_of(config, clock), workers=processors)

    work(config, Wish(polls=polls, paper=paper), means_for, _tell)


def worker_lines(standing: "Standing | None") -> Iterator[str]:
    """Say how workers, their queue and the lag are."""
    if standing is None:
        yield NO_WORKER
        return
    alive = sum(one.alive for one in standing.workers)
    dead = len(standing.workers) - alive
    yield f"workers: {alive} alive" + (f", {dead} not heard for half a minute" if dead else "")
    for one in standing.workers:
        doing = _doing(one, standing)
        yield f"  {one.number}: {one.machine}, process {one.process}, since {moment(one.since)}; {doing}"
    waits = [
        f"{depth.kind} {depth.waiting} waiting, {depth.at_work} at work"
        + (f", {depth.failed} failed" if depth.failed else "")
        for depth in standing.depths
    ]
    yield "queue: " + ("; ".join(waits) or "empty")
    late = f"the longest due waits {standing.lag_s:.0f} s" if standing.due > standing.never_polled else "none is late"
    yield f"lag: {standing.due} feeds due, {standing.never_polled} of them never polled yet; {late}"


def _doing(one: "WorkerStanding", standing: "Standing") -> str:
    if not one.alive:
        return "not heard"
    runs = [
        f"{run.kind}{f' ({run.about})' if run.about else ''} for {age(run.since, standing.at)}" for run in one.runs
    ]
    more = f" and {len(runs) - FEW_RUNS} more" if len(runs) > FEW_RUNS else ""
    return ("; ".join(runs[:FEW_RUNS]) or "nothing to do") + more


def _tell(news: str) -> None:
    print(f"{now():%Y-%m-%d %H:%M:%SZ} {news}", flush=True)
