"""Claims as people ask for them."""

from datetime import timedelta

from tests.cli.facts.test_claims import DENIED, TALKS
from tests.group.ledger.samples import NOON

from broadsheet.model import LedgerChanges
from broadsheet.pipeline.stories.claims import find_claims
from broadsheet.store import Store


def test_claims_are_narrowed_by_company_by_what_is_open_and_by_silence(store: Store) -> None:
    store.ledger.keep(LedgerChanges(entries=(TALKS, DENIED)), NOON)
    assert {one.id for one in find_claims(store)} == {TALKS.id, DENIED.id}
    assert [one.id for one in find_claims(store, open_only=True)] == [TALKS.id]
    assert [one.id for one in find_claims(store, "小米 北汽")] == [TALKS.id]
    assert [one.id for one in find_claims(store, "北汽", open_only=True)] == [TALKS.id]
    assert find_claims(store, "北汽", before=NOON - timedelta(days=1)) == []
    assert find_claims(store, "没有这家") == []
    assert len(find_claims(store, "北汽", limit=1)) == 1
