"""What was found of a story: where it stands, and what its shares did; and the dossier that its page shows of it."""

from collections.abc import Mapping

from msgspec import Struct

from broadsheet.model import LedgerEntry, Post, StoryRef
from broadsheet.publish.findings.claims import Standing, asked_of, entries_in, past_of, standing_of, told_of
from broadsheet.publish.findings.moves import Checks, Quote, Said, checks_of, moves_of, quotes_of, said_of
from broadsheet.publish.press import Press


class Found(Struct, frozen=True, kw_only=True):
    """All that was found of a story: its claims in order, where it stands by the first, its moves and its quotes."""

    entries: tuple[LedgerEntry, ...]
    standing: Standing | None
    said: tuple[Said, ...]
    quotes: tuple[Quote, ...]

    @property
    def checks(self) -> Checks | None:
        """The moves that stand beside a headline, each with its check."""
        return checks_of(self.said)

    @property
    def unchecked(self) -> tuple[Quote, ...]:
        """What the other shares did."""
        checked = {one.move.security for one in self.checks.said} if self.checks else set()
        return tuple(quote for quote in self.quotes if quote.security not in checked)


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


def dossier_of(press: Press, found: Found | None, posts: Mapping[str, Post]) -> Mapping[str, object]:
    """Lay out what was found for `dossier.html`: claims, who was asked about them, and moves; `posts` are at hand."""
    if press.record is None or found is None:
        return {"found": None, "claims": (), "claim_count": 0, "asked": (), "moves": None, "past": ()}
    return {
        "found": found,
        "claims": told_of(found.entries, posts),
        "claim_count": len(found.entries),
        "asked": asked_of(press.record, found.entries),
        "moves": moves_of(press.record, found.said),
        "past": past_of(found.entries),
    }
