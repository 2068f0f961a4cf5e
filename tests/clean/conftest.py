"""What the tests of the room clean share."""

from collections.abc import Callable

import pytest

from broadsheet.clean import clean_entry
from broadsheet.model import CleanEntry, ParsedEntry

LINK = "https://news.example/2026/11/story.html"


@pytest.fixture
def clean() -> Callable[..., CleanEntry]:
    """Clean one body of HTML that stands under `LINK`."""

    def cleaned(content: str, title: str = "题目", **fields: object) -> CleanEntry:
        given: dict[str, object] = {"link": LINK, "title": title, "content": content, **fields}
        return clean_entry(ParsedEntry(**given))  # type: ignore[arg-type]

    return cleaned
