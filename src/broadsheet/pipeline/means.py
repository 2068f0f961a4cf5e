"""What an update works with."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from broadsheet.config import Config
from broadsheet.fetch import Client, Pace, open_client
from broadsheet.model import FullTextRule, Limits, Policy, Push
from broadsheet.version import VERSION

if TYPE_CHECKING:
    from broadsheet.pipeline.workers.pool import Workers

Clock = Callable[[], datetime]
Connect = Callable[[Limits, int, int], AbstractAsyncContextManager[Client]]
NewLoop = Callable[[], asyncio.AbstractEventLoop]
OpenWorkers = Callable[[int], AbstractAsyncContextManager["Workers"]]


@dataclass(frozen=True, kw_only=True)
class Means:
    """What an update works with: `connections` at one time in all and to one host, `workers` (0: one a processor).

    `rsshub` are the addresses of RSSHub instances, the best first, `pushes` the hubs that tell of feeds' news, by
    feed. `connect` opens the client and `new_loop` makes the event loop (None: the usual one): a whole paper can be
    run in a time and a web of its own. `open_workers` opens so many worker processes (None: new ones), and
    `seats` are those of a client that several runs share (None: each has its own `connections`). `fulltext` says when
    the pages of articles are asked for, at most `pages` in one run and of `page_bytes` each.
    """

    limits: Limits
    policy: Policy
    pace: Pace
    clock: Clock
    connections: int = 50
    per_host: int = 2
    workers: int = 0
    rsshub: tuple[str, ...] = ()
    pushes: Mapping[str, Push] = field(default_factory=dict)
    connect: Connect = open_client
    new_loop: NewLoop | None = None
    open_workers: OpenWorkers | None = None
    seats: asyncio.Semaphore | None = None
    fulltext: FullTextRule = field(default_factory=FullTextRule)
    pages: int = 100
    page_bytes: int = 5 * 1024 * 1024


def means_of(config: Config, clock: Clock) -> Means:
    """What an update works with, as a paper's configuration asks for it."""
    chosen = config.fetch
    return Means(
        limits=config.limits(VERSION),
        policy=Policy(floor_s=chosen.interval),
        pace=Pace(per_host=chosen.per_host, spacing_s=chosen.host_spacing),
        clock=clock,
        connections=chosen.connections,
        per_host=chosen.per_host,
        workers=config.update.workers,
        rsshub=chosen.rsshub,
        fulltext=config.full_text_rule(),
        pages=config.fulltext.pages,
        page_bytes=config.fulltext.max_bytes,
    )
