"""Reported moves: golden cases, and the example of every row of the lexicon."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.conftest import DAY, Annotate, company

from broadsheet.annotate import NameBook, annotate_post
from broadsheet.annotate.tables import rows
from broadsheet.model import CompanyBook, MoveReport

CASES = [
    line.partition("\t")
    for line in (Path(__file__).parents[1] / "golden" / "moves.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
EXAMPLES = [row for row in rows("moves_zh") if len(row) == 5]
NAMES = NameBook(
    CompanyBook(
        companies=tuple(
            company(f"c{code}", f"{name}公司", f"60000{code}.SH") for code, name in enumerate("甲乙丙丁戊己")
        )
    )
)
WORDS = [
    "玉兔科技",
    "股价",
    "涨",
    "跌超",
    "近",
    "5%",
    "1.2万美元",
    "报",
    "收",
    "一度",
    "涨停",
    "、",
    "等",
    "个股",
    "沪指",
    "，",
    "。",
    "盘前",
]


def said(move: MoveReport) -> str:
    """Write a move on one line."""
    value = "-" if move.value is None else f"{move.value:g}"
    return f"{move.direction} {value} {move.operator} {move.statistic} {move.session}"


@pytest.mark.parametrize(("text", "_", "expected"), CASES, ids=[text for text, _, _ in CASES])
def test_a_move_is_found_as_the_text_says(annotate: Annotate, text: str, _: str, expected: str) -> None:
    moves = annotate(text.replace("\\n", "\n")).moves
    assert "; ".join(f"{move.instrument}: {said(move)}" for move in moves) == expected


@pytest.mark.parametrize("row", EXAMPLES, ids=[f"{row[0]}: {row[3]}" for row in EXAMPLES])
def test_the_example_of_each_row_shows_what_it_says(row: tuple[str, ...]) -> None:
    moves = annotate_post(row[3], "zh", DAY, NAMES).moves
    assert row[4] in [said(move) for move in moves]


def test_each_move_of_a_list_has_its_own_security(annotate: Annotate) -> None:
    moves = annotate("玉兔科技、白鹤股份涨超5%。").moves
    assert [(move.security, move.surface, move.unit) for move in moves] == [
        ("600901.SH", "涨超5%", "%"),
        ("000902.SZ", "涨超5%", "%"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("玉兔科技H股跌1.1%，A股微涨0.3%。", ["0901.HK", "600901.SH"]),
        ("灯笼电子港股收跌2.3%；其美国存托凭证隔夜跌3.1%。", ["9902.HK", "LAN.US"]),
        ("灯笼电子美股跌2%，其港股跌3%，玉兔科技跌4%。", ["LAN.US", "9902.HK", "0901.HK"]),
    ],
)
def test_the_line_that_moved_is_the_one_named_beside_it(annotate: Annotate, text: str, codes: list[str]) -> None:
    assert [move.security for move in annotate(text).moves] == codes


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=3)), max_size=40).map("".join))
def test_whatever_the_text_each_surface_is_its_span(text: str) -> None:
    moves = annotate_post(text, "zh", DAY, NAMES).moves
    assert all(text[move.start : move.end] == move.surface for move in moves)


def test_every_known_wording_of_a_move_is_read_or_known_to_be_none(shared: Path) -> None:
    lines = (shared / "data/market/lexicon/moves_zh.tsv").read_text("utf-8").splitlines()[1:]
    unread = {}
    for line in lines:
        number, _, example, *_ = line.split("\t")
        if not annotate_post(f"甲公司股价{example}。", "zh", DAY, NAMES).moves:
            unread[int(number)] = example
    assert len(lines) == 55
    # A bare price has no direction; range of the day, turnover and market value are no moves.
    assert sorted(unread) == [47, 48, 49, 50]
    assert annotate_post(f"甲公司股价涨3%，{unread[47]}。", "zh", DAY, NAMES).moves[1].value == 1.98


def test_what_is_called_as_a_firm_and_opens_a_sentence_moves_itself(annotate: Annotate) -> None:
    moves = annotate("玉兔科技拟收购恒生银行。恒生银行一度涨逾30%。").moves
    assert [(move.instrument, move.security) for move in moves] == [("恒生银行", None)]
