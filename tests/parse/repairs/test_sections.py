"""What is markup and what must not be touched."""

import pytest

from broadsheet.parse.repairs.sections import has_bad_comment, outside_cdata, sections, without_comments


def test_a_text_is_cut_into_its_kinds() -> None:
    text = "a<![CDATA[<!-- b -->]]]]>c<!-- <![CDATA[ - -->d<!-- e"
    assert list(sections(text)) == [
        ("text", "a"), ("cdata", "<![CDATA[<!-- b -->]]]]>"), ("text", "c"), ("comment", "<!-- <![CDATA[ - -->"),
        ("text", "d"), ("comment", "<!-- e"),
    ]  # fmt: skip


def test_a_repair_leaves_cdata_and_comments_alone() -> None:
    assert outside_cdata(str.upper)("a<![CDATA[b]]><!--c-->d") == "A<![CDATA[b]]><!--c-->D"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ab", "ab"),
        ("a<!-- x -->b", "ab"),
        ("a<!-- x", "a"),
        ("a<!-- <item>x</item> -->b", "a<!-- <item>x</item> -->b".replace("<!-- <item>x</item> -->", "")),
        ("<item>a<!-- x -></item><item>b<!-- y --></item>", "<item>a x -></item><item>b</item>"),
        ("<item>a<!-- x</item><item>b</item>", "<item>a x</item><item>b</item>"),
    ],
)
def test_a_comment_goes_and_takes_no_entry_along(text: str, rest: str) -> None:
    assert without_comments(text) == rest


@pytest.mark.parametrize(
    ("text", "bad"), [("<!-- a -->", False), ("<!-- a -- b -->", True), ("<!-- a", True), ("<![CDATA[<!--]]>", False)]
)
def test_a_comment_that_xml_forbids_is_known(text: str, bad: bool) -> None:
    assert has_bad_comment(text) is bad
