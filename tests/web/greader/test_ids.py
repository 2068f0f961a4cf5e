"""Names of streams and items, in every form that readers send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.errors import ConfigError
from broadsheet.web.greader.ids import Stream, long_id, numbers_in, read_stream


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("user/-/state/com.google/reading-list", Stream(kind="all")),
        ("user/1005921515/state/com.google/read", Stream(kind="read")),
        ("user/me/state/com.google/starred", Stream(kind="starred")),
        ("user/-/state/com.google/kept-unread", Stream(kind="unread")),
        ("user/-/state/com.google/tracking-kept-unread", Stream(kind="nothing")),
        ("user/-/state/com.google/broadcast", Stream(kind="nothing")),
        ("user/-/label/新媒体 / cnBeta / 最新", Stream(kind="label", name="新媒体 / cnBeta / 最新")),
        ("user/-/label/a/b", Stream(kind="label", name="a/b")),
        ("feed/84c747264b", Stream(kind="feed", name="84c747264b")),
        ("feed/https://news.example/a?b=c", Stream(kind="feed", name="https://news.example/a?b=c")),
    ],
)
def test_a_stream_is_read_as_readers_name_it(text: str, stream: Stream) -> None:
    assert read_stream(text) == stream


@pytest.mark.parametrize("text", ["", "feed/", "user/-/label/", "reading-list", "user/-/state/org.example/read"])
def test_what_names_no_stream_is_refused_with_what_would(text: str) -> None:
    with pytest.raises(ConfigError, match=r"user/-/state/com\.google/reading-list"):
        read_stream(text)


@given(st.integers(-(1 << 63), (1 << 63) - 1))
def test_every_form_of_an_item_leads_back_to_it(number: int) -> None:
    assert numbers_in(long_id(number)) == (number,)
    assert numbers_in(str(number))[0] == number
    short = long_id(number)[-16:]
    assert number in numbers_in(short)
    assert number in numbers_in(short.lstrip("0") or "0")
    assert number in numbers_in(short.upper())


def test_digits_alone_may_be_decimal_or_hexadecimal() -> None:
    assert numbers_in("1795435380000") == (1795435380000, 0x1795435380000)
    assert numbers_in("000001a20849bd20") == (0x1A20849BD20,)
    assert numbers_in("1a20849bd20") == (0x1A20849BD20,)
    assert numbers_in(str((1 << 64) - 5))[0] == -5


@pytest.mark.parametrize("text", ["", "tag:google.com,2005:reader/item/", "x", "-", "9" * 21, "1.5", "٣", "0" * 17])
def test_what_names_no_item_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="hexadecimal"):
        numbers_in(text)
