"""How text is read for the index and for questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.store.fold import fold, split, words


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("小米汽车", ["小", "米", "汽", "车"]),
        ("小米15 Pro发布", ["小", "米", "15", "pro", "发", "布"]),
        ("ＩＰＨＯＮＥ　１６", ["iphone", "16"]),
        ("《流浪地球》“开机”", ["流", "浪", "地", "球", "开", "机"]),
        ("小米。汽车", ["小", "米", "。", "汽", "车"]),
        ("小米，汽车；好", ["小", "米", "。", "汽", "车", "。", "好"]),
        ("第一行\n第二行", ["第", "一", "行", "。", "第", "二", "行"]),
        ("Straße CAFÉ Zürich", ["strasse", "cafe", "zurich"]),
        ("cafe\u0301", ["cafe"]),
        ("Ёлка Ελλάδα", ["елка", "ελλαδα"]),
        ("ｶﾞンダム が か\u3099", ["ガ", "ン", "ダ", "ム", "が", "が"]),
        ("삼성전자는", ["삼", "성", "전", "자", "는"]),
        ("สวัสดี", ["ส", "ว", "\u0e31", "ส", "ด", "\u0e35"]),
        ("हिन्दी।", [*"हिन्दी।"]),
        ("e-mail@x.org 3.5%", ["e", "mail", "x", "org", "3", "5"]),
        ("小米🚗汽车™", ["小", "米", "汽", "车", "tm"]),
        ("\U00030edd𠮷", ["\U00030edd", "𠮷"]),
        ("a\x00b\x7fc", ["a", "b", "c"]),
        ("snake_case", ["snake", "case"]),
        ("\ud800", []),
        ("", []),
    ],
)
def test_text_is_read_as_words(text: str, read: list[str]) -> None:
    assert words(text) == read


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=())))
def test_the_index_sees_the_words_that_a_question_sees(text: str) -> None:
    """The tokens of FTS5's `ascii` are the runs of letters, digits and everything beyond ASCII."""
    spaced = split(fold(text))
    seen = "".join(char if char.isalnum() or not char.isascii() else " " for char in spaced).split(" ")
    assert [word for word in seen if word] == words(text)


@settings(max_examples=150)
@given(st.text())
def test_folding_what_is_folded_changes_no_word(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)
