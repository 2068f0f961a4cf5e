"""Each stage by itself: what the pure function, the store and the pages take of the whole.

`python -m bench.stages FEEDS ENTRIES` prints the CPU seconds of each stage as JSON.
"""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from bench.feeds import WORDS, FeedFile, make_feed, render
from broadsheet.clean import clean_entry
from broadsheet.model import Batch, Edition, Feed, Known, Paper, ParsedEntry, Response, Task, feed_id
from broadsheet.parse import parse_feed
from broadsheet.pipeline.workers.process import process
from broadsheet.publish import load_theme, render_site
from broadsheet.store import Store, open_store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TYPES = {"xml": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
GROUP = 16
Made = TypeVar("Made")


def main(feeds: int, entries: int) -> dict[str, float]:
    """Time every stage once, in the order of the data's way; returns CPU seconds."""
    tasks = [_task(make_feed(number, entries)) for number in range(feeds)]
    costs: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Made]) -> Made:
        start = process_time()
        made = work()
        costs[name] = process_time() - start
        return made

    parsed = timed("parse", lambda: [entry for task in tasks for entry in _parse(task)])
    timed("clean", lambda: [clean_entry(entry, "https://news.example/") for entry in parsed])
    batches = timed("parse, decide and clean", lambda: [process(task) for task in tasks])
    with TemporaryDirectory() as folder, open_store(f"{folder}/stages.db", create=True) as store:
        timed("store, with search", lambda: _store(store, tasks, batches))
        timed("100 searches, newest 20", lambda: [store.search(_query(number)) for number in range(100)])
        timed("render every page", lambda: _render(store))
    return costs


def _task(feed: FeedFile) -> Task:
    address = f"https://news.example/{feed.name}"
    response = Response(
        address=address,
        final_address=address,
        status=200,
        headers={"content-type": TYPES[feed.name.rpartition(".")[2]], "etag": '"1"'},
        body=render(feed),
        received_at=NOW,
    )
    followed = Feed(id=feed_id(address), address=address, section=(feed.section,), added_at=NOW - timedelta(days=1))
    return Task(known=Known(feed=followed), response=response, now=NOW)


def _parse(task: Task) -> Sequence[ParsedEntry]:
    response = task.response
    return parse_feed(response.body, response.headers["content-type"], response.final_address, originals=True).entries


def _store(store: Store, tasks: Sequence[Task], batches: Sequence[Batch]) -> None:
    for task in tasks:
        store.add_feed(task.known.feed)
    for start in range(0, len(batches), GROUP):
        store.apply(batches[start : start + GROUP])


def _query(number: int) -> str:
    table = WORDS["companies" if number % 2 else "products"]
    return table[number % len(table)]


def _render(store: Store) -> int:
    paper = Paper(title="Bench")
    edition = Edition(
        paper=paper, made_at=NOW, feeds={feed.id: feed for feed in store.feeds()}, refs=store.refs(), shelf=store
    )
    return sum(len(page.render()) for page in render_site(edition, load_theme(paper)))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
