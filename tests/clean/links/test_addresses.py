"""Addresses are made absolute, held to three schemes, and otherwise left alone."""

import pytest

from broadsheet.clean.links.addresses import absolute, host_of, is_image, is_public_name, same_site, under

BASE = "https://news.example/2026/11/story.html"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://a.example/b?c=%20d&e=[1]#f", "https://a.example/b?c=%20d&e=[1]#f"),
        ("HTTPS://A.example/", "HTTPS://A.example/"),
        ("  https://a.example/b c\n ", "https://a.example/b%20c"),
        ("//a.example/b", "https://a.example/b"),
        ("/b/c", "https://news.example/b/c"),
        ("/b/../c", "https://news.example/c"),
        ("d.html", "https://news.example/2026/11/d.html"),
        ("?q=1", "https://news.example/2026/11/story.html?q=1"),
        ("mailto:desk@news.example", "mailto:desk@news.example"),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("ftp://a.example/", None),
        ("http://", None),
        ("http://[bad", None),
        ("http://user:pass@a.example/", None),
        ("", None),
    ],
)
def test_an_address_is_resolved_or_refused(written: str, expected: str | None) -> None:
    assert absolute(written, BASE) == expected


@pytest.mark.parametrize(
    ("written", "base", "expected"),
    [
        ("/b", None, None),
        ("//a.example/b", None, "https://a.example/b"),
        ("//a.example/b", "http://c.example/", "http://a.example/b"),
        ("/b", "no address", None),
        ("b", "http://[bad", None),
    ],
)
def test_a_missing_or_wrong_base_is_no_guess(written: str, base: str | None, expected: str | None) -> None:
    assert absolute(written, base) == expected


def test_hosts_are_named_without_port_and_in_lower_case() -> None:
    assert host_of("https://A.Example:8080/x") == "a.example"
    assert host_of("mailto:a@b.example") == ""


def test_pictures_are_known_by_their_ending() -> None:
    assert is_image("https://a.example/b.JPG?w=1")
    assert is_image("https://a.example/b.png@base@tag=imgScale")
    assert not is_image("https://a.example/jpg/")


def test_sites_are_compared_by_their_last_two_labels() -> None:
    assert same_site("https://img.a.example/1", "https://www.a.example/2")
    assert not same_site("https://a.example/1", "https://b.example/2")
    assert not same_site("mailto:a@b.example", "mailto:a@b.example")


def test_a_host_is_under_its_domain() -> None:
    assert under("a.b.example", "b.example")
    assert not under("xb.example", "b.example")


@pytest.mark.parametrize("host", ["", "localhost", "10.0.0.1", "router.lan", "a.internal", ".example"])
def test_private_names_are_not_public(host: str) -> None:
    assert not is_public_name(host)
