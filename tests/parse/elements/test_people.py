"""Authors in one line."""

import pytest

from broadsheet.model import Person
from broadsheet.parse.elements.people import parse_person


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("张伟", Person(name="张伟")),
        ("me@a.example", Person(email="me@a.example")),
        ("me@a.example (Jane Doe)", Person(name="Jane Doe", email="me@a.example")),
        ("Jane Doe (me@a.example)", Person(name="Jane Doe", email="me@a.example")),
        ("Jane Doe <me@a.example>", Person(name="Jane Doe", email="me@a.example")),
        ("mailto:me@a.example", Person(email="me@a.example")),
        ("<b>Jane</b> &amp; Co", Person(name="Jane & Co")),
        ("  ", None),
    ],
)
def test_a_line_names_a_person(line: str, person: Person | None) -> None:
    assert parse_person(line) == person
