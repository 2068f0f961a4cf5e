"""When a move was measured."""

import pytest

from broadsheet.annotate.moves.timing import default_statistic


@pytest.mark.parametrize(
    ("title", "statistic"),
    [("A股收评：普涨", "close"), ("午评：分化", "noon"), ("开评：高开", "open"), ("快讯", "last")],
)
def test_the_title_of_a_review_tells_the_time(title: str, statistic: str) -> None:
    assert default_statistic(title) == statistic
