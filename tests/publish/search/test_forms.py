"""What forms of characters are read as."""

from collections.abc import Callable

from broadsheet.publish.search.forms import PAGES, page_of_forms, points_of
from broadsheet.publish.search.terms import STOP


def reading(forms: dict[str, str]) -> Callable[[str], str]:
    """Fold line ends to stops, as every fold does, and characters as told."""
    return lambda text: "".join({"\n": STOP, **forms}.get(form, form) for form in text)


def test_a_page_pairs_forms_with_what_they_are_read_as() -> None:
    read = {"馬": "马", "\U00020ba0": "\u20bb"}
    pages = [page_of_forms(page, reading(read)).decode() for page in PAGES]
    assert [page for page in pages if page] == ["\U00020ba0\u20bb", "馬马"]


def test_what_nfkc_says_and_what_is_no_character_is_left_out() -> None:
    assert page_of_forms(0x4E, reading({chr(point): " " for point in points_of(0x4E)})) == b""


def test_pages_hold_256_code_points_or_4096() -> None:
    assert points_of(0x4E) == range(0x4E00, 0x4F00)
    assert points_of(0x20) == range(0x20000, 0x21000)
