"""Work beside the server: commands in processes of their own, one at a time, whose lines readers see as they come."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import ConfigError
from broadsheet.web.house.wire import Wire

MOST_LINES: Final = 200
GIVES_WAY: Final = 10
"""How nice a command is to whoever reads meanwhile, at least."""


class Job(Struct, frozen=True, kw_only=True):
    """A command that runs or ran: the last of its lines, and its exit code; None while it runs."""

    name: str
    lines: tuple[str, ...] = ()
    code: int | None = None


class Jobs:
    """Runs commands of `broadsheet` for the paper in `folder`, and tells the wire of each line and of the end."""

    def __init__(self, folder: Path, wire: Wire) -> None:
        self._folder = folder
        self._wire = wire
        self._job: Job | None = None
        self._running: tuple[Process, asyncio.Task[None]] | None = None

    @property
    def last(self) -> Job | None:
        """The job that runs, or the one that ran last."""
        return self._job

    async def start(self, name: str, arguments: Sequence[str]) -> Job:
        """Start a command; it goes on whether or not somebody looks.

        Raises:
            ConfigError: another one is running.
        """
        if self._job and self._job.code is None:
            raise ConfigError(name, f"{self._job.name} is still running: wait for its end")
        self._job = Job(name=name)
        command = [sys.executable, "-m", "broadsheet", "--paper", str(self._folder), *arguments]
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT)
        _give_way(process.pid)
        self._running = (process, asyncio.create_task(self._follow(self._job, process)))
        return self._job

    async def update(self) -> Job:
        """Poll what is due, publish it, and keep its images.

        Raises:
            ConfigError: a job is running.
        """
        return await self.start("update", ["run", "--once"])

    async def publish(self) -> None:
        """Bring the site up to date, unless a job is at work that will."""
        if self._job is None or self._job.code is not None:
            await self.update()

    async def _follow(self, job: Job, process: Process) -> None:
        while process.stdout and (line := await process.stdout.readline()):
            said = line.decode("utf-8", "replace").rstrip()
            job = self._job = replace(job, lines=(*job.lines, said)[-MOST_LINES:])
            self._wire.tell("line", said)
        self._job = replace(job, code=await process.wait())
        self._wire.tell("done", str(self._job.code))

    async def close(self) -> None:
        """End what runs; what it stored so far is kept."""
        if self._running and self._running[0].returncode is None:
            self._running[0].terminate()
            await self._running[1]


def _give_way(process: int) -> None:
    """Let a process, and all that it starts, have what others leave of the processors, where systems know of that."""
    if sys.platform != "win32":
        with suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process, max(GIVES_WAY, os.getpriority(os.PRIO_PROCESS, process)))
