"""The target is taken from inside a redirector's address, and checked before it is believed."""

import pytest

from broadsheet.clean.links.redirectors import unwrap_address


def _nested(levels: int) -> str:
    address = "https://a.example.com/"
    for _ in range(levels):
        address = "https://link.zhihu.com/?target=" + address.replace("%", "%25").replace(":", "%3A").replace(
            "?", "%3F"
        )
    return address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://c.duomai.com/track.php?site_id=1&t=https%3A%2F%2Fa.example.com%2F%3Fb%3Dc",
            "https://a.example.com/?b=c",
        ),
        ("https://c.duomai.com/track.php?t=https://a.example.com/?b=c&d=e", "https://a.example.com/?b=c&d=e"),
        ("https://weibo.cn/sinaurl?u=http%3A%2F%2Fa.example.com", "http://a.example.com"),
        ("https://blog.51cto.com/transfer?https://a.example.com/x?y=1", "https://a.example.com/x?y=1"),
        ("https://www.google.com/url?sa=t&url=https://a.example.com/&usg=x", "https://a.example.com/"),
        ("https://www.google.com/url?url=https://a.example.com/#b", "https://a.example.com/"),
        ("https://link.zhihu.com/?target=%2F%2Fa.example.com%2Fb", "https://a.example.com/b"),
        (
            "https://link.zhihu.com/?target=javascript%3Aalert(1)",
            "https://link.zhihu.com/?target=javascript%3Aalert(1)",
        ),
        (
            "https://link.zhihu.com/?target=http%3A%2F%2Flocalhost%2F",
            "https://link.zhihu.com/?target=http%3A%2F%2Flocalhost%2F",
        ),
        ("https://link.zhihu.com/?other=1", "https://link.zhihu.com/?other=1"),
        (
            "https://sspai.com/post/1?target=https://a.example.com/",
            "https://sspai.com/post/1?target=https://a.example.com/",
        ),
        ("https://shop.pvxt.net/c/1?u=https%3A%2F%2Fa.example.com%2F", "https://a.example.com/"),
        ("https://t.cn/abc", "https://t.cn/abc"),
    ],
)
def test_the_target_is_found_or_the_address_stays(address: str, expected: str) -> None:
    assert unwrap_address(address) == (expected, False)


def test_targets_are_followed_five_deep() -> None:
    assert unwrap_address(_nested(3)) == ("https://a.example.com/", False)
    assert unwrap_address(_nested(7))[0].startswith("https://link.zhihu.com/")


@pytest.mark.parametrize(
    "address",
    [
        "https://union-click.jd.com/jdc?d=x",
        "https://s.click.taobao.com/t?e=m",
        "https://c.duomai.com/track.php?k=abc",
    ],
)
def test_counters_without_a_target_are_told_apart(address: str) -> None:
    assert unwrap_address(address) == (address, True)
