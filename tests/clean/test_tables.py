"""The tables of the room are whole."""

import pytest

from broadsheet.clean.tables import column, names, rows

WIDTHS = {"redirectors": 4, "languages": 3} | dict.fromkeys(
    ("trackers", "images", "inserted", "furniture", "captions", "frames", "names", "parts", "breaks", "elements"), 2
)


@pytest.mark.parametrize(("name", "width"), WIDTHS.items())
def test_every_row_has_all_its_fields(name: str, width: int) -> None:
    found = rows(name)
    assert found
    assert {len(row) for row in found} == {width}
    assert all(all(row) for row in found)


def test_no_row_is_there_twice() -> None:
    for name in ("redirectors", "trackers", "images", "inserted", "furniture", "frames", "parts"):
        found = rows(name)
        assert len(found) == len(set(found)), name


def test_fields_are_found_by_kind() -> None:
    assert "player.bilibili.com" in column("frames", "allow")
    assert {"br", "img"} <= names("void")
