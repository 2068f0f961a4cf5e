"""Claims by the API."""

import pytest
from tests.cli.facts.test_claims import DENIED, TALKS
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.model import LedgerChanges
from broadsheet.store import Store


@pytest.fixture(autouse=True)
def claims(store: Store) -> None:
    store.ledger.keep(LedgerChanges(entries=(TALKS, DENIED)), NOW)


def ids(api: Api, query: str = "") -> set[str]:
    return {one["id"] for one in api.read(f"claims{query}")}


def test_claims_are_listed_and_narrowed(api: Api) -> None:
    assert ids(api) == {TALKS.id, DENIED.id}
    assert ids(api, "?open=true") == ids(api, "?company=小米 北汽") == {TALKS.id}
    assert ids(api, "?silent=36500") == set()
    assert len(ids(api, "?limit=1")) == 1
    api.read("claims?silent=-1", 400)


def test_a_claim_is_told_with_its_steps(api: Api) -> None:
    told = api.read(f"claims/{TALKS.id}")
    assert told["parties"] == [
        {"name": "小米集团", "company": "xiaomi"},
        {"name": "北汽集团", "company": "baic-group"},
    ]
    assert (told["quote"], told["status"], told["is_open"]) == ("小米集团正洽谈合作", "in_talks", True)
    assert [step["kind"] for step in told["steps"]] == ["said"]
    assert told["why"]
    assert not {"keys", "claim"} & set(told)
    assert "/api/claims" in api.read("claims/20200101-0123456789", 404)["error"]
