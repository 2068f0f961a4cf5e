"""Moves of prices that a text reports."""
