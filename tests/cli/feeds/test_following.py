"""Following, polling and looking after feeds."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.cli.conftest import Call
from tests.cli.test_lazy_imports import forget_the_schedule
from tests.pipeline.outlet import Outlet, rss

from broadsheet.model import Clock, Failure, Notice
from broadsheet.store import open_store

PAGE = "<html><head>{}</head><body>x</body></html>"
LINK = "<link rel=alternate type=application/atom+xml title={0} href=/{0}>"
REPORT_KEYS = [
    "due",
    "polled",
    "not_modified",
    "unchanged",
    "changed",
    "failed",
    "new",
    "edited",
    "trivial",
    "facts",
    "stories",
    "claims",
]


def follow(call: Call, *addresses: str) -> None:
    """Subscribe without asking."""
    outlines = "".join(f"<outline text='{address}' xmlUrl='{address}'/>" for address in addresses)
    opml = f"<opml version='2.0'><body>{outlines}</body></opml>"
    assert call("import", "opml", "-", stdin=opml.encode()).code == 0


# add


def test_add_follows_a_feed_and_says_what_it_brought(paper: Path, call: Call, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一"), ("乙", "二")))
    answer = call("add", address, "--section", "新媒体 / 科技/", "--name", "我的")
    assert (answer.code, answer.out, answer.err) == (0, "following 我的: 2 posts\n", "")
    (feed,) = call("status", "--json").json
    assert (feed["section"], feed["name"]) == (["新媒体", "科技"], "我的")


def test_add_again_says_that_it_is_followed(call: Call, outlet: Outlet, feed: str) -> None:
    answer = call("add", feed)
    assert answer.code == 0
    assert answer.out.startswith("样刊 is followed already, as feed ")
    assert [path for path, _ in outlet.asked] == ["/feed"]


def test_add_of_a_page_with_several_feeds_lists_them(paper: Path, call: Call, outlet: Outlet) -> None:
    address = outlet.put("/", PAGE.format(LINK.format("a") + LINK.format("b")), "text/html")
    answer = call("add", address)
    assert answer.code == 2
    assert answer.out.splitlines() == [
        f"{address} offers several feeds; add the one you want:",
        f"  {outlet.address}/a  a",
        f"  {outlet.address}/b  b",
    ]
    offered = call("add", address, "--json")
    assert (offered.code, offered.json["feed"]) == (2, None)
    assert [offer["address"] for offer in offered.json["offers"]] == [f"{outlet.address}/a", f"{outlet.address}/b"]


def test_add_json_tells_the_feed_and_what_was_stored(paper: Path, call: Call, outlet: Outlet) -> None:
    answer = call("add", outlet.put("/feed", rss(("甲", "一"))), "--json")
    assert list(answer.json) == ["feed", "known", "stored", "offers"]
    assert answer.json["stored"] == {"new": 1, "edited": 0, "trivial": 0}


@pytest.mark.parametrize(
    ("address", "code", "words"),
    [
        ("paper.example/feed", 2, "can be asked; perhaps https://paper.example/feed\n"),
        ("", 2, "only http:// and https://"),
        ("http://10.0.0.1/feed", 1, "fetch.allow"),
        ("http://127.0.0.1:1/feed", 1, "no connection could be made"),
        ("http://nobody.invalid/feed", 1, "host name"),
    ],
)
def test_add_of_an_address_that_gives_nothing_names_it(
    paper: Path, call: Call, address: str, code: int, words: str
) -> None:
    answer = call("add", address)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith(f"broadsheet: {address or 'ADDRESS'}: ")
    assert words in answer.err
    assert call("status", "--json").json == []


def test_add_of_a_page_without_feeds_says_so(paper: Path, call: Call, outlet: Outlet) -> None:
    answer = call("add", outlet.put("/", PAGE, "text/html"))
    assert answer.code == 2
    assert answer.err.startswith(f"broadsheet: {outlet.address}/: this web page names no feed")


# update


def test_update_counts_what_it_did(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, outlet.put("/a", rss(("甲", "一"))), outlet.put("/b", rss(("乙", "二"), ("丙", "三"))))
    answer = call("update")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "2 feeds polled: 2 changed, 0 unchanged, 0 failed; 3 posts new, 0 edited\n"
    assert call("update").out.startswith("no feed is due before 20")


def test_update_without_feeds_says_how_to_follow_one(paper: Path, call: Call) -> None:
    answer = call("update")
    assert (answer.code, answer.out) == (0, "no feeds are followed yet; `broadsheet add ADDRESS` follows one\n")


def test_a_failing_feed_makes_the_code_1_and_costs_the_other_nothing(paper: Path, call: Call, outlet: Outlet) -> None:
    sick = outlet.put("/sick", "nothing", "text/plain")
    follow(call, sick, outlet.put("/well", rss(("甲", "一"))))
    answer = call("update")
    assert answer.code == 1
    assert "1 changed, 0 unchanged, 1 failed; 1 post new" in answer.out
    assert answer.err.startswith(f"{sick}: a plain text came instead of a feed")


def test_many_failures_are_cut_to_a_screenful(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, *(f"{outlet.address}/{number}" for number in range(23)))
    answer = call("update", "--quiet")
    assert (answer.code, answer.out) == (1, "")
    lines = answer.err.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "and 3 more; `broadsheet status` shows every feed"


def test_update_json_is_the_report(paper: Path, call: Call, outlet: Outlet) -> None:
    follow(call, f"{outlet.address}/nowhere")
    answer = call("update", "--json")
    assert (answer.code, answer.err) == (1, "")
    assert list(answer.json) == REPORT_KEYS
    (failed,) = answer.json["failed"]
    assert list(failed) == ["feed_id", "label", "address", "failure"]
    assert failed["failure"]["status"] == 404


def test_update_of_named_feeds_asks_those_alone_by_id_or_address(call: Call, outlet: Outlet, feed: str) -> None:
    follow(call, outlet.put("/other", rss(("丙", "三"))))
    forget_the_schedule(call, feed)
    assert call("update", feed).out.startswith("1 feed polled: 0 changed, 1 unchanged")
    other = next(one["id"] for one in call("status", "--json").json if one["address"].endswith("/other"))
    assert "1 post new" in call("update", other).out


def test_update_all_asks_every_feed_again_with_validators(call: Call, outlet: Outlet, feed: str) -> None:
    answer = call("update", "--all")
    assert (answer.code, answer.out[:44]) == (0, "1 feed polled: 0 changed, 1 unchanged, 0 fai")
    assert "if-none-match" in outlet.asked[-1][1]


def test_update_by_hand_a_moment_later_leaves_a_stranger_alone(call: Call, paper: Path, feed: str) -> None:
    with open_store(str(paper / "broadsheet.db")) as store:
        store.save_feed(replace(store.feed(feed), address="https://stranger.invalid/feed"))
    answer = call("update", "--all")
    assert answer.code == 0
    assert "1 left alone: asked a moment ago" in answer.out


def test_update_of_an_unknown_feed_names_it(paper: Path, call: Call) -> None:
    answer = call("update", "nosuch")
    assert (answer.code, answer.err) == (
        2,
        "broadsheet: nosuch: no feed has this id or address; `broadsheet status` lists them\n",
    )


def test_on_a_terminal_progress_is_drawn_and_wiped(
    paper: Path, call: Call, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(call, outlet.put("/a", rss(("甲", "一"))))
    monkeypatch.setattr("_pytest.capture.CaptureIO.isatty", lambda _: True, raising=False)
    answer = call("update")
    assert answer.code == 0
    assert "1 feed polled" in answer.out


# status


def test_status_of_an_empty_paper_says_how_to_go_on(paper: Path, call: Call) -> None:
    assert "broadsheet add ADDRESS" in call("status").out
    assert call("status", "--json").json == []


def test_status_shows_the_health_of_every_feed(paper: Path, call: Call, outlet: Outlet) -> None:
    call("add", outlet.put("/repaired", rss(("甲", "一"), title="AT&T")))
    call("add", outlet.put("/well", rss(("乙", "二"), title="好")))
    follow(call, f"{outlet.address}/sick")
    call("update")
    follow(call, f"{outlet.address}/never")
    lines = call("status").out.splitlines()
    health = {line.split()[0].rpartition("/")[2]: line for line in lines if "  " in line.strip()}
    assert "! repaired: bare-ampersand" in health["AT&T"]
    assert health["好"].rstrip().endswith("ok")
    assert "!! the server answered 404" in health["sick"]
    assert "(1 time)" in health["sick"]
    assert health["never"].rstrip().endswith("active")


def test_status_json_holds_every_feed_whole(call: Call, feed: str) -> None:
    (one,) = call("status", "--json").json
    assert (one["address"], one["title"], one["section"]) == (feed, "样刊", ["科技", "样刊"])
    assert one["state"]["last_status"] == 200
    assert one["state"]["next_due"].endswith("Z")


# health


def test_status_and_doctor_say_that_dates_are_put_right(paper: Path, call: Call, feed: str) -> None:
    clock = Clock(ahead_s=28_800, zone="Asia/Shanghai", since=datetime(2026, 11, 23, tzinfo=UTC))
    with open_store(str(paper / "broadsheet.db")) as store:
        (followed,) = store.feeds()
        store.save_feed(replace(followed, state=replace(followed.state, clock=clock, repairs=("bare-ampersand",))))
    words = "it writes the time of Asia/Shanghai and calls it UTC; its dates, 8 h ahead, are put right"
    assert f"! 样刊: {words}\n" in call("doctor").out
    assert f"! {words}; repaired: bare-ampersand" in " ".join(call("status").out.split())


def test_status_says_what_to_do_about_a_feed_that_fails(paper: Path, call: Call, feed: str) -> None:
    missing = Notice(code="missing", values={"failures": 5, "wait_s": 604_800})
    failure = Failure(reason="http-404", message="the server answered 404", at=datetime(2026, 11, 23, tzinfo=UTC))
    with open_store(str(paper / "broadsheet.db")) as store:
        (followed,) = store.feeds()
        state = replace(followed.state, failures=5, failure=failure, advice=missing)
        store.save_feed(replace(followed, state=state))
    said = " ".join(call("status").out.split())
    assert "!! the server answered 404 (5 times); not found 5 times in a row, asked again after 7 d: look for" in said
