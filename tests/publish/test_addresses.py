"""Addresses: readable, safe on every file system, and never two sections at one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.publish.addresses import folder_of, name_segments, root_of, web_link


@pytest.mark.parametrize(
    ("path", "root"), [("index.html", ""), ("a/index.html", "../"), ("p/x/index.html", "../../"), ("feed.atom", "")]
)
def test_every_page_knows_the_way_to_the_top(path: str, root: str) -> None:
    assert root_of(path) == root


def test_a_page_is_addressed_by_its_folder() -> None:
    assert folder_of("新媒体/index.html") == "%E6%96%B0%E5%AA%92%E4%BD%93/"
    assert folder_of("404.html") == "404.html"


@pytest.mark.parametrize("name", ["新媒体", "cnBeta", "最新", "Tech", "半导体_2", "v2.0", "ภาษาไทย", "हिन्दी"])
def test_a_plain_name_is_its_own_segment(name: str) -> None:
    assert name_segments([name], top=True) == {name: name}


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("Hello World", "Hello-World"),
        ("A/B", "A-B"),
        ("  ..新闻.. ", "新闻"),
        ("50%", "50"),
        ("a?b#c&d", "a-b-c-d"),
        ("e\u0301te\u0301", "\u00e9t\u00e9"),
        ("x\u202ey", "x-y"),
    ],
)
def test_what_an_address_cannot_hold_becomes_a_hyphen(name: str, segment: str) -> None:
    assert name_segments([name]).get(name, "").removesuffix("-").startswith(segment)


@pytest.mark.parametrize(
    "name", ["p", "P", "feeds", "static", "archive", "robots.txt", "sitemap-2026.xml", "2026", "api"]
)
def test_our_own_names_are_kept_free_at_the_top(name: str) -> None:
    assert name_segments([name], top=True)[name].startswith(f"{name}-")


@pytest.mark.parametrize("name", ["1", "2026", "index.html", "feed.atom", "CON", "nul.txt", "lpt1"])
def test_file_and_device_names_are_kept_free_everywhere(name: str) -> None:
    assert name_segments([name])[name].startswith(f"{name}-")


def test_neighbours_spelled_alike_are_told_apart() -> None:
    segments = name_segments(["A B", "A-B", "A/B", "a-b"])
    assert segments["A-B"] == "A-B"
    assert len({segment.casefold() for segment in segments.values()}) == 4


def test_a_name_keeps_its_segment_when_others_come() -> None:
    assert name_segments(["Hello World", "x", "2026"])["Hello World"] == name_segments(["Hello World"])["Hello World"]


def test_a_long_name_is_cut_between_characters() -> None:
    one, two = "长" * 300, "长" * 299 + "短"
    segments = name_segments([one, two])
    assert segments[one] != segments[two]
    assert all(len(segment.encode()) <= 255 for segment in segments.values())


@settings(max_examples=150)
@given(st.lists(st.text(max_size=40), max_size=6, unique=True), st.booleans())
def test_segments_are_safe_and_unique_whatever_the_names(names: list[str], top: bool) -> None:
    segments = name_segments(names, top=top)
    assert set(segments) == set(names)
    assert len({unicodedata.normalize("NFC", segment).casefold() for segment in segments.values()}) == len(names)
    for segment in segments.values():
        assert segment not in {"", ".", ".."}
        assert "/" not in segment
        assert "\0" not in segment
        assert len(segment.encode()) <= 255
        assert not (segment.isascii() and segment.isdigit())


@pytest.mark.parametrize(
    "address", ["http://a.example/", "https://a.example/x?y=1#z", " https://a.example ", "HTTPS://A.EXAMPLE"]
)
def test_web_addresses_become_links(address: str) -> None:
    assert web_link(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "/x",
        "ftp://a.example",
        "http://",
        "http://[",
        "x:y",
    ],
)
def test_nothing_else_becomes_a_link(address: str | None) -> None:
    assert web_link(address) is None
