"""What lists and headings show of the findings of a story: where it stands, and what its shares did."""

from msgspec import Struct

from broadsheet.model import LedgerEntry, StoryRef
from broadsheet.publish.claims import Standing, entries_in, standing_of
from broadsheet.publish.moves import Quote, Said, quotes_of, said_of
from broadsheet.publish.press import Press


class Found(Struct, frozen=True, kw_only=True):
    """All that was found of a story: its claims in order, where it stands by the first, its moves and its quotes."""

    entries: tuple[LedgerEntry, ...]
    standing: Standing | None
    said: tuple[Said, ...]
    quotes: tuple[Quote, ...]


def found_of(press: Press, story: StoryRef) -> Found | None:
    """Read what was found of a story; None where that is nothing."""
    record = press.record
    if record is None:
        return None
    refs = record.findings.refs
    told = [post for post in story.posts if post in refs]
    if story.id not in record.claims_in and not told:
        return None
    entries = entries_in(record, story)
    facts = record.findings.shelf.facts.of(told)
    said = said_of(record, press.edition.shelf.cards([post for post in told if post in facts]), facts)
    return Found(
        entries=tuple(entries),
        standing=standing_of(entries),
        said=tuple(said),
        quotes=tuple(quotes_of(record, story, said)),
    )
