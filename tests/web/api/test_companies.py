"""Companies by the API."""

from tests.cli.facts.test_claims import TALKS
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.model import LedgerChanges
from broadsheet.store import Store


def test_companies_are_found_by_name_and_code(api: Api) -> None:
    assert [one["id"] for one in api.read("companies?q=小米")] == ["xiaomi"]
    assert [one["id"] for one in api.read("companies?q=1810.HK")] == ["xiaomi"]
    assert api.read("companies?q=没有这家") == []
    api.read("companies?q=", 400)


def test_a_company_is_told_with_its_ties_and_claims(api: Api, store: Store) -> None:
    store.ledger.keep(LedgerChanges(entries=(TALKS,)), NOW)
    told = api.read("companies/baic-group")
    assert told["company"]["names"][0]["text"] == "北汽集团"
    assert all("baic-group" in (tie["company"], tie["other"]) for tie in told["ties"])
    assert [claim["id"] for claim in told["claims"]] == [TALKS.id]
    assert (told["posts"], told["sources"]) == ([], {})
    api.read("companies/none-such", 404)
