"""The deck is short, whole and says something new."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.clean.summary import shorten, summarise

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


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=600))
def test_a_deck_is_never_longer_than_two_hundred_code_points(text: str) -> None:
    assert len(summarise("", "题", text)) <= 200
