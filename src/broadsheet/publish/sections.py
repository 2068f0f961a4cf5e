"""The tree of sections, from the section paths of the feeds."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec import Struct

from broadsheet.model import Feed
from broadsheet.publish.addresses import name_segments

DEPTH = 8


class Section(Struct, frozen=True, kw_only=True):
    """One section: `name` as its owner wrote it, `feeds` are those at it or below.

    `folder` is where it lives, with a closing "/"; `href` is the same, percent-encoded.
    """

    name: str
    names: tuple[str, ...]
    folder: str
    href: str
    feeds: tuple[str, ...]
    children: "tuple[Section, ...]" = ()


def section_tree(feeds: Iterable[Feed], unfiled: str) -> tuple[Section, ...]:
    """Arrange feeds into sections, each level in the order its first feed was added.

    Feeds without a section share one named `unfiled`, the last; what lies deeper than `DEPTH` is listed there.
    """
    ordered = sorted(feeds, key=lambda feed: (_path_of(feed, unfiled) == (unfiled,), feed.added_at, feed.id))
    return _level([(_path_of(feed, unfiled), feed.id) for feed in ordered], (), "")


def walk(sections: Iterable[Section]) -> Iterator[Section]:
    """Visit every section, parents before children."""
    for section in sections:
        yield section
        yield from walk(section.children)


def trails(sections: Iterable[Section]) -> dict[str, tuple[Section, ...]]:
    """Map each feed's id to its sections, outermost first."""
    found: dict[str, tuple[Section, ...]] = {}
    for section in walk(sections):
        for feed in section.feeds:
            found[feed] = (*found.get(feed, ()), section)
    return found


def _path_of(feed: Feed, unfiled: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in feed.section if name.strip())
    return names[:DEPTH] or (unfiled,)


def _level(feeds: list[tuple[tuple[str, ...], str]], above: tuple[str, ...], folder: str) -> tuple[Section, ...]:
    depth = len(above)
    groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for path, feed in feeds:
        if len(path) > depth:
            groups.setdefault(path[depth], []).append((path, feed))
    segments = name_segments(groups, top=not above)
    return tuple(_section(group, (*above, name), f"{folder}{segments[name]}/") for name, group in groups.items())


def _section(feeds: list[tuple[tuple[str, ...], str]], names: tuple[str, ...], folder: str) -> Section:
    return Section(
        name=names[-1],
        names=names,
        folder=folder,
        href=quote(folder),
        feeds=tuple(feed for _, feed in feeds),
        children=_level(feeds, names, folder),
    )
