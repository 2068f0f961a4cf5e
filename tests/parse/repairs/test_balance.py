"""Matching tags: what comes out is well-formed, and what was well-formed comes out as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.parse import parse_feed
from broadsheet.parse.repairs.balance import balance
from broadsheet.parse.repairs.ladder import parse_strictly

WELL_FORMED = (
    '<rss version="2.0"><channel><title>T</title><image><title>I</title></image><item><title>a</title>'
    "<source><title>s</title></source><description><p>b<br/>c</p></description></item></channel></rss>"
)


def test_matching_tags_stay_as_they_are() -> None:
    assert balance(WELL_FORMED) == WELL_FORMED


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<rss><item>a<item>b</rss>", "<rss><item>a</item><item>b</item></rss>"),
        ("<rss><item><title>a<b>c</title></item>", "<rss><item><title>a<b>c</b></title></item></rss>"),
        ("<rss><item><title>a<link>b</item>", "<rss><item><title>a</title><link>b</link></item></rss>"),
        ("<rss><item>a<br>b</i>c</item></rss>", "<rss><item>a<br/>bc</item></rss>"),
        ("<rss><item><lik>a</link></item></rss>", "<rss><item><link>a</link></item></rss>"),
        ("<rss><item><guid>a</title>b</item></rss>", "<rss><item><guid>a</guid>b</item></rss>"),
        ("<rss><item><TITLE>a</title></item></rss>", "<rss><item><TITLE>a</TITLE></item></rss>"),
        ("<rss>a</rss><item>b</item>", "<rss>a<item>b</item></rss>"),
        ("<rss><item><p:item>a</p:item></item></rss>", "<rss><item><p:item>a</p:item></item></rss>"),
        ("<rss>a <3 b <c d <?php e?>f ]]></rss>", "<rss>a &lt;3 b &lt;c d f ]]&gt;</rss>"),
        ("<rss>a ]]<?b?>></rss>", "<rss>a ]]&gt;</rss>"),
        ("<rss><b <i>a</i></rss>", "<rss>&lt;b <i>a</i></rss>"),
        ("<rss><b a=1 c:d:e='2' f=\"<3\">a</b></rss>", '<rss><b a="1" f="&lt;3">a</b></rss>'),
        ('<rss><b a="1>c</b></rss>', '<rss><b a="1">c</b></rss>'),
        ("<rss><![cdata[a<b]]></rss>", "<rss><![CDATA[a<b]]></rss>"),
        ("<rss><xmlns:b>a</xmlns:b></rss>", "<rss>&lt;xmlns:b&gt;a</rss>"),
        ("no root", ""),
    ],
)
def test_tags_are_matched_with_the_shape_of_feeds_in_mind(text: str, written: str) -> None:
    assert balance(text) == written


def test_the_first_entry_needs_no_start_tag() -> None:
    text = "<rss><channel><title>T</title><title>a</title></item><item><title>b</title></item></channel></rss>"
    parsed = parse_feed(text.encode())
    assert [parsed.title, *(entry.title for entry in parsed.entries)] == ["T", "a", "b"]


def test_end_tags_of_entries_that_never_were_make_none() -> None:
    assert (
        parse_feed(b"<rss><item>a</item></item> </item><b></rss>").entries
        == parse_feed(b"<rss><item>a</item></rss>").entries
    )


words = st.sampled_from(
    ["<item>", "</item>", "<title>", "</title>", "<b>", "</b>", "<br>", "<a:entry x=1>", "</rss>", "<channel>", "&",
     "</channel>", "<![CDATA[", "]]>", "<!--", "-->", "<link ", "<", ">", '"', "'", "<?a", "?>", "&lt;", "&#0;", "x",
     "<!DOCTYPE a>", "</", "/>", "=", " "]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(words, max_size=30).map("".join))
def test_what_is_written_is_well_formed(text: str) -> None:
    parse_strictly(balance(f'<rss xmlns:a="urn:a">{text}').encode())
