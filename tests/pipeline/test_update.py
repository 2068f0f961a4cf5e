"""One update, whole: real HTTP on loopback, real worker processes, a real store."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Clock, Outlet, follow_all, rss

from broadsheet.pipeline.means import Means
from broadsheet.pipeline.report import UpdateReport
from broadsheet.pipeline.rework import rework
from broadsheet.pipeline.update import update
from broadsheet.store import Store


def test_a_first_update_keeps_every_post(store: Store, means: Means, outlet: Outlet) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"), ("乙", "二"))), outlet.put("/b", rss(("丙", "三"))))
    report = update(store, means)
    assert (report.polled, report.changed, report.new, report.failed) == (2, 2, 3, ())
    assert {store.post(ref.id).title for ref in store.refs()} == {"甲", "乙", "丙"}


def test_the_same_again_asks_with_validators_and_stores_nothing(
    store: Store, means: Means, outlet: Outlet, clock: Clock
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    update(store, means)
    clock.forward(days=2)
    report = update(store, means)
    assert (report.polled, report.not_modified, report.new) == (1, 1, 0)
    assert "if-none-match" in outlet.asked[-1][1]
    assert len(store.refs()) == 1


def test_nothing_is_asked_before_it_is_due(store: Store, means: Means, outlet: Outlet, clock: Clock) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    update(store, means)
    clock.forward(minutes=30)
    assert update(store, means).polled == 0
    assert len(outlet.asked) == 1


def test_by_hand_a_feed_is_asked_before_it_is_due(store: Store, means: Means, outlet: Outlet, clock: Clock) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    update(store, means)
    clock.forward(minutes=30)
    assert update(store, means, [store.feeds()[0].id]).polled == 1


def test_an_edited_entry_makes_a_revision_and_keeps_its_address(
    store: Store, means: Means, outlet: Outlet, clock: Clock
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲报道", "两家公司正在洽谈。"))))
    update(store, means)
    before = store.refs()[0]
    outlet.put("/a", rss(("甲报道", "两家公司否认洽谈。")))
    clock.forward(days=2)
    report = update(store, means)
    after = store.post(before.id)
    assert (report.edited, report.new, after.revision) == (1, 0, 2)
    assert "否认" in after.text
    assert [b"\xe6\xad\xa3\xe5\x9c\xa8" in kept.body for kept in store.revisions(before.id)] == [True, False]


TRIVIAL = {
    "white space": "<p>两家公司  正在<b>洽谈</b>。</p> \n\n <p>另有 <a href='https://paper.example/1'>一家</a></p>\n",
    "a tracker in a link": "<p>两家公司 正在<b>洽谈</b>。</p><p>另有 <a href='https://paper.example/1?utm_source=x'>一家</a></p>",
    "a tracking pixel": "<p>两家公司 正在<b>洽谈</b>。</p><p>另有 <a href='https://paper.example/1'>一家</a></p>"
    "<img src='https://count.example/p.gif' width=1 height=1>",
    "classes and styles": "<p class='x' style='color:red'>两家公司 正在<b>洽谈</b>。</p>"
    "<p>另有 <a href='https://paper.example/1' target=_blank>一家</a></p>",
    "a comment": "<p>两家公司 正在<b>洽谈</b>。<!-- made in 0.31 s --></p><p>另有 <a href='https://paper.example/1'>一家</a></p>",
    "empty paragraphs": "<p></p><p>两家公司 正在<b>洽谈</b>。</p><p>&nbsp;</p><p>另有 <a href='https://paper.example/1'>一家</a></p>",
}


@pytest.mark.parametrize("body", TRIVIAL.values(), ids=TRIVIAL)
def test_a_change_that_no_reader_sees_makes_no_revision(
    store: Store, means: Means, outlet: Outlet, clock: Clock, body: str
) -> None:
    said = "<p>两家公司 正在<b>洽谈</b>。</p><p>另有 <a href='https://paper.example/1'>一家</a></p>"
    follow_all(store, outlet.put("/a", rss(("甲报道", said))))
    update(store, means)
    outlet.put("/a", rss(("甲报道 ", body)))
    clock.forward(days=2)
    report = update(store, means)
    (ref,) = store.refs()
    assert (report.new, report.edited, report.changed) == (0, 0, 1)
    assert (store.post(ref.id).revision, len(store.versions(ref.id))) == (1, 1)


@pytest.mark.parametrize(
    ("body", "kind", "status", "reason"),
    [
        (b"", "text/xml", 200, "empty"),
        (b"<!doctype html><html><body><p>hello</p></body></html>", "text/html", 200, "html"),
        (b"plain words", "text/plain", 200, "not-a-feed"),
        (b"gone", "text/plain", 410, "http-410"),
        (b"x" * (2 << 20), "text/xml", 200, "too-large"),
    ],
)
def test_a_sick_feed_fails_by_name_and_costs_the_others_nothing(
    store: Store, means: Means, outlet: Outlet, body: bytes, kind: str, status: int, reason: str
) -> None:
    sick = outlet.put("/sick", body, kind, status)
    follow_all(store, sick, outlet.put("/well", rss(("甲", "一"))))
    report = update(store, means)
    assert (report.polled, report.new) == (2, 1)
    assert [(failed.address, failed.failure.reason) for failed in report.failed] == [(sick, reason)]
    state = store.feed(sick).state
    assert state.validators.etag is None
    assert state.failures == 1


def test_too_many_requests_leaves_the_whole_host_alone(
    store: Store, means: Means, outlet: Outlet, clock: Clock
) -> None:
    paths = [outlet.put(f"/{number}", b"slow down", "text/plain", 429) for number in range(8)]
    follow_all(store, *paths)
    update(store, means)
    assert len(outlet.asked) <= 2
    clock.forward(minutes=30)
    update(store, means)
    assert len(outlet.asked) <= 2


def test_progress_grows_to_the_report(store: Store, means: Means, outlet: Outlet) -> None:
    follow_all(store, *(outlet.put(f"/{number}", rss(("甲", str(number)))) for number in range(5)))
    told: list[UpdateReport] = []
    report = update(store, means, progress=told.append)
    assert told[-1] == report
    assert [one.polled for one in told] == sorted(one.polled for one in told)


def test_by_hand_a_stranger_is_left_alone_for_five_minutes(store: Store, means: Means, clock: Clock) -> None:
    follow_all(store, "https://stranger.invalid/feed")
    feed = store.feeds()[0]
    store.save_feed(replace(feed, state=replace(feed.state, last_polled=clock() - timedelta(minutes=4))))
    assert update(store, means, [feed.id]).polled == 0


def test_by_hand_this_machine_is_asked_again_at_once_with_validators(
    store: Store, means: Means, outlet: Outlet
) -> None:
    follow_all(store, outlet.put("/a", rss(("甲", "一"))))
    update(store, means)
    report = update(store, means, [store.feeds()[0].id])
    assert (report.polled, report.not_modified, report.new) == (1, 1, 0)
    assert "if-none-match" in outlet.asked[-1][1]


def atom(*moments: datetime) -> str:
    """A feed in Chinese that writes Beijing time and calls it UTC."""
    entries = "".join(
        f"<entry><id>{moment:%d%H}</id><title>{moment:%d%H}</title><link href='https://paper.example/{moment:%d%H}'/>"
        f"<published>{moment + timedelta(hours=8):%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<updated>{moment + timedelta(hours=8):%Y-%m-%dT%H:%M:%SZ}</updated></entry>"
        for moment in moments
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='zh'><title>样刊</title>{entries}</feed>"


def test_a_feed_whose_stamps_run_ahead_is_put_right_with_what_is_stored(
    store: Store, means: Means, outlet: Outlet, clock: Clock
) -> None:
    follow_all(store, outlet.address + "/ahead")
    said: list[datetime] = []
    names: list[set[str]] = []
    for _ in range(4):
        said.append(clock.now - timedelta(minutes=5))
        outlet.put("/ahead", atom(*said), "application/atom+xml")
        update(store, means)
        names.append({ref.id for ref in store.refs()})
        clock.forward(hours=25)
    posts = [store.post(ref.id) for ref in store.refs()]
    assert [(post.published, post.updated) for post in reversed(posts)] == [(moment, moment) for moment in said]
    assert [len(known) for known in names] == [1, 2, 3, 4]
    assert names[1] < names[2] < names[3]
    assert rework(store).changed == 2  # the digest of what is shown is made anew; nothing a reader sees is
    assert [store.post(ref.id) for ref in store.refs()] == posts
    (feed,) = store.feeds()
    assert feed.state.clock
    assert feed.state.clock.zone == "Asia/Shanghai"
