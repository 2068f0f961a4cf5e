"""Lexicons are read whole, without their remarks."""

from pathlib import Path

import pytest

from broadsheet.annotate.tables import rows, words

FOLDER = Path(__file__).parents[2] / "src" / "broadsheet" / "annotate" / "lexicon"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.tsv")))
def test_remarks_are_no_rows(name: str) -> None:
    assert all(not row[0].startswith("#") for row in rows(name))


def test_words_of_a_kind_come_longest_first_and_once() -> None:
    found = words("orgs_zh", "end")
    assert [len(word) for word in found] == sorted(map(len, found), reverse=True)
    assert len(found) == len(set(found))
