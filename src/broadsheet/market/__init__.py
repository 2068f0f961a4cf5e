"""Moves of prices as somebody reported them, held against what the shares did; and price lists in."""

from broadsheet.market.check import check_move
from broadsheet.market.importing import read_bars
from broadsheet.market.sources import question_for, read_answer

__all__ = ["check_move", "question_for", "read_answer", "read_bars"]
