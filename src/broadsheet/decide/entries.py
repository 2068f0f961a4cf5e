"""Which entries of a document are new, which are edited, and which the store holds already."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from broadsheet.decide.digests import differing_parts, entry_digest, entry_key, link_digest, page_digest
from broadsheet.model import Choice, KnownEntry, ParsedEntry, post_id

TOMORROWS_PAPER = timedelta(days=2)
"""How far ahead a date may lie before it is taken for a mistake."""


class Said(NamedTuple):
    """An entry as this document says it."""

    entry: ParsedEntry
    key: str
    digest: str


def choose_entries(
    feed_id: str, known: Iterable[KnownEntry], entries: Sequence[ParsedEntry], now: datetime
) -> tuple[tuple[Choice, ...], int]:
    """Pick the entries worth storing, in the document's order, and count those that are held as they are."""
    held = {entry.entry_id: entry for entry in known}
    said = _each_once(entries)
    held |= _renamed(held, said, now)
    choices: list[Choice] = []
    for one in said:
        match = held.get(one.key)
        if match is None or match.entry_digest != one.digest:
            choices.append(_choice(feed_id, match, one, now))
    return tuple(choices), len(said) - len(choices)


def published_at(entry: ParsedEntry, now: datetime) -> datetime:
    """When an entry was published, as far as it can be believed; `now` where it cannot."""
    said = (entry.published, entry.updated)
    return next((moment for moment in said if moment and moment <= now + TOMORROWS_PAPER), now)


def _choice(feed_id: str, match: KnownEntry | None, said: Said, now: datetime) -> Choice:
    published = published_at(said.entry, now)
    return Choice(
        entry=said.entry,
        entry_id=match.entry_id if match else said.key,
        post_id=match.post_id if match else post_id(feed_id, said.key, published),
        entry_digest=said.digest,
        published=published,
        reason=f"edited: {', '.join(differing_parts(match.entry_digest, said.digest))}" if match else "new",
    )


def _each_once(entries: Sequence[ParsedEntry]) -> tuple[Said, ...]:
    """Name and digest the entries; of one key the first counts, and an entry that says nothing does not."""
    shared = _shared_ids(entries)
    said: dict[str, Said] = {}
    for entry in entries:
        key = entry.link if entry.id in shared and entry.link else entry_key(entry)
        if key not in said and (digest := entry_digest(entry)):
            said[key] = Said(entry, key, digest)
    return tuple(said.values())


def _shared_ids(entries: Sequence[ParsedEntry]) -> frozenset[str | None]:
    """Find ids that name several pages and so name none; such feeds give every entry the id of the site."""
    pages = {(entry.id, entry.link) for entry in entries if entry.id and entry.link}
    uses = Counter(named for named, _ in pages)
    return frozenset(named for named, count in uses.items() if count > 1)


def _renamed(held: dict[str, KnownEntry], said: Sequence[Said], now: datetime) -> dict[str, KnownEntry]:
    """Match entries under ids never seen to entries whose ids this document no longer has, by what they say."""
    strangers = [one for one in said if one.key not in held]
    if not strangers:
        return {}
    gone = held.keys() - {one.key for one in said}
    free = {_mark(held[entry_id].entry_digest): held[entry_id] for entry_id in reversed(held) if entry_id in gone}
    shared = _shared_links(held.values(), said)
    twins = [
        (one, free[mark])
        for one in strangers
        if (mark := _mark(one.digest)) in free and link_digest(one.digest) not in shared
    ]
    restless = len(strangers) == len(said) and len(twins) > 1
    return {one.key: twin for one, twin in twins if _is_same(one.entry, twin, restless, now)}


def _mark(digest: str) -> str:
    """What stays of an entry when its id changes: its title and link, which outlive an edit, else all its words."""
    return page_digest(digest) or digest


def _shared_links(held: Iterable[KnownEntry], said: Sequence[Said]) -> frozenset[str | None]:
    """Find links that stand under several titles, or twice in this document: they lead to no entry of their own."""
    pages = {(link_digest(entry.entry_digest), _mark(entry.entry_digest)) for entry in held}
    titles = Counter(link for link, _ in pages)
    uses = Counter(link_digest(one.digest) for one in said)
    return frozenset(link for link in uses if link and (titles[link] > 1 or uses[link] > 1))


def _is_same(entry: ParsedEntry, twin: KnownEntry, restless: bool, now: datetime) -> bool:
    """Tell a renamed entry from a new one in the same words, by its day and by whether all ids have changed."""
    if entry.published is None and entry.updated is None:
        return True
    same_day = twin.post_id.startswith(f"{published_at(entry, now):%Y%m%d}-")
    return restless or same_day if entry.link else restless and same_day
