"""Moves of prices as somebody reported them, held against what the shares did."""

from broadsheet.market.check import check_move

__all__ = ["check_move"]
