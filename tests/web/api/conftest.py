"""The API as the pages' own script asks it, on this machine without a password."""

from typing import Any

import pytest
from msgspec import Struct
from tests.web.conftest import Client, csrf_of


class Api(Struct, frozen=True):
    """Someone who asks the API."""

    client: Client
    headers: dict[str, str]

    def read(self, path: str, status: int = 200) -> Any:
        """Ask for JSON, which must come."""
        answer = self.client.get(f"/api/{path}", headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    def send(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        """Send JSON; returns what comes back, or None."""
        answer = self.client.request(method, f"/api/{path}", headers=self.headers, json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
def publishings(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that the paper would have been published."""
    times: list[str] = []

    async def publish() -> None:
        times.append("now")

    monkeypatch.setattr(client.app.state.house.jobs, "publish", publish)
    return times


@pytest.fixture
def api(client: Client, publishings: list[str]) -> Api:
    return Api(client, {"x-csrf-token": csrf_of(client), "sec-fetch-site": "same-origin"})
