"""A store on PostgreSQL with a queue beside it, both empty."""

import socket
from collections.abc import Callable, Iterator

import pytest
from tests.conftest import needed, on_postgres, tell_postgres
from tests.pipeline.outlet import Outlet

from broadsheet.scale.queue.address import Place, place_of
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.founding import found_queue
from broadsheet.scale.queue.life import Life
from broadsheet.store import Store, open_store

EMPTY = "".join(
    f"DELETE FROM {table};"
    for table in ("host", "run", "worker", "duty", "procrastinate_jobs", "procrastinate_workers")
)


@pytest.fixture(scope="session")
def founded(_schema: str) -> Iterator[Place]:
    """The queue that tests use one after the other: making one takes longer than they do."""
    place = place_of(on_postgres(_schema))
    desk = Desk(place)
    found_queue(place, desk)
    desk.close()
    yield place
    tell_postgres(f"DROP SCHEMA {place.schema} CASCADE")


@pytest.fixture
def paper(request: pytest.FixtureRequest) -> str:
    """The address of an empty store."""
    needed("postgres")
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def store(paper: str) -> Iterator[Store]:
    with open_store(paper) as opened:
        yield opened


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Place:
    """An empty queue."""
    needed("postgres")
    place: Place = request.getfixturevalue("founded")
    desk = Desk(place)
    desk.script(EMPTY)
    desk.close()
    return place


@pytest.fixture
def new_desk(place: Place) -> Iterator[Callable[[], Desk]]:
    """Connections to the queue."""
    made: list[Desk] = []

    def new() -> Desk:
        made.append(Desk(place))
        return made[-1]

    yield new
    for desk in made:
        desk.close()


@pytest.fixture
def desk(new_desk: Callable[[], Desk]) -> Desk:
    return new_desk()


@pytest.fixture
def life(desk: Desk) -> Life:
    """A worker that has just joined."""
    joined = Life("test")
    joined.enter(desk)
    return joined


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    yield server
    server.close()


@pytest.fixture
def free_port() -> int:
    """A port on loopback on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
