"""The words of moves."""

from broadsheet.annotate.moves.expressions import find_expressions


def test_no_expression_lies_within_another_and_numbers_go_first() -> None:
    text = "盘中一度涨停，涨幅扩大至12%"
    assert [found.words for found in find_expressions(text, 0, 6)] == ["盘中一度涨停"]
    assert [found.words for found in find_expressions(text, 7, len(text))] == ["涨幅扩大至12%"]
    assert list(find_expressions("平静", 0, 2)) == []
