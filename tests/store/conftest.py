"""One contract suite for every engine: a test that asks for `store` runs on each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broadsheet.store import Store, open_store

ENGINES = ["sqlite"]


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be made, on each engine."""
    assert request.param in ENGINES
    return str(tmp_path / "paper" / "broadsheet.db")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new, empty store."""
    with open_store(address, create=True) as opened:
        yield opened
