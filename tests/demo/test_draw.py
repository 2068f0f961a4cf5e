"""The plates can be drawn again, dot for dot."""

import zlib
from pathlib import Path

import pytest

from broadsheet.demo.draw import CELL, HEIGHT, PLATES, WIDTH, halftone, main, png, sky
from broadsheet.demo.sample import pictures


def rows(body: bytes) -> bytes:
    """The unpacked rows of one of our plates: its pixels, however they were compressed."""
    start = body.index(b"IDAT") + 4
    return zlib.decompress(body[start : body.index(b"IEND") - 8])


def test_the_committed_plates_are_the_ones_drawn(tmp_path: Path) -> None:
    main(tmp_path / "img")
    drawn = {path.name: rows(path.read_bytes()) for path in (tmp_path / "img").iterdir()}
    assert drawn == {name: rows(body) for name, body in pictures().items()}
    assert drawn.keys() == PLATES.keys()


@pytest.mark.no_cover  # the plates cover it
def test_more_ink_makes_more_dots() -> None:
    inks = [sum(8 - byte.bit_count() for byte in halftone(sky(tone, tone))) for tone in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert inks == sorted(inks)
    assert inks[0] == HEIGHT * 8  # the filter bytes alone
    assert inks[-1] == HEIGHT * (WIDTH + 8)


def test_a_plate_is_a_whole_number_of_cells_wide() -> None:
    assert WIDTH % CELL == 0
    assert png(halftone(sky(0, 0))).endswith(b"IEND\xaeB`\x82")
