"""Copies are named by what they hold."""

from broadsheet.model import ImageCopy


def test_a_copy_and_its_variants_stand_side_by_side() -> None:
    copy = ImageCopy(hash="abc" + "0" * 61, kind="jpg", width=4, height=3, size=9, phash="0" * 16)
    assert copy.path() == f"ab/abc{'0' * 61}.jpg"
    assert copy.path("webp") == f"ab/abc{'0' * 61}.webp"
