"""A watch hears of changes between its parties."""

import pytest
from msgspec.structs import replace
from tests.group.ledger.samples import NOON, TIES, claim, post

from broadsheet.group.ledger.keep import keep_ledger
from broadsheet.group.ledger.watch import heard
from broadsheet.model import LedgerChange, Party, Status, Watch

(ENTRY,) = keep_ledger((post("a", claim("青禾将收购远帆号", parties=("青禾", "远帆号"))),), TIES, ()).entries
NEW = LedgerChange(number=1, at=NOON, before=None, after="rumour", step=ENTRY.steps[0], entry=ENTRY)
DENIED = replace(NEW, number=2, before="rumour", after="denied")
WORD = replace(NEW, number=3, before="denied", after="denied")


def watch(*parties: Party, statuses: tuple[Status, ...] = ()) -> Watch:
    return Watch(id="w", words="", parties=parties, since=NOON, statuses=statuses)


def numbers(one: Watch) -> list[int]:
    return [change.number for change in heard(one, (NEW, DENIED, WORD), TIES)]


@pytest.mark.parametrize(
    ("parties", "hears"),
    [
        ((Party("青禾", "qinghe"),), True),
        ((Party("青禾集团", "qinghe-group"), Party("远帆")), True),
        ((Party("青禾", "qinghe"), Party("海川", "haichuan")), False),
        ((Party("山城"),), False),
    ],
)
def test_all_its_parties_must_be_parties_of_the_claim(parties: tuple[Party, ...], *, hears: bool) -> None:
    assert numbers(watch(*parties)) == ([1, 2, 3] if hears else [])


def test_statuses_narrow_it_to_changes_into_them() -> None:
    qinghe = Party("青禾", "qinghe")
    assert numbers(watch(qinghe, statuses=("denied",))) == [2]
    assert numbers(watch(qinghe, statuses=("rumour", "denied"))) == [1, 2]


def test_what_came_before_it_is_not_heard() -> None:
    later = replace(watch(Party("青禾", "qinghe")), since=NOON.replace(hour=13))
    assert numbers(later) == []
