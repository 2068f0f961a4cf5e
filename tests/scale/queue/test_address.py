"""Where the queue of a store is, and what is refused."""

import pytest

from broadsheet.errors import ConfigError
from broadsheet.scale.queue.address import Place, place_of

BASE = "postgresql://paper:secret@db.example:5433/news"


def test_the_queue_stands_beside_the_store_and_is_named_without_its_password() -> None:
    found = place_of(BASE)
    assert found == Place(BASE, "broadsheet_queue", "postgresql://paper@db.example:5433/news")


def test_a_store_in_a_schema_of_its_own_has_a_queue_of_its_own() -> None:
    found = place_of(f"{BASE}?schema=second&sslmode=require")
    assert (found.address, found.schema) == (f"{BASE}?sslmode=require", "second_queue")


def test_a_store_in_a_file_has_no_queue() -> None:
    with pytest.raises(ConfigError, match=r"store: workers need a store on PostgreSQL.*move-to-postgresql") as caught:
        place_of("/srv/paper.db")
    assert caught.value.exit_code == 2


def test_a_schema_that_would_need_quotes_is_refused() -> None:
    with pytest.raises(ConfigError, match="schema=My Paper: workers want a name of a-z"):
        place_of(f"{BASE}?schema=My%20Paper")
