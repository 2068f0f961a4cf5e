"""Companies found by what a person types."""

import pytest
from tests.annotate.conftest import BOOK

from broadsheet.annotate import companies_named, find_companies


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("jade", ["jade"]),
        ("600901", ["jade"]),
        ("SH600901", ["jade"]),
        ("901", ["jade"]),
        ("00901.hk", ["jade"]),
        ("600901-sh", ["jade"]),
        ("acm", ["acme"]),
        ("玉兔", ["jade"]),
        ("*ST白鶴股份", ["crane"]),
        ("双生股份", ["twin-a", "twin-b"]),
        ("汽车", ["north", "south", "venture", "brand"]),
        ("", []),
        ("  ", []),
        ("无人", []),
    ],
)
def test_an_id_then_a_code_then_a_name_then_a_part_of_one(words: str, ids: list[str]) -> None:
    assert [company.id for company in find_companies(BOOK, words)] == ids


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("玉 兔", ["jade"]),
        ("*ST白鶴股份", ["crane"]),
        ("双生股份", ["twin-a", "twin-b"]),
        ("jade", []),
        ("600901", []),
        ("玉", []),
        ("", []),
    ],
)
def test_exactly_a_name_however_it_is_printed(name: str, ids: list[str]) -> None:
    assert [company.id for company in companies_named(BOOK, name)] == ids
