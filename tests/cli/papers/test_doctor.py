"""A thorough look."""

from pathlib import Path

from tests.cli.conftest import Call
from tests.cli.feeds.test_following import follow
from tests.pipeline.outlet import Outlet


def test_a_sound_paper_is_said_to_be_sound(paper: Path, call: Call, feed: str) -> None:
    answer = call("doctor")
    assert answer.code == 0
    assert answer.out.startswith(f"store {paper}/broadsheet.db: sound\n  feeds: 1\n  posts: 2\n")


def test_sick_feeds_are_listed(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, f"{outlet.address}/nowhere")
    call("update")
    answer = call("doctor")
    assert answer.code == 0
    assert f"!! {outlet.address}/nowhere: the server answered 404" in answer.out
    whole = call("doctor", "--json").json
    assert list(whole) == ["problems", "sizes", "failing", "ahead", "lists", "prices", "outdated", "book"]
    assert len(whole["failing"]) == 1


def test_a_damaged_store_is_said_and_makes_the_code_1(paper: Path, call: Call, feed: str) -> None:
    store = paper / "broadsheet.db"
    body = bytearray(store.read_bytes())
    body[16384:32768] = bytes(16384)
    store.write_bytes(body)
    answer = call("doctor")
    assert answer.code == 1
    assert "sound" not in answer.out
    assert "Traceback" not in answer.err


def test_what_is_no_store_is_named(paper: Path, call: Call) -> None:
    (paper / "broadsheet.db").write_text("not a database" * 1000, "utf-8")
    answer = call("doctor")
    assert answer.code == 1
    assert answer.err.startswith(f"broadsheet: {paper}/broadsheet.db: ")
    assert "not a Broadsheet store" in answer.err


def test_an_address_is_explained_step_by_step(paper: Path, call: Call, outlet: Outlet, feed: str) -> None:
    answer = call("doctor", feed)
    assert answer.code == 0
    assert [line.split(":")[0] for line in answer.out.splitlines()] == [
        "ok  answered",
        "ok  parsed",
        "ok  repaired",
        "ok  cleaned the first entry",
    ]
    assert [list(step) for step in call("doctor", feed, "--json").json] == [["name", "well", "finding"]] * 4


def test_an_address_that_is_no_feed_makes_the_code_1(paper: Path, call: Call, outlet: Outlet) -> None:
    answer = call("doctor", outlet.put("/", "<html>x</html>", "text/html"))
    assert answer.code == 1
    assert "!!  parsed: a web page came" in answer.out
