"""Whatever a text holds, facts are found in it without an error, and each has its exact words."""

import sys
from datetime import UTC, datetime

import atheris

with atheris.instrument_imports(include=["broadsheet.annotate"]):
    from broadsheet.annotate import NameBook, annotate_post, annotations_json, curated_book

BOOK = NameBook(curated_book())
DAY = datetime(2024, 2, 29, tzinfo=UTC)
LANGUAGES = ("zh", "en")


def check(data: bytes) -> None:
    """Hold the promises of `annotate_post`; the first byte chooses the language."""
    text = data[1:].decode("utf-8", "replace")
    found = annotate_post(text, LANGUAGES[data[0] % 2] if data else "zh", DAY, BOOK)
    places = [
        (one.start, one.end, one.surface) for kind in (found.mentions, found.moves, found.dates) for one in kind
    ]
    places += [
        (one.start, one.end, one.quote) for kind in (found.claims, found.responses, found.origins) for one in kind
    ]
    assert all(text[start:end] == said for start, end, said in places), "a fact has other words than its place"
    assert annotations_json(found)["text"] == text


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
