"""Watches by the API."""

from msgspec.structs import replace
from tests.cli.facts.test_claims import TALKS
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.model import LedgerChanges
from broadsheet.store import Store


def test_a_watch_is_set_listed_and_forgotten(api: Api, publishings: list[str]) -> None:
    wanted = {"words": "小米 北汽", "statuses": ["denied"], "webhook": "https://me:key@a.example/", "secret": "s"}
    made = api.send("POST", "watches", wanted, 201)
    assert [party["company"] for party in made["parties"]] == ["xiaomi", "baic-group"]
    assert (made["webhook"], made["signed"], made["statuses"]) == ("https://a.example/", True, ["denied"])
    assert api.read("watches") == [made]
    assert api.read(f"watches/{made['id']}") == {"watch": made, "changes": []}
    assert api.send("DELETE", f"watches/{made['id']}", status=204) is None
    assert (api.read("watches"), len(publishings)) == ([], 2)
    api.read(f"watches/{made['id']}", 404)
    assert "/api/watches" in api.send("DELETE", f"watches/{made['id']}", status=404)["error"]


def test_wrong_use_is_said(api: Api) -> None:
    api.send("POST", "watches", {"words": "小米", "statuses": ["perhaps"]}, 400)
    api.send("POST", "watches", {"words": "小米", "webhook": "ftp://a.example/"}, 400)
    api.send("POST", "watches", {"words": "小米", "webhook": "http://"}, 422)
    api.send("POST", "watches", {"words": " "}, 400)
    assert api.read("watches") == []


def test_what_it_heard_is_told(api: Api, store: Store) -> None:
    made = api.send("POST", "watches", {"words": "小米"}, 201)
    news = replace(TALKS, steps=(replace(TALKS.steps[0], at=NOW),))
    store.ledger.keep(LedgerChanges(entries=(news,)), NOW)
    heard = api.read(f"watches/{made['id']}")["changes"]
    assert [(one["status"], one["entry_id"]) for one in heard] == [("in_talks", TALKS.id)]
