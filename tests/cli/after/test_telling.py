"""Webhooks of watches are told at the end of an update."""

import json
import socket
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from tests.cli.conftest import Call
from tests.cli.facts.test_claims import TALKS
from tests.pipeline.outlet import Outlet

from broadsheet.model import LedgerChanges
from broadsheet.store import open_store


def news(paper: Path) -> None:
    now = datetime.now(UTC)
    with open_store(str(paper / "broadsheet.db")) as store:
        store.ledger.keep(LedgerChanges(entries=(replace(TALKS, steps=(replace(TALKS.steps[0], at=now),)),)), now)


def test_an_update_tells_a_webhook_once_and_says_so(paper: Path, call: Call, outlet: Outlet) -> None:
    call("watch", "add", "小米", "--webhook", outlet.address + "/hook")
    news(paper)
    assert "1 changes told to webhooks" in call("update").out
    assert "webhooks" not in call("update").out
    (body,) = outlet.posted
    assert json.loads(body)["text"] == "小米集团、北汽集团：新说法：洽谈中"


def test_a_webhook_that_is_not_there_is_no_failure_of_the_update(paper: Path, call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    call("watch", "add", "小米", "--webhook", f"http://127.0.0.1:{nobody}/hook")
    news(paper)
    answer = call("update")
    assert (answer.code, "0 changes told to webhooks, 1 failed" in answer.out) == (0, True)


def test_without_webhooks_nothing_is_said(paper: Path, call: Call) -> None:
    call("watch", "add", "小米")
    news(paper)
    assert "webhooks" not in call("update").out
    assert "webhooks" not in call("run", "--once").out
