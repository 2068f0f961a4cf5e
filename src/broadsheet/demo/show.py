"""The demo: found a paper, poll the sample feeds over HTTP at noon and at six, publish both times."""

import asyncio
import shutil
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from broadsheet.config import FILE_NAME, Config, load, sample
from broadsheet.demo.sample import MOMENTS, State, pictures, subscriptions
from broadsheet.demo.server import FeedServer, serve_feeds
from broadsheet.errors import ConfigError
from broadsheet.fetch import Pace
from broadsheet.model import Feed, Page, Policy, WriteReport, feed_id
from broadsheet.pipeline.build import build
from broadsheet.pipeline.means import Clock, Means
from broadsheet.pipeline.report import UpdateReport
from broadsheet.pipeline.update import update
from broadsheet.store import Store, open_store
from broadsheet.version import VERSION

MARK = ".broadsheet-demo"
NAMES = "https://sample.example/"
"""What the feeds' ids are made from, so that posts keep their addresses whatever port serves the feeds."""


class Edition(Struct, frozen=True, kw_only=True):
    """One of the two editions: what was polled and what was published."""

    state: State
    polled: UpdateReport
    built: WriteReport


class Shown(Struct, frozen=True, kw_only=True):
    """What the demo made: the paper in `folder`, its site, both editions, and each feed with its number of posts."""

    folder: str
    site: str
    editions: tuple[Edition, ...]
    feeds: tuple[tuple[Feed, int], ...]


def show(folder: Path, port: int) -> Shown:
    """Make the sample paper afresh in `folder`; its site is meant for `port` on this machine.

    Raises:
        ConfigError: the folder holds something that is not an earlier demo.
    """
    config = _found(folder, port)
    images = f"{config.as_paper().address}pictures/"
    with _feed_server(images) as server, open_store(config.store_url, create=True) as store:
        feeds = _follow(store, server.address)
        editions = []
        for state in ("morning", "evening"):
            server.show(state)
            editions.append(_edition(store, config, state, [feed.id for feed in feeds]))
        kept = tuple((feed, len(store.refs(feed.id))) for feed in store.feeds())
    return Shown(folder=str(folder), site=str(config.site_folder), editions=tuple(editions), feeds=kept)


def _found(folder: Path, port: int) -> Config:
    """Make the paper's folder, in place of an earlier demo's."""
    try:
        _clear(folder)
        address = f"http://127.0.0.1:{port}/"
        chosen = sample({"paper.address": address, "fetch.allow": ["127.0.0.0/8"]})
        (folder / FILE_NAME).write_text(chosen, "utf-8")
    except OSError as error:
        raise ConfigError(str(folder), f"cannot be used: {error.strerror}; name another folder with --out") from error
    return load(folder, {})


def _clear(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise ConfigError(str(folder), "is not empty and not an earlier demo; name another folder with --out")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()


def _follow(store: Store, base: str) -> list[Feed]:
    feeds = [
        Feed(
            id=feed_id(NAMES + wanted.address.removeprefix(base)),
            address=wanted.address,
            section=wanted.section,
            name=wanted.name,
            added_at=MOMENTS["morning"],
        )
        for wanted in subscriptions(base)
    ]
    for feed in feeds:
        store.add_feed(feed)
    return feeds


def _edition(store: Store, config: Config, state: State, ids: list[str]) -> Edition:
    clock = _clock(MOMENTS[state])
    means = Means(
        limits=config.limits(VERSION),
        policy=Policy(),
        pace=Pace(per_host=config.fetch.per_host, spacing_s=0),
        clock=clock,
    )
    polled = update(store, means, ids)
    built = build(store, config.as_paper(), config.site_folder, MOMENTS[state], _picture_pages())
    return Edition(state=state, polled=polled, built=built)


def _clock(start: datetime) -> Clock:
    """A clock that runs as fast as ours, from the moment of the edition."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


def _picture_pages() -> Iterable[Page]:
    for name, body in pictures().items():
        digest = blake2b(body, digest_size=16).hexdigest()
        yield Page(path=f"pictures/{name}", digest=digest, render=partial(bytes, body))


@contextmanager
def _feed_server(images: str) -> Iterator[FeedServer]:
    """Run the sample feed server beside this thread."""
    ready: list[FeedServer] = []
    started, ended = threading.Event(), threading.Event()

    async def serve() -> None:
        async with serve_feeds(images) as server:
            ready.append(server)
            started.set()
            await asyncio.to_thread(ended.wait)

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    started.wait()
    try:
        yield ready[0]
    finally:
        ended.set()
        thread.join()
