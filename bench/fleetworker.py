"""One worker of the benchmark: `python -m bench.fleetworker SPEC`, a real one whose names all mean this machine.

Time may pass faster for what it polls: `speed` seconds of the paper in one of the database's, from `began` on.
"""

import dataclasses
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
from aiohttp.abc import AbstractResolver, ResolveResult

from broadsheet.config import Config, load
from broadsheet.fetch import Client, open_client
from broadsheet.model import Limits
from broadsheet.pipeline.means import Clock, Means, means_of
from broadsheet.scale.queue.work import Wish, work


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """The paper's folder, how this worker names itself to servers, and how fast its time passes."""

    folder: str
    name: str
    began: datetime
    start: datetime
    speed: float = 1.0
    polls: int = 8


class Loopback(AbstractResolver):
    """Finds every host on this machine."""

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass


@asynccontextmanager
async def connect(limits: Limits, connections: int, per_host: int) -> AsyncIterator[Client]:
    async with open_client(limits, connections, per_host, Loopback()) as client:
        yield client


def means_for(config: Config, spec: Spec, clock: Clock) -> Means:
    def now() -> datetime:
        return spec.start + (clock() - spec.began) * spec.speed

    return dataclasses.replace(means_of(config, now), connect=connect, workers=1)


def main(spec: Spec) -> None:
    config = load(Path(spec.folder), {"BROADSHEET_FETCH_CONTACT": spec.name})
    work(config, Wish(polls=spec.polls, paper=False), partial(means_for, config, spec), _tell)


def _tell(line: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {line}", flush=True)


if __name__ == "__main__":
    main(msgspec.json.decode(sys.argv[1], type=Spec))
