"""The one worker whom hubs reach: one of all, told of news, and asked again when its lease is nearly over."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Outlet, rss
from tests.pipeline.push.test_hubs import ask, tell, with_hub
from tests.scale.queue.test_jobs import waiting

from broadsheet.config import Config, FetchOptions, PaperOptions, WebsubOptions
from broadsheet.errors import ConfigError, StoreError
from broadsheet.model import Subscription
from broadsheet.pipeline.means import Means, means_of
from broadsheet.pipeline.push.subscribing import known_pushes
from broadsheet.pipeline.subscriptions.follow import follow
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.hearing import Hearing
from broadsheet.scale.queue.life import Life
from broadsheet.store import Store, open_store


@pytest.fixture
def config(paper: str, tmp_path: Path, free_port: int) -> Config:
    return replace(
        Config(),
        store=paper,
        folder=tmp_path,
        fetch=FetchOptions(allow=("127.0.0.0/8",)),
        paper=PaperOptions(address=f"http://127.0.0.1:{free_port}/"),
        websub=WebsubOptions(listen=f"127.0.0.1:{free_port}"),
    )


@pytest.fixture
def means(config: Config, life: Life) -> Means:
    return means_of(config, life.clock)


@pytest.fixture
def new_hearing(config: Config, place: Place, life: Life, means: Means) -> Iterator[Callable[[], Hearing]]:
    made: list[Hearing] = []

    def new() -> Hearing:
        made.append(Hearing(config, place, life, means, lambda: open_store(config.store_url)))
        return made[-1]

    yield new
    for hearing in made:
        hearing.close()


def test_one_worker_hears_and_has_polled_what_hubs_tell(
    new_hearing: Callable[[], Hearing], store: Store, outlet: Outlet, means: Means, new_desk: Callable[[], Desk]
) -> None:
    desk = new_desk()
    address = outlet.put("/a", with_hub(rss(("甲", "一")), outlet.address + "/hub"))
    feed = follow(store, Subscription(address=address), means).feed
    assert feed
    first, second = new_hearing(), new_hearing()
    assert first.hear(desk)
    assert not second.hear(new_desk())
    assert [name for name, *_ in waiting(desk)] == ["renew"]
    first.renew()
    form = {name: values[0] for name, values in parse_qs(outlet.posted[-1].decode()).items()}
    callback = form["hub.callback"]
    assert ask(callback, mode="subscribe", topic=address, challenge="c", lease_seconds="864000") == (200, "c")
    assert known_pushes(store)[feed.id].topic == address
    due = store.feed(feed.id)
    store.save_feed(replace(due, state=replace(due.state, last_polled=None)))
    assert tell(callback, form["hub.secret"], b"changed") == 202
    first.hear(desk)
    assert ("told", "polls", 10) in waiting(desk)


def test_another_hears_when_the_first_has_gone(new_hearing: Callable[[], Hearing], desk: Desk, life: Life) -> None:
    first, second = new_hearing(), new_hearing()
    assert first.hear(desk)
    first.close()
    assert second.hear(desk)
    with pytest.raises(StoreError, match="another worker hears hubs now"):
        first.renew()


def test_who_was_buried_has_to_begin_anew(new_hearing: Callable[[], Hearing], desk: Desk, life: Life) -> None:
    hearing = new_hearing()
    assert hearing.hear(desk)
    desk.rows("bury", workers=[life.worker])
    life.beat(desk)
    life.enter(desk)
    assert hearing.hear(desk)


def test_a_port_that_is_taken_is_named(new_hearing: Callable[[], Hearing], config: Config, desk: Desk) -> None:
    host, _, port = config.websub.listen.rpartition(":")
    refused = pytest.raises(ConfigError, match=r"websub.listen: cannot listen on")
    with socket.create_server((host, int(port))), refused:
        new_hearing().hear(desk)
