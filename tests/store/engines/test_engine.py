"""What is asked of every engine."""

import inspect

import pytest

from broadsheet.store.engines.engine import Engine
from broadsheet.store.engines.postgres import Postgres
from broadsheet.store.engines.sqlite import Sqlite


@pytest.mark.parametrize("engine", [Sqlite, Postgres])
def test_an_engine_has_all_that_the_store_asks_for(engine: type) -> None:
    asked = {name for name, _ in inspect.getmembers(Engine, inspect.isfunction) if not name.startswith("_")}
    assert {"rows", "transaction", "has_news"} <= asked
    for name in asked:
        asked_for = inspect.signature(getattr(Engine, name)).parameters
        assert inspect.signature(getattr(engine, name)).parameters == asked_for, name
