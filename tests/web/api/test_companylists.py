"""Lists of companies by the API."""

from typing import Any

from tests.web.api.conftest import Api

LIST = "code,name\n301999.SZ,青禾科技\n"


def lay(api: Api, query: str, body: str = LIST) -> Any:
    return api.client.post(f"/api/company-lists?{query}", content=body.encode(), headers=api.headers)


def test_a_list_is_tried_and_then_kept(api: Api) -> None:
    tried = lay(api, "source=mine&dry_run=true")
    assert [one["name"] for one in tried.json()["added"]] == ["青禾科技"]
    assert api.read("company-lists") == []
    assert lay(api, "source=mine").json() == tried.json()
    kept = {"source": "mine", "imported_at": "2026-11-27T12:00:00Z", "companies": 1, "own": False}
    assert api.read("company-lists") == [kept]
    assert [one["names"][0]["text"] for one in api.read("companies?q=青禾")] == ["青禾科技"]


def test_a_list_is_taken_away_or_only_weighed(api: Api) -> None:
    lay(api, "source=mine")
    tried = api.client.delete("/api/company-lists?source=mine&dry_run=true", headers=api.headers)
    assert [one["name"] for one in tried.json()["removed"]] == ["青禾科技"]
    assert len(api.read("company-lists")) == 1
    assert api.client.delete("/api/company-lists?source=mine", headers=api.headers).json() == tried.json()
    assert api.read("company-lists") == []
    assert api.client.delete("/api/company-lists?source=mine", headers=api.headers).status_code == 404


def test_what_is_no_list_is_said(api: Api) -> None:
    answer = lay(api, "source=mine", "hello")
    assert (answer.status_code, answer.json()["error"].startswith("mine: ")) == (400, True)
    assert lay(api, "").status_code == 400
