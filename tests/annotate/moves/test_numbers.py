"""Numbers of moves."""

import re

import pytest

from broadsheet.annotate.moves.numbers import NUMBER, Number, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3.5%", Number(3.5, None, "%")),
        ("3%-5%", Number(3.0, 5.0, "%")),
        ("13,760.97点", Number(13760.97, None, "point")),
        ("1.1万美元", Number(11000.0, None, "price_usd")),
        ("两成", Number(20.0, None, "%")),
        ("三成半", Number(35.0, None, "%")),
        ("一成二", Number(12.0, None, "%")),
        ("十五倍", Number(15.0, None, "multiple")),
        ("二十倍", Number(20.0, None, "multiple")),
        ("二十五倍", Number(25.0, None, "multiple")),
        ("半倍", Number(0.5, None, "multiple")),
        ("一百倍", None),
        ("二三倍", None),
        ("二三十倍", None),
        ("5000韩元", None),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, number: Number | None) -> None:
    found = re.fullmatch(NUMBER, text)
    assert found
    assert read_number(found) == number
