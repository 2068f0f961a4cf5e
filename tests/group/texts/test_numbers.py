import pytest

from broadsheet.group.texts.numbers import days, quantities


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("净增658.9万户", 6_589_000, "户"),
        ("涨12%", 12, "%"),
        ("up 12 per cent", 12, "%"),
        ("$308.5 mln", 308.5e6, ""),
        ("1,200 people", 1200, ""),
        ("募资10亿美元", 1e9, "美元"),
    ],
)
def test_a_quantity_has_its_value_whatever_its_spelling(text: str, value: float, unit: str) -> None:
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert found.unit == unit


def test_days_names_and_small_bare_numbers_are_no_quantities() -> None:
    assert quantities("3月22日5g手机2款, a 3 at 9点") == ()


def test_a_number_agrees_with_the_same_given_more_roughly() -> None:
    (exact,), (rough,), (other,), (of_else,) = map(quantities, ("137.21%", "137%", "138%", "137元"))
    assert exact.agrees(rough)
    assert rough.agrees(exact)
    assert not exact.agrees(other)
    assert not rough.agrees(of_else)


def test_days_are_found_in_both_languages() -> None:
    assert days("3月22日讯，12月1日起") == {(3, 22), (12, 1)}
    assert days("on march 22 and dec. 1, not may 2026") == {(3, 22), (12, 1)}
    assert days("没有日期 march 22") == frozenset()
