"""The tables of a store as its database describes them."""

import pytest
from tests.store.moving.moves import engine_of, fill_all

from broadsheet.store.engines.catalogue import count, highest, select, tables


@pytest.mark.needs("postgres")
def test_both_engines_have_the_same_tables_columns_kinds_and_keys(file: str, postgres: str) -> None:
    with engine_of(file, create=True) as one, engine_of(postgres) as other:
        ours = {table.name: table for table in tables(one)}
        theirs = {table.name: table for table in tables(other)}
        assert [table.name for table in tables(one)] == [table.name for table in tables(other)]
    assert ours == theirs
    assert all(table.key for table in ours.values())
    assert {kind for table in ours.values() for kind in table.columns.values()} == {"integer", "real", "text", "blob"}


def test_a_table_stands_behind_those_that_it_refers_to(address: str) -> None:
    with engine_of(address, create=True) as engine:
        order = [table.name for table in tables(engine)]
        references = engine.rows("references")
    assert ("image", "image_copy") in references
    assert [pair for pair in references if pair[0] in order and order.index(pair[0]) < order.index(pair[1])] == []


def test_the_index_and_the_history_of_the_schema_are_not_among_them(address: str) -> None:
    with engine_of(address, create=True) as engine:
        names = {table.name for table in tables(engine)}
    assert "post" in names
    assert not names & {"search", "search_data", "migration", "sqlite_sequence"}


def test_rows_are_counted_and_numbers_known(address: str) -> None:
    fill_all(address)
    with engine_of(address) as engine:
        known = {table.name: table for table in tables(engine)}
        assert count(engine, "feed") == highest(engine, known["feed"]) == 2


def test_names_may_be_words_of_sql() -> None:
    assert select("edge", ["first", 'a"b'], ["first"]) == 'SELECT "first", "a""b" FROM "edge" ORDER BY "first"'
