"""Watches: set by words, told of by webhooks at the end of an update, and shown as feeds."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from broadsheet.errors import ConfigError, FetchError
from broadsheet.model import Company, Heard, LedgerChange, Party, Status, Watch, WatchChange, iso, watch_id
from broadsheet.pipeline.faults import first_fault
from broadsheet.pipeline.means import Means
from broadsheet.store import Delivery, Store

if TYPE_CHECKING:
    from broadsheet.fetch import Client

MOST_TOLD = 50
"""Deliveries of one run: the next goes on."""

LEASE = timedelta(minutes=10)
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 480, 1440))
"""How long a webhook that failed is left alone, try by try; after the last it is given up."""

MOST_SHOWN = 50
"""Changes that a watch shows."""

MOST_READ = 100_000
"""Changes that are read to find these."""


class WatchReport(Struct, frozen=True, kw_only=True):
    """What telling webhooks did: changes told, and those that failed; of these some are given up."""

    told: int = 0
    failed: int = 0
    given_up: int = 0


def make_watch(
    store: Store,
    words: str,
    now: datetime,
    statuses: Sequence[Status] = (),
    webhook: str | None = None,
    secret: str | None = None,
) -> Watch:
    """Make a watch of words that name companies, or stand in the names of parties.

    Raises:
        ConfigError: there are no words, or a name is one of several companies.
    """
    parties = tuple(parties_of(store, words))
    if not parties:
        raise ConfigError("watch", "name a company, or two: `broadsheet watch add 小米 北汽`")
    return Watch(
        id=watch_id(words, now),
        words=words,
        parties=parties,
        since=now,
        statuses=tuple(statuses),
        webhook=webhook,
        secret=secret,
    )


def set_watch(
    store: Store,
    words: str,
    now: datetime,
    statuses: Sequence[Status] = (),
    webhook: str | None = None,
    secret: str | None = None,
) -> Watch:
    """Set a watch on words, as `make_watch` reads them: it hears of what changes from now on.

    Raises:
        ConfigError: there are no words, or a name is one of several companies.
        FetchError: the webhook's address is none that can be told.
    """
    from broadsheet.fetch.addresses import wire_url

    if webhook:
        wire_url(webhook)
    made = make_watch(store, words, now, statuses, webhook, secret)
    store.watches.add(made, store.ledger.last_change())
    return made


def parties_of(store: Store, words: str) -> Iterator[Party]:
    """Read the parties that words name: the longest runs of words that name a company, else each word itself."""
    from broadsheet.annotate import companies_named

    book, left = store.companies.book(), words.split()
    while left:
        runs = (left[:length] for length in range(len(left), 0, -1))
        run = next((run for run in runs if companies_named(book, " ".join(run))), left[:1])
        name = " ".join(run)
        yield _party(name, companies_named(book, name))
        left = left[len(run) :]


def _party(name: str, found: Sequence[Company]) -> Party:
    if len(found) > 1:
        several = "; ".join(f"{company.names[0].text} ({company.id})" for company in found)
        raise ConfigError("watch", f"{name} may be {several}: give a name that only one of them has")
    return next((Party(company.names[0].text, company.id) for company in found), Party(name))


def tell_watches(store: Store, means: Means, language: str) -> WatchReport:
    """Tell webhooks of what changed, each of every change once; one that fails is asked again by a later run."""
    _queue(store, means.clock())
    now = means.clock()
    due = store.watches.claim(now, now + LEASE, MOST_TOLD)
    if not due:
        return WatchReport()
    with first_fault(), asyncio.Runner(loop_factory=means.new_loop) as runner:
        return runner.run(_tell_all(store, means, due, language))


def _queue(store: Store, now: datetime) -> None:
    """Find the changes that webhooks were not told of yet."""
    from broadsheet.group.ledger.watch import heard

    last = store.ledger.last_change()
    behind = [(watch, known) for watch, known in store.watches.heard() if watch.webhook and known < last]
    ties = store.companies.book().ties if behind else ()
    for watch, known in behind:
        changes = store.ledger.changes(after=known)
        found = [change.number for change in heard(watch, changes, ties)]
        store.watches.queue(watch.id, found, changes[-1].number if changes else last, now)


async def _tell_all(store: Store, means: Means, due: Sequence[Delivery], language: str) -> WatchReport:
    async with means.connect(means.limits, means.connections, means.per_host) as client:
        arrived = await asyncio.gather(*(_tell(store, means, client, one, language) for one in due))
    report = WatchReport()
    for delivery, came in zip(due, arrived, strict=True):
        given_up = not came and delivery.tries > len(RETRIES)
        put_off = None if came or given_up else means.clock() + RETRIES[delivery.tries - 1]
        store.watches.settle(delivery, put_off)
        report = WatchReport(
            told=report.told + came, failed=report.failed + (not came), given_up=report.given_up + given_up
        )
    return report


async def _tell(store: Store, means: Means, client: "Client", delivery: Delivery, language: str) -> bool:
    from broadsheet.fetch.webhooks import tell_webhook

    watch = delivery.watch
    changes = store.ledger.changes(after=delivery.change - 1, limit=1)
    if not changes or changes[0].number != delivery.change or watch.webhook is None:
        return True  # its entry is no more: there is nothing left to tell
    body = msgspec.json.encode(document(watch, changes[0], language))
    key = f"{watch.id}-{delivery.change}"
    try:
        await tell_webhook(watch.webhook, body, client, means.limits, delivery=key, secret=watch.secret)
    except FetchError:
        return False
    return True


def document(watch: Watch, change: LedgerChange, language: str) -> dict[str, object]:
    """Give what a webhook is told of a change."""
    shown = shown_change(watch, change, language)
    entry = change.entry
    return {
        "watch": {"id": watch.id, "words": watch.words},
        "change": {"number": change.number, "at": iso(change.at), "before": change.before, "after": change.after},
        "text": shown.text,
        "claim": {
            "id": entry.id,
            "event": entry.event,
            "parties": [party.name for party in entry.parties],
            "quote": entry.claim.quote,
            "status": entry.status,
            "roots": entry.roots,
            "stories": entry.stories,
        },
        "step": change.step,
    }


def heard_of(store: Store, language: str) -> tuple[Heard, ...]:
    """Read what each watch heard of, the newest first."""
    from broadsheet.group.ledger.watch import heard

    watches = store.watches.all()
    if not watches:
        return ()
    ties = store.companies.book().ties
    changes = store.ledger.changes(since=min(watch.since for watch in watches), limit=MOST_READ)
    found = {watch.id: list(heard(watch, changes, ties))[-MOST_SHOWN:] for watch in watches}
    return tuple(
        Heard(
            watch_id=watch.id,
            words=watch.words,
            since=watch.since,
            changes=tuple(shown_change(watch, one, language) for one in reversed(found[watch.id])),
        )
        for watch in watches
    )


def shown_change(watch: Watch, change: LedgerChange, language: str) -> WatchChange:
    """Tell a change as feeds and webhooks do."""
    from broadsheet.group.ledger.words import Words

    return WatchChange(
        watch_id=watch.id,
        at=change.at,
        text=Words(language).change(change),
        entry_id=change.entry.id,
        status=change.after,
        before=change.before,
        post_id=change.step.post_id,
        quote=change.step.quote,
        story_id=next(iter(change.entry.stories[-1:]), None),
    )
