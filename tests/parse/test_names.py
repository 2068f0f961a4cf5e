"""One spelling for every name."""

import pytest

from broadsheet.parse.names import Dispatch, canonical


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("pubDate", "pubdate"),
        ("{http://www.w3.org/2005/Atom}title", "title"),
        ("{HTTP://PURL.ORG/DC/ELEMENTS/1.1/}Creator", "dc:creator"),
        ("{http://search.yahoo.com/mrss}content", "media:content"),
        ("{urn:odd}title", "?:title"),
        (object(), ""),
    ],
)
def test_a_tag_has_one_spelling(tag: object, name: str) -> None:
    assert canonical(tag) == name


def test_an_unknown_namespace_may_be_the_documents_own() -> None:
    assert canonical("{urn:odd}title", "urn:odd") == "title"


def test_a_dispatch_names_each_tag_once() -> None:
    table = Dispatch({"dc:creator": 1}, "")
    assert table["{http://purl.org/dc/elements/1.1/}creator"] == 1
    assert table["unknown"] is None
    assert len(table) == 2
