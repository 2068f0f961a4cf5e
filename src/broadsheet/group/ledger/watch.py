"""What a watch hears of: changes of claims between its parties, into the statuses that it waits for."""

from collections.abc import Iterable, Iterator

from broadsheet.group.ledger.match import Kin
from broadsheet.group.ledger.told import party_key
from broadsheet.group.texts.normalise import fold
from broadsheet.model import CompanyTie, LedgerChange, LedgerEntry, Party, Watch


def heard(watch: Watch, changes: Iterable[LedgerChange], ties: Iterable[CompanyTie]) -> Iterator[LedgerChange]:
    """Choose the changes that a watch hears of, in their order; `ties` say which companies are one body."""
    kin = Kin(ties)
    for change in changes:
        moved = change.before != change.after
        wanted = not watch.statuses or (moved and change.after in watch.statuses)
        if wanted and change.at >= watch.since and concerns(watch, change.entry, kin):
            yield change


def concerns(watch: Watch, entry: LedgerEntry, kin: Kin) -> bool:
    """Whether every party of a watch is one of a claim, or of one body with one."""
    return all(any(_is_one(wanted, party, kin) for party in entry.parties) for wanted in watch.parties)


def _is_one(wanted: Party, party: Party, kin: Kin) -> bool:
    if wanted.company_id is None:
        return fold(wanted.name) in fold(party.name)
    return kin.akin(wanted.company_id, party_key(party))
