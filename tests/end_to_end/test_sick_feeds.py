"""One update over every fault a feed can have: each is named, none costs another feed anything."""

import time

import pytest
from msgspec import Struct
from tests.end_to_end.conftest import Done, Press
from tests.end_to_end.faults import DOCUMENTS, MIB, REDIRECTS, STREAMS, Faults

DEADLINE = 15  # seconds that a feed has; the one that drips would take 100
SICK = {
    "/words": "a plain text came instead of a feed",
    "/page": "a web page came instead of a feed",
    "/empty": "empty",
    "/nowhere": "404",
    "/huge": "bytes",
    "/bomb": "bytes",
    "/drip": "did not answer in time",
    "/short": "",
    "/loop": "redirects more than 5 times",
    "/circle": "redirects in a circle",
    "/private": "fetch.allow",
    "/inside": "fetch.allow",
    "/file": "only http:// and https://",
    "/picture": "",
}
MENDED = {"/charset": 2, "/line": 2, "/cut": 2, "/byte": 2, "/laughs": 1, "/deep": 0}
WELL = ["/well1", "/well2", "/well3"]


class Night(Struct):
    """One update, and what it left."""

    update: Done
    failed: dict[str, str]
    feeds: dict[str, dict[str, object]]
    posts: dict[str, list[str]]
    seconds: float


@pytest.fixture(scope="module")
def night(faults: Faults, tmp_path_factory: pytest.TempPathFactory) -> Night:
    press = Press(tmp_path_factory.mktemp("night") / "paper", timeout=DEADLINE)
    press.follow([faults.address + path for path in (*SICK, *MENDED, *WELL)])
    began = time.monotonic()
    update = press.measure("update", "--json")
    seconds = time.monotonic() - began
    feeds = {one["address"].removeprefix(faults.address): one for one in press.run("status", "--json").json}
    posts = {
        path: sorted(card["title"] for card in press.run("show", "feed", feeds[path]["id"], "--json").json["posts"])
        for path in (*MENDED, *WELL, "/drip")
    }
    failed = {one["address"].removeprefix(faults.address): one["failure"]["message"] for one in update.json["failed"]}
    return Night(update, failed, feeds, posts, seconds)


def test_every_fault_has_its_case() -> None:
    assert DOCUMENTS.keys() | STREAMS.keys() | REDIRECTS.keys() <= SICK.keys() | MENDED.keys()


def test_the_update_ends_with_1_and_without_a_traceback(night: Night) -> None:
    assert (night.update.code, night.update.err) == (1, "")
    assert night.update.json["polled"] == len(SICK) + len(MENDED) + len(WELL)
    assert night.failed.keys() == SICK.keys()


@pytest.mark.parametrize("path", SICK)
def test_a_sick_feed_says_what_ails_it(night: Night, path: str) -> None:
    assert SICK[path] in night.failed[path]
    assert len(night.failed[path]) > 10


@pytest.mark.parametrize("path", WELL)
def test_a_well_feed_brings_its_posts(night: Night, path: str) -> None:
    assert night.posts[path] == sorted(["乙电池", f"{path[5:]}号甲车企公告"])


@pytest.mark.parametrize("path", MENDED)
def test_a_mended_feed_brings_every_entry_and_says_what_was_mended(night: Night, path: str) -> None:
    state = night.feeds[path]["state"]
    assert isinstance(state, dict)
    assert len(night.posts[path]) == MENDED[path]
    assert state["repairs"]


def test_a_wrong_charset_costs_nothing(night: Night) -> None:
    assert night.posts["/charset"] == ["乙电池", "甲车企公告"]


def test_a_bad_byte_costs_one_character(night: Night) -> None:
    assert night.posts["/byte"] == ["甲车企公告", "�电池"]


def test_a_bad_line_costs_its_line(night: Night) -> None:
    assert night.posts["/line"] == ["乙电池", "甲车企公告"]


def test_a_body_without_end_is_left_at_the_limit(night: Night, faults: Faults) -> None:
    assert faults.sent["/huge"] < 30 * MIB


def test_memory_and_time_stay_bounded(night: Night) -> None:
    assert 0 < night.update.peak_kib < 200 * 1024
    assert night.seconds < 3 * DEADLINE


def test_a_private_address_is_never_asked(press: Press, faults: Faults) -> None:
    (press.folder / "broadsheet.toml").write_text("[fetch]\nhost_spacing = 0\n", "utf-8")
    before = len(faults.asked)
    addresses = [faults.address + "/well1", "http://169.254.169.254/x", "http://10.0.0.1/x", "http://[::1]/x"]
    press.follow(addresses)
    done = press.run("update", "--json")
    assert done.code == 1
    assert sorted(one["address"] for one in done.json["failed"]) == sorted(addresses)
    assert all("fetch.allow" in one["failure"]["message"] for one in done.json["failed"])
    assert len(faults.asked) == before
