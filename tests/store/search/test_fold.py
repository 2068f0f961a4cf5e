"""How text is read for the index and for questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from tests.store.search.variants import FILE as VARIANTS

from broadsheet.store.search.fold import fold, split, words
from broadsheet.store.search.fold import forms as fold_forms

HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x2A6E0), (0x2A700, 0x2EBE1))


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
        ("iPhone17发布 5G 15Pro", ["iphone", "17", "发", "布", "5", "g", "15", "pro"]),
        ("Ж5 ø5 5ø", ["ж5", "ø5", "5ø"]),
        (
            "1,299元 1，299 12,34 1,234,567.8 1,2999",
            ["1299", "元", "1", "。", "299", "12", "34", "1234567", "8", "1", "2999"],
        ),
        ("１,２９９", ["1299"]),
        ("臺灣後來頭髮乾燥", [*"台湾后来头发干燥"]),
        ("幹乾干 發髮发 𨥭", [*"干干干发发发𨥭"]),
        ("発売", ["発", "売"]),
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


@pytest.mark.no_cover  # the tests above cover what this one asks of every character
@pytest.mark.parametrize("config", ["t2s", "s2t", "tw2s", "s2tw", "hk2s", "s2hk"])
def test_every_character_is_read_as_its_simplified_and_traditional_forms_are(config: str) -> None:
    convert = OpenCC(config).convert
    characters = [chr(code) for start, stop in HAN for code in range(start, stop)]
    others = {char: form for char in characters if (form := convert(char)) != char}
    assert len(others) > 100
    assert [char for char, form in others.items() if fold(form) != fold(char)] == []


def test_words_of_several_readings_are_read_as_their_other_form() -> None:
    """Which form stands for 干 or 发 depends on the word around it."""
    words = "干部 干燥 干涉 头发 发现 皇后 后来 里程 这里 面条 面积 锻炼 炼钢 复杂 恢复 覆盖 台风 台湾 理发 松树 轻松"
    for config in ("s2t", "s2tw", "s2hk"):
        assert fold(OpenCC(config).convert(words)) == fold(words)


def test_a_form_is_read_as_one_alone() -> None:
    lines = [line for line in VARIANTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    forms = [form for line in lines for form in line]
    assert len(forms) == len(set(forms))
    assert all(len(line) > 1 for line in lines)


@pytest.mark.parametrize(
    ("char", "forms"), [("台", "台臺颱檯枱"), ("米", "米"), ("。", "。，、；！？\n"), ("a", "a")]
)
def test_all_forms_of_a_character_are_read_as_it(char: str, forms: str) -> None:
    assert sorted(fold_forms(char)) == sorted(forms)
    assert {fold(form) for form in forms} == {char}
