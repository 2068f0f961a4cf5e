"""Small pieces of markup, dates and sizes, in both languages."""

from datetime import UTC, date, datetime

import pytest

from broadsheet.model import Paper
from broadsheet.publish.filters import headline, linked_data, percent, readable_size, text_fragment, xml_text
from broadsheet.publish.theme import load_theme

AT = datetime(2022, 8, 26, 2, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "zone", "stamp"),
    [
        ("zh-CN", "Asia/Shanghai", '<time datetime="2022-08-26T10:47+08:00">2022年8月26日 10:47</time>'),
        ("en", "Europe/London", '<time datetime="2022-08-26T03:47+01:00">26 August 2022, 03:47</time>'),
        ("fr", "UTC", '<time datetime="2022-08-26T02:47+00:00">26 August 2022, 02:47</time>'),
        ("zh-Hans", "America/New_York", '<time datetime="2022-08-25T22:47-04:00">2022年8月25日 22:47</time>'),
    ],
)
def test_moments_are_written_in_the_papers_zone_and_language(language: str, zone: str, stamp: str) -> None:
    theme = load_theme(Paper(title="p", language=language, zone=zone))
    assert theme.environment.filters["stamp"](AT) == stamp


def test_a_list_of_today_shows_hours_and_else_days() -> None:
    clock = load_theme(Paper(title="p", language="en", zone="UTC")).environment.filters["clock"]
    assert clock(AT, date(2022, 8, 26)).endswith(">02:47</time>")
    assert clock(AT, date(2022, 8, 27)).endswith(">26 August</time>")


def test_only_another_language_is_marked() -> None:
    lang = load_theme(Paper(title="p")).environment.filters["lang"]
    assert (lang("zh-CN"), lang(None), lang("")) == ("", "", "")
    assert lang("en") == ' lang="en"'
    assert lang('x" onload="') == ' lang="x&#34; onload=&#34;"'


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (41_234_567, "41 MB"),
        (4_123_456_789, "4.1 GB"),
        (5 * 10**12, "5.0 TB"),
    ],
)
def test_sizes_have_two_or_three_figures(count: int, text: str) -> None:
    assert readable_size(count) == text


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert xml_text("a\0b\x0bc\ufffed\ud800e\t\U0001f600") == "abcde\t\U0001f600"


@pytest.mark.parametrize(
    ("title", "markup"),
    [
        ("小米与北汽洽谈", "小米与北汽洽谈"),
        ("一二三四五六七八九", "一二三<wbr>四<wbr>五<wbr>六<wbr>七八九"),
        ("增22%：一二三四五六七八九", "增22%：一二三<wbr>四<wbr>五<wbr>六<wbr>七八九"),
        ("A <b> & “C”", "A &lt;b&gt; &amp; “C”"),
        ("", ""),
    ],
)
def test_headlines_break_between_phrases(title: str, markup: str) -> None:
    assert headline(title) == markup


def test_the_pages_own_language_is_marked_inside_of_another() -> None:
    ours = load_theme(Paper(title="p")).environment.filters["ours"]
    assert (ours("en"), ours("zh-CN"), ours(None)) == (' lang="zh-CN"', "", "")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0%"), (0.001, "1%"), (0.914, "91%"), (0.996, "99%"), (1, "100%")],
)
def test_a_share_is_all_or_nothing_only_where_it_truly_is(share: float, text: str) -> None:
    assert percent(share) == text


def test_descriptions_for_machines_cannot_end_their_script() -> None:
    assert linked_data({"name": "</script>"}) == '{"name":"\\u003c/script>"}'


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("涨了35%。", "涨了35%25。"),
        ("A-B, C & D", "A%2DB%2C%20C%20%26%20D"),
        ('"><script>#', "%22%3E%3Cscript%3E%23"),
        ("小米和北汽可能要坐到同一张造车的桌子前，谁也没有证实。", "小米和北汽可能要坐到同一张造车的桌子前"),
        ("The two companies talk about cars.", "The%20two%20companies"),
    ],
)
def test_a_sentence_becomes_the_end_of_an_address_that_leads_to_it(text: str, fragment: str) -> None:
    assert text_fragment(text) == fragment
