"""A published paper, and the live reader in this process."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import argon2
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.store.builders import make_batch, make_feed, make_revision, minutes

from broadsheet.config import Config, load
from broadsheet.pipeline.build import build
from broadsheet.pipeline.means import Clock
from broadsheet.store import Store, open_store
from broadsheet.web import create_app
from broadsheet.web.house.house import open_house

OPTIONS = """[paper]
title = "样张"
[images]
archive = false
[fetch]
allow = ["127.0.0.0/8"]
timeout = 60
"""
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
LOCAL = {"host": "127.0.0.1:8080"}
Client = TestClient[Litestar]
Serve = Callable[..., Client]


@pytest.fixture(autouse=True)
def cheap_passwords(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords in no time, but where hashing itself is tested: what makes guessing slow makes tests slow."""
    if request.module.__name__ != "tests.web.access.test_keys":
        quick = partial(argon2.PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(argon2, "PasswordHasher", quick)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper of four posts from two feeds, published; not to be changed."""
    folder = tmp_path_factory.mktemp("paper")
    (folder / "broadsheet.toml").write_text(OPTIONS, "utf-8")
    config = load(folder, {})
    with open_store(config.store_url, create=True) as store:
        store.apply([make_batch(*(make_revision(f"entry-{number}", at=minutes(number)) for number in range(3)))])
        other = make_feed("https://other.example/feed")
        store.apply([make_batch(make_revision("entry-3", at=minutes(3)), feed=other)])
        build(store, config.as_paper(), config.site_folder, NOW)
    return folder


@pytest.fixture
def paper(published: Path, tmp_path: Path) -> Config:
    """The published paper with a store of this test's own."""
    (tmp_path / "broadsheet.toml").write_bytes((published / "broadsheet.toml").read_bytes())
    (tmp_path / "broadsheet.db").write_bytes((published / "broadsheet.db").read_bytes())
    (tmp_path / "site").symlink_to((published / "site").resolve())
    return load(tmp_path, {})


@pytest.fixture
def store(paper: Config) -> Iterator[Store]:
    """The store that the live reader works with."""
    with open_store(paper.store_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def vacant() -> list[Litestar]:
    """Applications that serve nobody now: making one takes longer than most tests, moving a house in does not."""
    return []


@pytest.fixture
def serve(paper: Config, vacant: list[Litestar]) -> Iterator[Serve]:
    """Serve the paper; what is given replaces how it is served, as `create_app` takes it."""
    opened: list[Any] = []

    def start(config: Config = paper, host: str = "127.0.0.1", clock: Clock = lambda: NOW) -> Client:
        if vacant:
            app = vacant.pop()
            app.state.house = open_house(config, host, clock)
        else:
            app = create_app(config, host, clock)
        client = TestClient(app, base_url="http://127.0.0.1:8080")
        opened.append(client)
        client.__enter__()
        client.follow_redirects = False
        return client

    yield start
    for client in opened:
        client.__exit__(None, None, None)
        vacant.append(client.app)


@pytest.fixture
def client(serve: Serve) -> Client:
    """The live reader on this machine, without a password."""
    return serve()


def csrf_of(client: Client) -> str:
    """The secret of the forms that this client is shown."""
    page = client.get("/my/starred/", headers={"accept": "text/html"}).text
    return page.partition('name="csrf-token" content="')[2].partition('"')[0]


def post(client: Client, path: str, **fields: str) -> Any:
    """Send a form as our own pages do."""
    sent = {"csrf": csrf_of(client), **fields}
    return client.post(path, data=sent, headers={"sec-fetch-site": "same-origin", "accept": "text/html"})


def shown(client: Client, path: str) -> list[str]:
    """The posts that a page shows, in its order."""
    text = client.get(path, headers={"accept": "text/html"}).text
    return [part.partition('"')[0] for part in text.split('data-post="')[1:]]
