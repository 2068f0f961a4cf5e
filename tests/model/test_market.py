"""What a check tells of itself without any bars."""

from broadsheet.model import Check, MoveReport


def test_a_check_without_bars_says_no_number() -> None:
    move = MoveReport(start=0, end=3, surface="涨3%", instrument=None, direction="up", value=3.0, unit="%")
    check = Check(verdict="UNVERIFIABLE", move=move, reason="no_data")
    assert (check.measured, check.limit, check.closed_at_limit) == (None, None, False)
