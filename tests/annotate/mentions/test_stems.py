"""What is left of a name once it has been said."""

from tests.annotate.conftest import company

from broadsheet.annotate.mentions.stems import stems_of


def test_the_word_for_a_trade_is_left_off_unless_the_rest_is_an_ordinary_word() -> None:
    assert stems_of(company("a", "立讯精密 立讯科技")) == ("立讯",)
    assert stems_of(company("b", "东方电子 长名字科技 甲乙丙丁")) == ()
