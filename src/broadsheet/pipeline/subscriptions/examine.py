"""What one address gives, step by step, for a person who wonders why a feed fails."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from broadsheet.clean import clean_entry
from broadsheet.errors import FeedError, FetchError
from broadsheet.model import ParsedFeed, Response, Subscription
from broadsheet.parse import parse_feed
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.polling.asking import ask_once
from broadsheet.pipeline.subscriptions.subscribe import new_feed, typed_address


class Step(Struct, frozen=True, kw_only=True):
    """One thing that was tried, whether it went well, and what was found."""

    name: str
    well: bool
    finding: str


def examine(address: str, means: Means, now: datetime) -> tuple[Step, ...]:
    """Ask an address once, read its answer, clean its first entry; nothing is stored."""
    return tuple(_steps(typed_address(address), means, now))


def _steps(address: str, means: Means, now: datetime) -> Iterator[Step]:
    try:
        answer = asyncio.run(ask_once(new_feed(Subscription(address=address), now), means))
    except FetchError as error:
        yield Step(name="asked", well=False, finding=str(error))
        return
    for hop in answer.redirects:
        yield Step(name="redirected", well=True, finding=f"{hop.status} to {hop.location}")
    if answer.status >= 400:
        yield Step(name="answered", well=False, finding=f"{answer.status}; look at it in a browser")
        return
    yield Step(name="answered", well=True, finding=_answer(answer))
    try:
        parsed = parse_feed(answer.body, answer.headers.get("content-type"), answer.final_address, now=now)
    except FeedError as error:
        yield Step(name="parsed", well=False, finding=str(error))
        return
    count = "1 entry" if len(parsed.entries) == 1 else f"{len(parsed.entries)} entries"
    yield Step(name="parsed", well=True, finding=f"{parsed.format}, {count}, {parsed.title}")
    yield Step(name="repaired", well=True, finding=", ".join(parsed.repairs) or "nothing had to be")
    yield from _cleaned(parsed, answer.final_address)


def _answer(answer: Response) -> str:
    headers = answer.headers
    said = [f"{name}: {headers[name]}" for name in ("content-type", "etag", "last-modified") if name in headers]
    return f"{answer.status}, {len(answer.body)} bytes in {answer.duration_ms} ms; " + "; ".join(said)


def _cleaned(parsed: ParsedFeed, base_url: str) -> Iterator[Step]:
    for entry in parsed.entries[:1]:
        cleaned = clean_entry(entry, base_url)
        changes = ", ".join(f"{name} {count}" for name, count in sorted(cleaned.changes.items()))
        finding = f"“{cleaned.title}”, {len(cleaned.text)} characters; {changes or 'nothing changed'}"
        yield Step(name="cleaned the first entry", well=True, finding=finding)
