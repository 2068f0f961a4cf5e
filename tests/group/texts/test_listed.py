"""The data files of the room."""

import pytest

from broadsheet.group.texts.listed import read_lines


@pytest.mark.parametrize("name", ["common.txt", "labels.txt", "simplified.txt", "terms.txt", "taught-shared.txt"])
def test_lines_are_read_without_comments_and_empty_ones(name: str) -> None:
    lines = list(read_lines(name))
    assert lines
    assert not [line for line in lines if not line or line.startswith("#")]
