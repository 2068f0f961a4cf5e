"""What forms of characters are read as."""

from broadsheet.publish.forms import PAGES, page_of_forms, points_of


def test_a_page_pairs_forms_with_what_they_are_read_as() -> None:
    read = {"馬": "马", "\U00020ba0": "\u20bb"}
    pages = [page_of_forms(page, lambda form: read.get(form, form)).decode() for page in PAGES]
    assert [page for page in pages if page] == ["\U00020ba0\u20bb", "馬马"]


def test_what_nfkc_says_and_what_is_no_character_is_left_out() -> None:
    assert page_of_forms(0x4E, lambda form: " ") == b""


def test_pages_hold_256_code_points_or_4096() -> None:
    assert points_of(0x4E) == range(0x4E00, 0x4F00)
    assert points_of(0x20) == range(0x20000, 0x21000)
