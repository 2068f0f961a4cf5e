"""Reads the sample documents as text, without the parser: what they hold must not depend on what we make of them."""

import html
import re
from collections.abc import Callable

import pytest
from msgspec import Struct

from broadsheet.demo.sample import State, documents

STATES: tuple[State, ...] = ("morning", "evening")
IMAGES = "https://plates.example/"
ENTRY = re.compile(r'<item[ >].*?</item>|<entry>.*?</entry>|^    \{\n      "id".*?^    \}', re.DOTALL | re.MULTILINE)
ID = re.compile(r'<guid[^>]*>([^<]+)|<id>([^<]+)|rdf:about="([^"]+)"|"id": "([^"]+)"')
TITLE = re.compile(r'<title[^>]*>([^<]+)|"title": "([^"]+)"')
BODIES = (
    re.compile(r"<content:encoded>(.*?)</content:encoded>", re.DOTALL),
    re.compile(r"<content [^>]*>(.*?)</content>", re.DOTALL),
    re.compile(r'"content_(?:html|text)": "(.*?)",?\n'),
    re.compile(r"<description>(.*?)</description>", re.DOTALL),
)


class Sample(Struct, frozen=True):
    file: str
    id: str
    title: str
    body: str
    source: str

    @property
    def text(self) -> str:
        """The body as a reader sees it, without its markup."""
        markup = self.body.removeprefix("<![CDATA[").removesuffix("]]>")
        return html.unescape(re.sub(r"<[^>]*>", "\n", html.unescape(markup)))


def decode(file: str, body: bytes) -> str:
    return body.decode("gb18030") if file.endswith(".rdf") else body.decode("utf-8", "replace")


def _first(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return next((group for group in found.groups() if group is not None), "") if found else ""


def _sample(file: str, source: str) -> Sample:
    body = next((body for pattern in BODIES if (body := _first(pattern, source))), "")
    return Sample(file, _first(ID, source), _first(TITLE, source), body, source)


def _entries(state: State) -> list[Sample]:
    served = documents(state, IMAGES)
    return [_sample(file, part) for file in served for part in ENTRY.findall(decode(file, served[file].body))]


@pytest.fixture(scope="session")
def entries() -> dict[State, list[Sample]]:
    """Every entry of both states, as its feed writes it."""
    return {state: _entries(state) for state in STATES}


@pytest.fixture(scope="session")
def find(entries: dict[State, list[Sample]]) -> Callable[[str], Sample]:
    """Find an entry by the end of its id; where it was edited, as it stood in the morning."""

    def by_id(end: str) -> Sample:
        return next(entry for state in STATES for entry in entries[state] if entry.id.endswith(end))

    return by_id
