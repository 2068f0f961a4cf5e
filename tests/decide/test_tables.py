"""Tables of the room are read whole, without their remarks."""

import pytest

from broadsheet.decide.tables import lines, table


@pytest.mark.parametrize("name", ["homes", "repairs", "sentences", "teasers"])
def test_remarks_are_no_rows(name: str) -> None:
    assert lines(name)
    assert not any(line.startswith("#") for line in lines(name))


@pytest.mark.parametrize("name", ["homes", "repairs", "sentences"])
def test_a_table_has_a_value_for_each_key_and_no_key_twice(name: str) -> None:
    assert all(table(name).values())
    assert len(table(name)) == len(lines(name))
