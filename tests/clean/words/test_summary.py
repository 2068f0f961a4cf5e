"""The deck is short, whole and says something new."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.clean.dom import parse
from broadsheet.clean.words.summary import running_text, shorten, summarise

TITLE = "星桥汽车拟收购远山电池"
TEXT = "星桥汽车称正在谈判。价格未定。"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("", TEXT),
        ("两家公司都没有否认。", "两家公司都没有否认。"),
        ("星桥汽车称正在谈判。", TEXT),
        ("星桥汽车称，正在谈判……", TEXT),
        ("……", "……"),
        (TITLE, TEXT),
        (f"{TITLE}：两家都没有否认。", "两家都没有否认。"),
        (f"【{TITLE}】两家都没有否认。", "两家都没有否认。"),
        (f"{TITLE}案已获批准。", f"{TITLE}案已获批准。"),
    ],
)
def test_the_feeds_own_summary_counts_where_it_says_more(own: str, expected: str) -> None:
    assert summarise(own, TITLE, TEXT) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>小标题</h2><p>甲。</p><figure><img><figcaption>图注</figcaption></figure><p>乙。</p>", "甲。乙。"),
        ("<table><tr><td><p>格</p></td></tr></table><pre>码</pre><p>甲。</p>", "甲。"),
        ("<blockquote><p>甲说：“好。”</p></blockquote><p>乙<br>丙，<br>丁</p>", "甲说：“好。”乙 丙，丁"),
        ("<p>One  line.\nStill one.</p><p>“Two.”</p><p>Three.</p>", "One line. Still one. “Two.” Three."),
        ("<p>甲。</p><ul><li>乙</li></ul>", "甲。"),
        ("<h2>小标题</h2><ul><li>甲</li><li><p>乙</p></li></ul><dl><dt>丙</dt><dd>丁</dd></dl>", "甲 乙 丙 丁"),
        ("<h2>小标题</h2>", ""),
        ("<p>" + "甲" * 500 + "</p><p>乙</p>", "甲" * 500),
    ],
)
def test_the_running_text_is_of_paragraphs_else_of_lists(body: str, expected: str) -> None:
    assert running_text(parse(body)) == expected


def test_a_long_text_ends_behind_a_sentence() -> None:
    text = "甲" * 99 + "。" + "乙" * 90 + "。”" + "丙" * 99
    assert shorten(text) == text[:192]


def test_closing_quotes_stay_with_their_sentence() -> None:
    text = "“" + "甲" * 150 + "。”" + "乙" * 99
    assert shorten(text) == text[:153]


def test_without_a_sentence_the_text_ends_behind_a_pause() -> None:
    assert shorten("甲" * 150 + "，" + "乙" * 99) == "甲" * 150 + "…"


def test_without_a_pause_no_word_is_cut() -> None:
    assert shorten("甲" * 190 + "Broadsheet2026" + "乙" * 20) == "甲" * 190 + "…"
    assert shorten("x" * 300) == "x" * 199 + "…"
    assert shorten("甲" * 197 + "👩\u200d💻" + "乙" * 20) == "甲" * 197 + "…"
    assert shorten("甲" * 198 + "e\u0301" + "乙" * 20) == "甲" * 198 + "…"


@settings(max_examples=100)
@given(st.text(max_size=600))
def test_a_deck_is_never_longer_than_two_hundred_code_points(text: str) -> None:
    assert len(summarise("", "题", text)) <= 200
