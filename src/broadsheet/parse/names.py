"""Feeds call one thing by many names: namespaces and tags are brought to one spelling here."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")


def load_table(name: str) -> dict[str, str]:
    """Read a two-column table of this room: tab-separated, UTF-8, lines beginning with "#" are comments."""
    text = (files("broadsheet.parse") / "tables" / name).read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def _key(uri: str) -> str:
    """Write a namespace without what its writers vary: case, the scheme, a last "/" or "#"."""
    return uri.lower().rstrip("/#").removeprefix("https://").removeprefix("http://")


_PREFIXES: Final = {_key(uri): prefix.strip("-") for uri, prefix in load_table("namespaces.tsv").items()}

DECLARATIONS: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
"""The namespace that a prefix means where a document uses it undeclared."""


@lru_cache(maxsize=4096)
def canonical(tag: object, own: str = "") -> str:
    """Name an element in one spelling: "pubdate", "dc:creator", "?:title" for a title of an unknown namespace.

    `tag` is an lxml tag in Clark notation, `own` the namespace that this document uses for the format's own words.
    Case is lowered: feeds in the wild write `<TITLE>` and `<pubdate>`.
    """
    if not isinstance(tag, str):
        return ""
    uri, brace, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    if not brace:
        return local.lower()
    prefix = "" if uri == own else _PREFIXES.get(_key(uri), "?")
    return f"{prefix}:{local.lower()}" if prefix else local.lower()


class Dispatch(dict[object, Value | None], Generic[Value]):
    """What a table of canonical names holds for each tag of one document; a tag is named once, at its first use."""

    def __init__(self, table: Mapping[str, Value], own: str) -> None:
        super().__init__()
        self._table = table
        self._own = own

    def __missing__(self, tag: object) -> Value | None:
        found = self[tag] = self._table.get(canonical(tag, self._own))
        return found
