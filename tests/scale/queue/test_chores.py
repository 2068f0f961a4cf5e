"""What keeps the paper up to date beside polls, each as a job that others know of."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Outlet, follow_all, rss
from tests.scale.queue.test_duties import names

from broadsheet.config import Config, FetchOptions
from broadsheet.model import Subscription
from broadsheet.pipeline.means import Means, means_of
from broadsheet.pipeline.subscriptions.follow import follow
from broadsheet.scale.queue.chores import Chores
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.life import Life
from broadsheet.store import Store


@pytest.fixture
def config(paper: str, tmp_path: Path) -> Config:
    return replace(Config(), store=paper, folder=tmp_path, fetch=FetchOptions(allow=("127.0.0.0/8",)))


@pytest.fixture
def means(config: Config, life: Life) -> Means:
    return means_of(config, life.clock)


@pytest.fixture
def chores(config: Config, means: Means, life: Life) -> Chores:
    return Chores(config, life, means)


def test_new_posts_are_looked_through_and_then_published(
    chores: Chores, means: Means, store: Store, outlet: Outlet, desk: Desk, tmp_path: Path
) -> None:
    follow(store, Subscription(address=outlet.put("/a", rss(("小米洽谈收购北汽", "小米正在洽谈收购北汽。")))), means)
    assert chores.do("catch-up").endswith("claims")
    assert names(desk) == ["build", "images"]
    assert "files written" in chores.do("build")
    assert (tmp_path / "site" / "index.html").is_file()
    assert desk.rows("runs") == []


def test_pages_and_images_have_nothing_to_do_in_a_new_paper(chores: Chores, store: Store, desk: Desk) -> None:
    follow_all(store, "https://a.example/1")
    assert chores.do("pages") == "0 articles read"
    assert chores.do("images") == "0 images kept, 0 failed, 0 left"
    assert names(desk) == []


def test_images_are_left_alone_where_they_are_not_wanted(config: Config, means: Means, life: Life) -> None:
    without = replace(config, images=replace(config.images, archive=False))
    assert Chores(without, life, means).do("images") == ""
