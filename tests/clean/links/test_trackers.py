"""Trackers go; order and encoding of the rest stay."""

import pytest

from broadsheet.clean.links.trackers import without_trackers


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://a.example/?b=%20x&utm_source=f&a=1&&c=%E4%B8%AD#top",
            "https://a.example/?b=%20x&a=1&&c=%E4%B8%AD#top",
        ),
        ("https://a.example/?utm_source=f&fbclid=1", "https://a.example/"),
        ("https://a.example/?UTM_Source=f&x", "https://a.example/?x"),
        ("https://a.example/#utm_source=rss", "https://a.example/"),
        ("https://a.example/?spm=1#utm_source=rss", "https://a.example/"),
        ("https://www.bilibili.com/video/BV1?vd_source=1&p=2", "https://www.bilibili.com/video/BV1?p=2"),
        ("https://www.amazon.com/dp/1?pd_rd_w=x&psc=1", "https://www.amazon.com/dp/1?psc=1"),
    ],
)
def test_trackers_go_and_the_rest_stays(address: str, expected: str) -> None:
    assert without_trackers(address) == expected


@pytest.mark.parametrize(
    "address", ["https://a.example/?vd_source=1", "https://a.example/?a=1#b", "https://a.example/?"]
)
def test_an_address_without_trackers_is_the_same_object(address: str) -> None:
    assert without_trackers(address) is address
