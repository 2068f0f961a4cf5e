"""What the words of a move say beside its number."""

import pytest
from tests.market.bars import move

from broadsheet.market.words import Run, manner_of, printed_step, run_of, span_of


@pytest.mark.parametrize(
    ("surface", "run"),
    [
        ("收获三连板", Run(what="limits", count=3, hits=3)),
        ("连续12个交易日涨停", Run(what="limits", count=12, hits=12)),
        ("6天5板", Run(what="count", count=6, hits=5)),
        ("十二天十板", Run(what="count", count=12, hits=10)),
        ("二十一连阳", Run(what="candles", count=21, hits=21)),
        ("连续两日上涨", Run(what="closes", count=2, hits=2)),
        ("一二三连阳", None),
        ("涨停", None),
    ],
)
def test_sessions_in_a_row(surface: str, run: Run | None) -> None:
    assert run_of(surface) == run


@pytest.mark.parametrize(
    ("surface", "span"),
    [("近20个交易日累计涨30%", 20), ("连续三日累计涨2%", 3), ("一二三个交易日涨", None), ("累计涨2%", None)],
)
def test_the_span_of_a_cumulative_move(surface: str, span: int | None) -> None:
    assert span_of(surface) == span


@pytest.mark.parametrize(
    ("surface", "value", "step"),
    [
        ("涨25%", 25, 1),
        ("连续3日涨6.59%", 6.59, 0.01),
        ("报1,250.5元", 1250.5, 0.1),
        ("涨三成", 30, 10),
        ("涨百分之三点五", 3.5, 0.1),
        ("翻倍", 2, 1),
    ],
)
def test_the_step_of_the_last_digit_printed(surface: str, value: float, step: float) -> None:
    assert printed_step(move(f"up {value} eq last", surface)) == pytest.approx(step)


def test_a_word_without_a_number_has_the_step_of_a_whole_one() -> None:
    assert printed_step(move("up - none last", "大涨")) == 1


def test_how_a_limit_was_met() -> None:
    assert [manner_of("limit", text) for text in ("涨停", "一度触及涨停", "炸板", "一字跌停")] == [
        "",
        "touched",
        "opened",
        "locked",
    ]
