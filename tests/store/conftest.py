"""One contract suite for every engine: a test that asks for `store` runs on each of them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.conftest import empty, needed, on_postgres, tell_postgres

from broadsheet.store import Store, open_store

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.needs("postgres"))]


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be made, on each engine."""
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres"))
    return str(tmp_path / "paper" / "broadsheet.db")


@pytest.fixture
def another(address: str, tmp_path: Path) -> Callable[[], str]:
    """Where one more new store can be made; on PostgreSQL in the place of the last one, which is emptied."""
    if "://" not in address:
        return lambda: str(tmp_path / uuid4().hex / "broadsheet.db")

    def emptied() -> str:
        empty(address)
        return address

    return emptied


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Where a new store can be made in a file."""
    return str(tmp_path / "paper" / "broadsheet.db")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new, empty store."""
    with open_store(address, create=True) as opened:
        yield opened


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a new store can be made that all tests of a file ask, on each engine."""
    if request.param == "sqlite":
        yield str(tmp_path_factory.mktemp("lasting") / "broadsheet.db")
        return
    needed("postgres")
    name = f"test_{os.getpid()}_{uuid4().hex}"
    yield on_postgres(name)
    tell_postgres(f"DROP SCHEMA IF EXISTS {name} CASCADE")
