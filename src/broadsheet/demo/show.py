"""The demo: found a paper, poll the sample feeds over HTTP at noon and at six, publish both times."""

import asyncio
import shutil
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from aiohttp.abc import AbstractResolver, ResolveResult
from msgspec import Struct

from broadsheet.config import FILE_NAME, Config, load, sample
from broadsheet.demo.sample import MOMENTS, State, companies, prices, subscriptions
from broadsheet.demo.server import FeedServer, serve_feeds
from broadsheet.errors import ConfigError
from broadsheet.fetch import Pace, open_client
from broadsheet.model import Feed, Policy, WriteReport, feed_id
from broadsheet.pipeline.build import build
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.pipeline.facts.prices import keep_prices
from broadsheet.pipeline.fulltext import read_full_texts
from broadsheet.pipeline.images import archive_images
from broadsheet.pipeline.means import Clock, Means
from broadsheet.pipeline.report import (
    FactsReport,
    FullTextReport,
    ImagesReport,
    LedgerReport,
    StoriesReport,
    UpdateReport,
)
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.pipeline.stories.ledger import follow_claims
from broadsheet.pipeline.update import update
from broadsheet.store import Archive, Store, drop_store, is_store, on_server, open_store
from broadsheet.version import VERSION

MARK = ".broadsheet-demo"
NAMES = "https://sample.example/"
"""What the feeds' ids are made from, so that posts keep their addresses whatever port serves the feeds."""

PLATES = "http://plates.example/img/"
"""Where the feeds say that their pictures are, whatever port serves them: only this paper finds that host."""


class PlatesResolver(AbstractResolver):
    """Finds every host at the sample feed server."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        """Answer with the server's address and its port."""
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=self._port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing is open."""


class Edition(Struct, frozen=True, kw_only=True):
    """One of the two editions: what was polled, read, kept, found, joined into stories, followed, and published."""

    state: State
    polled: UpdateReport
    articles: FullTextReport
    images: ImagesReport
    facts: FactsReport
    stories: StoriesReport
    claims: LedgerReport
    built: WriteReport


class Shown(Struct, frozen=True, kw_only=True):
    """What the demo made: the paper in `folder`, its site, both editions, and each feed with its number of posts."""

    folder: str
    site: str
    editions: tuple[Edition, ...]
    feeds: tuple[tuple[Feed, int], ...]


def show(folder: Path, port: int, url: str | None = None) -> Shown:
    """Make the sample paper afresh in `folder`; its site is meant for `port` on this machine.

    `url` is the address of a store on PostgreSQL; without one, the store is a file in the folder.

    Raises:
        ConfigError: the folder or the store holds something that is not an earlier demo.
        StoreError: the store cannot be made.
    """
    if url:
        _clear_store(url)
    config = _found(folder, port, {"store": url} if url else {})
    with _feed_server(PLATES) as server, open_store(config.store_url, create=True) as store:
        store.set_meta(MARK, VERSION)
        feeds = _follow(store, server.address)
        store.companies.keep(companies(), "companies.toml", MOMENTS["morning"])
        keep_prices(store, [("prices.csv", prices())])
        editions = []
        for state in ("morning", "evening"):
            server.show(state)
            editions.append(_edition(store, config, state, [feed.id for feed in feeds], server.address))
        kept = tuple((feed, len(store.refs(feed.id))) for feed in store.feeds())
    return Shown(folder=str(folder), site=str(config.site_folder), editions=tuple(editions), feeds=kept)


def _clear_store(url: str) -> None:
    """Take an earlier demo's store away."""
    if not on_server(url):
        raise ConfigError("--store", f"{url!r} is not on PostgreSQL; the demo keeps a file of its own in its folder")
    if not is_store(url):
        return
    with open_store(url) as store:
        if store.meta(MARK) is None:
            raise ConfigError(
                "--store", f"{store.name} holds a paper that is no demo; name another place, as in ?schema=demo"
            )
    drop_store(url)


def _found(folder: Path, port: int, kept: Mapping[str, str]) -> Config:
    """Make the paper's folder, in place of an earlier demo's."""
    try:
        _clear(folder)
        address = f"http://127.0.0.1:{port}/"
        chosen = sample({"paper.address": address, "fetch.allow": ["127.0.0.0/8"], **kept})
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


def _edition(store: Store, config: Config, state: State, ids: list[str], server: str) -> Edition:
    clock = _clock(MOMENTS[state])
    means = Means(
        limits=config.limits(VERSION),
        policy=Policy(),
        pace=Pace(per_host=config.fetch.per_host, spacing_s=0),
        clock=clock,
        connect=partial(open_client, resolver=PlatesResolver(urlsplit(server).port or 0)),
    )
    archive = Archive(config.images_folder)
    polled = update(store, means, ids)
    articles = read_full_texts(store, means)
    images = archive_images(store, archive, means, config.image_bounds())
    facts = annotate_new(store, ZoneInfo(config.paper.zone))
    stories = group_new(store, MOMENTS[state])
    claims = follow_claims(store, MOMENTS[state])
    built = build(store, config.as_paper(), config.site_folder, MOMENTS[state], archive)
    return Edition(
        state=state,
        polled=polled,
        articles=articles,
        images=images,
        facts=facts,
        stories=stories,
        claims=claims,
        built=built,
    )


def _clock(start: datetime) -> Clock:
    """A clock that runs as fast as ours, from the moment of the edition."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


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
