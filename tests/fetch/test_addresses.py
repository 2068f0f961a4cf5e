import pytest

from broadsheet.errors import FetchError
from broadsheet.fetch.addresses import redirect_target, shown, wire_url

HERE = "https://me:secret@news.example/a/feed?x=1"


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://news.example/feed", "https://news.example/feed"),
        ("https://news.example/?", "https://news.example/"),
        ("http://news.example:8080/%7efeed?a=[1]#top", "http://news.example:8080/%7efeed?a=[1]"),
        (" https://news.example/feed ", "https://news.example/feed"),
        ("https://新闻.example/源 一?标=题", "https://xn--efvy88h.example/%E6%BA%90%20%E4%B8%80?%E6%A0%87=%E9%A2%98"),
        ("https://me:pass@新闻.example/", "https://me:pass@xn--efvy88h.example/"),
        ("http://[2606:4700::1111]/feed", "http://[2606:4700::1111]/feed"),
    ],
)
def test_an_address_becomes_the_url_to_ask(address: str, sent: str) -> None:
    assert str(wire_url(address)) == sent


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news.example/feed",
        "//news.example/feed",
        "ftp://news.example/feed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///feed",
        "http://news.example:port/",
        "http://news.example:99999/",
        "http://news.example:0/",
        "http://[::1/",
        "http://a b/",
        "http://news.example/\r\nHost: evil",
        "http://news.example/\x00",
        "http://news..example" + "x" * 70 + "新/",
    ],
)
def test_what_cannot_be_asked_is_refused(address: str) -> None:
    with pytest.raises(FetchError) as caught:
        wire_url(address)
    assert caught.value.reason == "bad-address"


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("feed2", "https://me:secret@news.example/a/feed2"),
        ("/feed2#top", "https://me:secret@news.example/feed2"),
        ("?x=2", "https://me:secret@news.example/a/feed?x=2"),
        ("//cdn.example/feed", "https://cdn.example/feed"),
        ("https://news.example/b", "https://me:secret@news.example/b"),
        ("https://you:x@news.example/b", "https://you:x@news.example/b"),
        ("https://news.example:444/b", "https://news.example:444/b"),
        ("https://cdn.example/%7e?[1]", "https://cdn.example/%7e?[1]"),
    ],
)
def test_a_location_is_resolved_and_a_password_stays_in_its_origin(location: str, target: str) -> None:
    assert redirect_target(HERE, location) == target


def test_what_only_looks_like_a_password_goes_nowhere() -> None:
    here = "https://news.example/?from=http://me:secret@you/"
    assert redirect_target(here, "/feed") == "https://news.example/feed"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://news.example/a/feed", "downgrade"),
        ("file:///etc/passwd", "bad-address"),
        ("https://[::1/", "bad-address"),
    ],
)
def test_an_unsafe_redirect_is_refused_without_telling_the_password(location: str, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        redirect_target(HERE, location)
    assert caught.value.reason == reason
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://me:secret@news.example/a@b", "https://news.example/a@b"),
        ("https://news.example/a@b", "https://news.example/a@b"),
        ("https://news.example/?from=http://me@you", "https://news.example/?from=http://me@you"),
        ("me@news.example", "me@news.example"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, seen: str) -> None:
    assert shown(address) == seen
