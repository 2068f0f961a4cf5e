"""A paper that reads a loopback server by a clock of its own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pipeline.outlet import Clock, Outlet

from broadsheet.fetch import Pace
from broadsheet.model import Limits, Policy
from broadsheet.pipeline.means import Means
from broadsheet.store import Store, open_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    yield server
    server.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "paper.db"), create=True) as opened:
        yield opened


@pytest.fixture
def free_port() -> int:
    """A port on loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def means(clock: Clock) -> Means:
    limits = Limits(allow=("127.0.0.0/8",), total_s=60, body_bytes=1 << 20, wire_bytes=1 << 20)
    return Means(limits=limits, policy=Policy(jitter=0), pace=Pace(per_host=2, spacing_s=0), clock=clock, workers=1)
