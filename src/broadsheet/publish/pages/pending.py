"""What nothing has settled yet: the open claims that the front page lists, and who was asked and did not answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from broadsheet.model import OPEN_STATUSES, LedgerEntry, LedgerRef
from broadsheet.publish.findings.claims import Asked, asked_of
from broadsheet.publish.findings.record import Record
from broadsheet.publish.press import Press

CANDIDATES = 40
MOST_OPEN = 5
MOST_SILENT = 4
HEARD_OF = timedelta(days=7)
"""A claim of which nothing was told for longer leaves the front page; its companies' pages keep it."""


class Pending(Struct, frozen=True, kw_only=True):
    """Open claims, each with the days since it was first said, of `count` in all; and who was asked in vain."""

    claims: tuple[tuple[LedgerEntry, int], ...] = ()
    count: int = 0
    silent: tuple[Asked, ...] = ()


def open_claims(press: Press) -> list[LedgerRef]:
    """Choose the open claims told of lately in stories; of too many, those of the stories most reported on."""
    record, now = press.record, press.edition.made_at
    if record is None:
        return []
    reports = {story.id: story.reports for story in press.edition.stories}
    live = [claim for claim in _open(record) if now - HEARD_OF <= claim.last_at <= now and claim.stories]
    live.sort(key=lambda claim: (max(reports.get(story, 0) for story in claim.stories), claim.last_at), reverse=True)
    return live[:CANDIDATES]


def _open(record: Record) -> Iterator[LedgerRef]:
    return (claim for claim in record.findings.ledger if claim.status in OPEN_STATUSES)


def pending_inputs(press: Press, claims: Sequence[LedgerRef]) -> Iterator[str]:
    """List, for a digest, all that is shown of these claims."""
    if press.record is not None:
        yield str(sum(1 for _ in _open(press.record)))
        yield from press.record.claimed(claims)


def pending_of(press: Press, claims: Sequence[LedgerRef], day: date) -> Pending:
    """Read claims and list one of each story, those with the most independent sources first.

    Days are counted by the calendar of the paper, until `day`.
    """
    record = press.record
    if record is None:
        return Pending()
    entries = _in_order(record.findings.shelf.ledger.entries([claim.id for claim in claims]), claims)
    listed = _one_of_a_story(sorted(entries, key=lambda entry: len(entry.roots), reverse=True))
    silent = [one for one in asked_of(record, entries) if one.answer == "no_reply"]
    return Pending(
        claims=tuple((entry, (day - press.theme.almanac.day_of(entry.first_at)).days) for entry in listed),
        count=sum(1 for _ in _open(record)),
        silent=tuple(silent[:MOST_SILENT]),
    )


def _in_order(entries: Sequence[LedgerEntry], claims: Sequence[LedgerRef]) -> list[LedgerEntry]:
    found: Mapping[str, LedgerEntry] = {entry.id: entry for entry in entries}
    return [found[claim.id] for claim in claims if claim.id in found]


def _one_of_a_story(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    chosen: dict[str, LedgerEntry] = {}
    for entry in entries:
        chosen.setdefault(entry.stories[0], entry)
    return list(chosen.values())[:MOST_OPEN]
