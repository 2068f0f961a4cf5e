"""Reported moves in English: golden cases, and the example of every row of the lexicon."""

from pathlib import Path

import pytest
from tests.annotate.conftest import DAY, Annotate, company
from tests.annotate.moves.test_chinese import said

from broadsheet.annotate import NameBook, annotate_post
from broadsheet.annotate.tables import rows
from broadsheet.model import CompanyBook

CASES = [
    line.partition("\t")
    for line in (Path(__file__).parents[1] / "golden" / "moves_en.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
EXAMPLES = [row for row in rows("moves_en") if len(row) == 5]


@pytest.mark.parametrize(("text", "_", "expected"), CASES, ids=[text for text, _, _ in CASES])
def test_a_move_is_found_as_the_text_says(annotate: Annotate, text: str, _: str, expected: str) -> None:
    moves = annotate(text, "en").moves
    assert "; ".join(f"{move.instrument}: {said(move)}" for move in moves) == expected


@pytest.mark.parametrize("row", EXAMPLES, ids=[f"{row[0]}: {row[3]}" for row in EXAMPLES])
def test_the_example_of_each_row_shows_what_it_says(annotate: Annotate, row: tuple[str, ...]) -> None:
    moves = [said(move) for move in annotate(row[3], "en").moves]
    assert (row[4] in moves) if row[4] != "none" else not moves


def test_the_line_that_moved_is_the_one_named_beside_it() -> None:
    twin = company("twin", "Twin", "TWN.US", "9100.HK", language="en")
    text = "Twin's Hong Kong-listed shares closed 2.4% lower while its ADRs slipped 1.1%."
    moves = annotate_post(text, "en", DAY, NameBook(CompanyBook(companies=(twin,)))).moves
    assert [move.security for move in moves] == ["9100.HK", "TWN.US"]
