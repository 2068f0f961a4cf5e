"""The application as a whole."""

import asyncio
from typing import Any

from httpx import ASGITransport, AsyncClient
from tests.web.conftest import Client

from broadsheet.config import Config
from broadsheet.web import create_app


def test_it_describes_itself(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Broadsheet"


def test_there_is_no_page_from_elsewhere_to_show_the_description(client: Client) -> None:
    assert client.get("/api/swagger").status_code == 404


async def test_a_page_is_answered_without_tasks(paper: Config) -> None:
    app: Any = create_app(paper)
    made = []

    def make(loop: Any, work: Any, **how: Any) -> Any:
        made.append(work)
        return asyncio.Task(work, loop=loop, **how)

    asyncio.get_running_loop().set_task_factory(make)
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://127.0.0.1:8080") as client:
        assert (await client.get("/")).status_code == 200
    app.state.house.desk.close()
    assert made == []
