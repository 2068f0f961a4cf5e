"""What the server says of what it cannot do."""

import logging

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient
from tests.web.conftest import Client

from broadsheet.errors import BusyError, ConfigError, FeedError, NotFoundError, StoreError
from broadsheet.web.house.answers import failed

PAGE = {"accept": "text/html"}
FAULTS = {
    "missing": NotFoundError("it", "is not there"),
    "wrong": ConfigError("address", "is no address"),
    "feed": FeedError("html", "is a page"),
    "busy": BusyError("it", "is being polled"),
    "store": StoreError("/secret/path", "is locked"),
    "bug": RuntimeError("secret"),
}


@pytest.mark.parametrize(
    ("fault", "status"),
    [("missing", 404), ("wrong", 400), ("feed", 422), ("busy", 503), ("store", 500), ("bug", 500)],
)
def test_a_fault_of_the_asking_is_told_and_one_of_ours_is_not(
    fault: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    @get("/")
    async def fail() -> None:
        raise FAULTS[fault]

    app = Litestar([fail], exception_handlers={Exception: failed}, logging_config=None)
    with TestClient(app, raise_server_exceptions=False) as client, caplog.at_level(logging.ERROR):
        answer = client.get("/")
    assert answer.status_code == status
    assert "secret" not in answer.text
    assert answer.json()["error"] == (
        str(FAULTS[fault]) if status != 500 else "something broke here; the server's log says what"
    )
    assert ("secret" in caplog.text) == (status == 500)


def test_a_page_that_is_nowhere_is_told_in_the_papers_language(client: Client) -> None:
    answer = client.get("/my/nowhere/", headers=PAGE)
    assert answer.status_code == 404
    assert "没有这一页" in answer.text
    assert "Not Found" not in answer.text


def test_a_method_that_is_not_there_is_said(client: Client) -> None:
    answer = client.put("/my/mark", headers={"sec-fetch-site": "same-origin"})
    assert (answer.status_code, answer.json()["status"]) == (405, 405)
