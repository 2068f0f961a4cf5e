"""A host that asked to be left alone is left alone, whatever was already on its way."""

from datetime import timedelta

from tests.pipeline.outlet import START as BORN
from tests.pipeline.outlet import follow_all, rss
from tests.pipeline.simulated import virtual_means
from tests.pipeline.virtual import Time
from tests.pipeline.web import Asked, Said, Web

from broadsheet.pipeline.polling.holds import Holds
from broadsheet.pipeline.update import update
from broadsheet.store import Store

HELD = 4 * 3600


def serve(asked: Asked) -> Said:
    """One slow feed that is well, and one that is told to wait meanwhile."""
    if asked.url.path == "/slow":
        return Said(200, rss(("甲", "一")).encode(), {"ETag": '"1"'}, after=30)
    return Said(429, headers={"Retry-After": str(HELD)})


def test_an_answer_on_its_way_does_not_end_the_hold(store: Store) -> None:
    web = Web(Time(), serve)
    follow_all(store, "https://busy.example/slow", "https://busy.example/fast", "https://busy.example/third")
    assert update(store, virtual_means(web)).polled == 2
    assert [visit.path for visit in web.visits] == ["/slow", "/fast"]
    heard = web.visits[1].ended
    for _ in range(2 * HELD // 600):
        web.time.forward(600)
        update(store, virtual_means(web))
    assert min(visit.started for visit in web.visits[2:]) >= heard + HELD


def test_the_host_that_answered_is_held_not_the_one_that_sent_us_there(store: Store) -> None:
    def redirect(asked: Asked) -> Said:
        if asked.url.host == "old.example":
            return Said(302, headers={"Location": "https://busy.example/feed"})
        return Said(429)

    web = Web(Time(), redirect)
    follow_all(store, "https://old.example/a", "https://busy.example/b")
    update(store, virtual_means(web), [store.feed("https://old.example/a").id])
    assert [visit.host for visit in web.visits] == ["old.example", "busy.example"]
    assert update(store, virtual_means(web)).polled == 0


def test_the_longest_of_several_waits_counts(store: Store) -> None:
    time = Time()
    holds = Holds(store, time.now)
    holds.hold("busy.example", BORN.replace(year=2027))
    holds.hold("busy.example", BORN)
    assert holds.is_held("busy.example")
    assert not holds.is_held("other.example")


def test_a_feed_that_is_added_meanwhile_is_left_alone_too(store: Store) -> None:
    web = Web(Time(), serve)
    follow_all(store, "https://busy.example/fast")
    update(store, virtual_means(web))
    follow_all(store, "https://busy.example/new")
    for _ in range(HELD // 1200):
        web.time.forward(1000)
        assert update(store, virtual_means(web)).polled == 0
    assert len(web.visits) == 1


def test_a_hold_that_is_over_is_forgotten(store: Store) -> None:
    time = Time()
    Holds(store, time.now).hold("busy.example", time.now() + timedelta(hours=1))
    assert Holds(store, time.now).is_held("busy.example")
    time.forward(3601)
    assert not Holds(store, time.now).is_held("busy.example")
