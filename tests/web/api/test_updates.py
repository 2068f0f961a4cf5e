"""Updates by the API."""

import pytest
from tests.web.api.conftest import Api

from broadsheet.errors import ConfigError
from broadsheet.web.house.jobs import Job


def test_an_update_is_started_and_watched(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    assert api.read("update") == {"running": False, "code": None, "lines": []}
    jobs = api.client.app.state.house.jobs

    async def start(name: str, arguments: list[str]) -> Job:
        if jobs._job:
            raise ConfigError(name, "update is still running: wait for its end")
        jobs._job = Job(name=name, lines=("甲",))
        return jobs._job  # type: ignore[no-any-return]

    monkeypatch.setattr(jobs, "start", start)
    assert api.send("POST", "update", status=202) == {"running": True, "code": None, "lines": ["甲"]}
    assert "still running" in api.send("POST", "update", status=409)["error"]
    assert api.read("update")["running"] is True
    jobs._job = Job(name="update", code=0)
    assert api.read("update") == {"running": False, "code": 0, "lines": []}
