"""The DOCTYPE is gone before a parser sees it."""

import pytest

from broadsheet.parse.repairs.doctype import has_doctype, strip_doctype


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b"<!DOCTYPE rss><rss/>", True), (b"<?xml version='1.0'?>\n<!-- c -->\n<!doctype rss><rss/>", True),
     (b"<rss/>", False), (b"<rss><!DOCTYPE rss></rss>", False), (b"", False)],
)  # fmt: skip
def test_a_doctype_is_seen_before_the_root_only(body: bytes, expected: bool) -> None:
    assert has_doctype(body) is expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<rss/>", "<rss/>"),
        ('<!DOCTYPE rss SYSTEM "x.dtd"><rss/>', "<rss/>"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;&c;</rss>', "<rss>b&c;</rss>"),
        ("<!DOCTYPE rss [<!ENTITY a 'x ] y'> ] ><rss>&a;</rss>", "<rss>x ] y</rss>"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "<rss>&a;</rss>"),
        ('<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss>&c;</rss>', "<rss>&c;</rss>"),
        ("<!DOCTYPE rss [<rss/>", ""),
        ("<!DOCTYPE rss [\n<rss><![CDATA[a]]></rss>", "<rss><![CDATA[a]]></rss>"),
        ("<!DOCTYPE rss\n<rss></rss>", "<rss></rss>"),
        ("<!DOCTYPE rss", ""),
    ],
)
def test_only_plain_entities_are_understood(text: str, rest: str) -> None:
    assert strip_doctype(text) == rest


def test_what_entities_may_add_is_bounded() -> None:
    text = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 1000}">]>' + "&a;" * 100_000
    assert len(strip_doctype(text)) < 2_000_000
