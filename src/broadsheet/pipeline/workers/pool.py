"""Worker processes for the pure stages: one hostile document can cost a worker, never the update."""

import asyncio
import logging
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType

import msgspec

from broadsheet.decide import decide_update
from broadsheet.model import Batch, Failure, PageReading, PageTask, Task

PATIENCE_S = 60
_PURE = "broadsheet.pipeline.workers.process"

_write = msgspec.msgpack.Encoder()
_read_batches = msgspec.msgpack.Decoder(tuple[Batch, ...])
_read_reading = msgspec.msgpack.Decoder(PageReading)


class Workers:
    """A pool that starts when the first document arrives; an asynchronous context manager.

    A worker that dies, or works longer than `patience_s` seconds of processor time on one parcel, is replaced; its
    documents are then tried one by one, so that only the guilty one fails.
    """

    def __init__(self, count: int = 0, patience_s: float = PATIENCE_S) -> None:
        self.count = count or len(os.sched_getaffinity(0))
        self._patience_s = patience_s
        self._pool: ProcessPoolExecutor | None = None
        self._quarantine = asyncio.Lock()

    async def __aenter__(self) -> "Workers":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    async def process(self, tasks: Sequence[Task]) -> list[Batch]:
        """Work on the tasks in one worker; returns a batch for each, in order."""
        pool = self._pool = self._pool or open_pool(self.count)
        try:
            return await _run(pool, tasks, self._patience_s)
        except Exception as error:
            if isinstance(error, BrokenProcessPool) and self._pool is pool:
                self._pool = None
            return [await self._alone(task) for task in tasks]

    async def read_page(self, task: PageTask) -> PageReading:
        """Read the article of a page in a worker, one page at a time, so that the guilty one is known."""
        async with self._quarantine:
            pool = self._pool = self._pool or open_pool(self.count)
            loop = asyncio.get_running_loop()
            work = loop.run_in_executor(pool, _bounded_page, _write.encode(task), self._patience_s)
            try:
                return _read_reading.decode(await work)
            except BrokenProcessPool:
                self._pool = None
                return PageReading(refused="worker-died")
            except Exception:
                return PageReading(refused="internal-error")

    async def _alone(self, task: Task) -> Batch:
        async with self._quarantine:
            with open_pool(1) as pool:
                try:
                    return (await _run(pool, [task], self._patience_s))[0]
                except BrokenProcessPool:
                    return _given_up(task, "worker-died", "ended the process that read it")
                except Exception as error:
                    return _given_up(task, "internal-error", f"met a fault of ours ({error!r})")


async def _run(pool: ProcessPoolExecutor, tasks: Sequence[Task], patience_s: float) -> list[Batch]:
    loop = asyncio.get_running_loop()
    answer = await loop.run_in_executor(pool, _bounded, _write.encode(tasks), patience_s)
    return list(_read_batches.decode(answer))


def open_pool(count: int, preload: str = _PURE, memory_bytes: int | None = None) -> ProcessPoolExecutor:
    """Make a pool of processes that end with this one; `preload` is the module that they are for.

    `memory_bytes` bounds the address space of each.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return ProcessPoolExecutor(count, context, initializer=_start, initargs=(memory_bytes,))


def _start(memory_bytes: int | None) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if memory_bytes is not None and (most == resource.RLIM_INFINITY or memory_bytes < most):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, most))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def _end_with_parent() -> None:
    """End when the process that wants the work is killed: nobody else would tell a waiting worker."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _bounded(tasks: bytes, patience_s: float) -> bytes:
    """Work under a timer whose default action ends the process: it stops even a parser stuck in C."""
    from broadsheet.pipeline.workers.process import process_bytes

    with patience(patience_s):
        return process_bytes(tasks)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """End this process where the block takes more seconds of processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _bounded_page(task: bytes, patience_s: float) -> bytes:
    """Read a page under the same timer; what libraries have to say of a stranger's page helps nobody."""
    from broadsheet.pipeline.workers.articles import read_page_bytes

    logging.disable()
    with patience(patience_s):
        return read_page_bytes(task)


def _given_up(task: Task, reason: str, what: str) -> Batch:
    message = f"the document {what}; nothing of it was lost, and `broadsheet doctor ADDRESS` shows where it stops"
    failure = Failure(reason=reason, message=message, at=task.now, status=task.response.status)
    update = decide_update(task.known, None, failure, task.now, task.policy)
    return Batch(feed=update.feed, outcome=update.outcome)
