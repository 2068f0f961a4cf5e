"""The tree of sections, from the section paths of the feeds."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from msgspec import Struct

from broadsheet.model import Feed
from broadsheet.publish.addresses import name_segments

DEPTH = 8


class Section(Struct, frozen=True, kw_only=True):
    """One section: `name` as its owner wrote it, `folder` ends with "/", `feeds` are those at it or below."""

    name: str
    names: tuple[str, ...]
    folder: str
    feeds: tuple[str, ...]
    children: "tuple[Section, ...]" = ()

    @property
    def href(self) -> str:
        """The section's address inside the site, percent-encoded."""
        return quote(self.folder)


def section_tree(feeds: Iterable[Feed], unfiled: str) -> tuple[Section, ...]:
    """Arrange feeds into sections, each level in the order its first feed was added.

    Feeds without a section share one named `unfiled`; what lies deeper than `DEPTH` is listed at that depth.
    """
    ordered = sorted(feeds, key=lambda feed: (feed.added_at, feed.id))
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
    return tuple(
        Section(
            name=name,
            names=(*above, name),
            folder=f"{folder}{segments[name]}/",
            feeds=tuple(feed for _, feed in group),
            children=_level(group, (*above, name), f"{folder}{segments[name]}/"),
        )
        for name, group in groups.items()
    )
