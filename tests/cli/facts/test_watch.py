"""Watches on the terminal: set, listed, shown, removed."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace
from tests.cli.conftest import Call
from tests.cli.facts.test_claims import TALKS

from broadsheet.model import LedgerChanges
from broadsheet.store import open_store


def test_a_watch_is_set_listed_and_removed(paper: Path, call: Call) -> None:
    assert call("watch", "list").out.startswith("no watches")
    answer = call(
        "watch", "add", "小米 北汽", "--status", "denied", "--webhook", "https://a.example/", "--secret", "s"
    )
    assert answer.code == 0
    assert "小米集团 + 北汽集团 → denied" in answer.out
    assert "/feed.xml" in answer.out
    (made,) = call("watch", "list", "--json").json
    assert made["parties"][0] == {"name": "小米集团", "company": "xiaomi"}
    assert (made["webhook"], made["signed"], made["statuses"]) == ("https://a.example/", True, ["denied"])
    assert "secret" not in made
    assert "小米集团 + 北汽集团" in call("watch", "list").out
    assert made["id"] in call("watch", "remove", made["id"]).out
    assert call("watch", "list", "--json").json == []
    again = call("watch", "remove", made["id"])
    assert again.code == 2
    assert "watch list" in again.err


def test_wrong_use_is_said(paper: Path, call: Call) -> None:
    wrong = call("watch", "add", "小米", "--status", "perhaps")
    assert (wrong.code, "denied" in wrong.err) == (2, True)
    assert call("watch", "add", "小米", "--webhook", "ftp://a.example/").code == 1
    assert call("watch", "add", " ").code == 2
    assert call("watch", "list", "--json").json == []


def test_what_it_heard_is_shown(paper: Path, call: Call) -> None:
    made = call("watch", "add", "小米", "--json").json
    assert call("watch", "show", made["id"]).out == "nothing yet\n"
    now = datetime.now(UTC)
    news = replace(TALKS, steps=(replace(TALKS.steps[0], at=now),))
    with open_store(str(paper / "broadsheet.db")) as store:
        store.ledger.keep(LedgerChanges(entries=(news,)), now)
    assert "小米集团、北汽集团：新说法：洽谈中" in call("watch", "show", made["id"]).out
    assert [one["status"] for one in call("watch", "show", made["id"], "--json").json] == ["in_talks"]
    assert call("watch", "show", "nothing").code == 2
