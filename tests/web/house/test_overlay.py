"""What is a reader's own is laid over a page, and nothing else of it changes."""

from datetime import UTC, datetime

from broadsheet.model import Marks
from broadsheet.web.house.overlay import lay_over

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
PAGE = (
    b'<head><!--reader:head--></head><!--reader:nav--><article data-post="20261127-0000000001">'
    b'<!--reader:tools--><article data-post="20261127-0000000002"><p data-post="20261127-0000000003">'
)


def test_what_was_read_and_starred_is_said_where_its_post_stands() -> None:
    marks = {
        "20261127-0000000001": Marks(read_at=NOON, starred_at=None, tags=(), note=""),
        "20261127-0000000002": Marks(read_at=NOON, starred_at=NOON, tags=(), note=""),
    }
    page = lay_over(PAGE, marks, head=b"H", nav=b"N", tools=b"T")
    assert page == (
        b'<head>H</head>N<article data-post="20261127-0000000001" data-read>'
        b'T<article data-post="20261127-0000000002" data-read data-star><p data-post="20261127-0000000003">'
    )


def test_without_marks_only_the_room_is_filled() -> None:
    assert lay_over(PAGE, {}, head=b"", nav=b"") == PAGE.replace(b"<!--reader:head-->", b"").replace(
        b"<!--reader:nav-->", b""
    )
