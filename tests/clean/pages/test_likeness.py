"""How much of one text another says too."""

import pytest

from broadsheet.clean.pages.likeness import share_said


@pytest.mark.parametrize(
    ("short", "whole", "share"),
    [
        ("水厂通水", "昨天水厂通水了", 1.0),
        ("水厂通水", "水厂停水", 1 / 3),
        ("Ferries, electrified!", "the FERRIES will be electrified", 1.0),
        ("Ferries electrified", "the buses", 0.0),
        ("the and of", "nothing alike", 1.0),
        ("", "", 1.0),
        ("水", "火", 1.0),
    ],
)
def test_the_share_counts_words_and_pairs_of_characters(short: str, whole: str, share: float) -> None:
    assert share_said(short, whole) == pytest.approx(share)
