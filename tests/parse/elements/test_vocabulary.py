"""The words of all formats."""

import pytest

from broadsheet.parse.elements.vocabulary import ENTRY, FEED

PREFIXES = {"", "content", "dc", "dcterms", "feedburner", "googleplay", "itunes", "media", "sy", "xhtml"}


@pytest.mark.parametrize("words", [ENTRY, FEED])
def test_words_are_canonical_names(words: dict[str, object]) -> None:
    assert all(word == word.lower() for word in words)
    assert {word.rpartition(":")[0] for word in words} <= PREFIXES


def test_a_description_is_a_summary_in_an_entry_and_a_subtitle_in_a_feed() -> None:
    assert ENTRY["description"] is ENTRY["summary"]
    assert FEED["description"] is not ENTRY["description"]
