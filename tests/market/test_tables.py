"""Tables are read whole, without their remarks, and the examples of words are what they say."""

from pathlib import Path

import pytest

from broadsheet.market.tables import rows
from broadsheet.market.words import manner_of, run_of, span_of

FOLDER = Path(__file__).parents[2] / "src" / "broadsheet" / "market" / "data"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.tsv")))
def test_remarks_are_no_rows_and_all_rows_are_as_long(name: str) -> None:
    assert all(not row[0].startswith("#") for row in rows(name))
    assert len({len(row) for row in rows(name)}) == 1


@pytest.mark.parametrize(("kind", "pattern", "example"), rows("words"))
def test_the_example_of_a_row_is_read_by_it(kind: str, pattern: str, example: str) -> None:
    what, _, value = kind.partition(" ")
    if what == "run":
        run = run_of(example)
        assert run is not None
        assert run.what == value
    elif what == "span":
        assert span_of(example)
    else:
        assert manner_of(what, example) == value
