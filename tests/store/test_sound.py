"""Lone surrogates cost one character each."""

from broadsheet.store.sound import sound, sound_text


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert sound_text("a\ud800b\udfff") == "a\ufffdb\ufffd"


def test_whole_characters_stay() -> None:
    assert sound_text("小米\U0001f697\x00") == "小米\U0001f697\x00"


def test_plain_values_are_mended_wherever_text_is() -> None:
    assert sound({"a\ud800": ["\ud800", ("x", 1, None)]}) == {"a\ufffd": ["\ufffd", ["x", 1, None]]}
