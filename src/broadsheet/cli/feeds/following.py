"""Feeds: follow one, poll those that are due, and see how they are."""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import asdict

from broadsheet.cli.after.catchup import catch_up, print_caught_up
from broadsheet.cli.after.telling import tell_webhooks
from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store, poll_means
from broadsheet.cli.known import known, known_lines
from broadsheet.cli.printing import age, counted, moment, print_json, print_table
from broadsheet.cli.scale.worker import worker_lines
from broadsheet.config import Config
from broadsheet.decide import clock_notice, say
from broadsheet.model import Feed, FeedState, Subscription
from broadsheet.pipeline.report import Failed, UpdateReport, no_progress
from broadsheet.store import Store, on_server

if TYPE_CHECKING:
    from broadsheet.scale.queue.standing import Standing

SHOWN_FAILURES = 20
NO_FEEDS = "no feeds are followed yet; `broadsheet add ADDRESS` follows one"


def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="A feed, or a page that names one.")],
    section: Annotated[str, typer.Option(metavar="PATH", help="Where it belongs: 新媒体 / 科技")] = "",
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Your own name for it.")] = None,
    json: JSON_OPTION = False,
) -> None:
    """Follow a feed. The address is asked once, and what it says is kept at once."""
    from broadsheet.pipeline.subscriptions.follow import follow
    from broadsheet.pipeline.subscriptions.subscribe import section_path

    path = section_path(section)
    config = paper_config(context)
    with paper_store(config) as store:
        done = follow(store, Subscription(address=address, section=path, name=name), poll_means(config))
        catch_up(config, store)
    if json:
        print_json(done)
    elif done.feed and done.known:
        print(f"{done.feed.label} is followed already, as feed {done.feed.id}; nothing was changed")
    elif done.feed:
        print(f"following {done.feed.label}: {counted(done.stored.new, 'post')}")
    else:
        print(f"{address} offers several feeds; add the one you want:")
        for offer in done.offers:
            print(f"  {offer.address}  {offer.name or ''}")
    if not done.feed:
        raise typer.Exit(2)


def update(
    context: typer.Context,
    only: Annotated[
        list[str] | None, typer.Argument(metavar="[FEED...]", help="Feeds to poll now, due or not.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Poll every feed now, due or not.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Poll the feeds that are due and keep what is new. Exit code 1 where some failed."""
    from broadsheet.pipeline.update import update as run_update

    config = paper_config(context)
    with paper_store(config) as store:
        ids = _wanted(store, only, everything)
        if quiet or json or not sys.stderr.isatty():
            report = run_update(store, poll_means(config), ids, no_progress)
        else:
            from broadsheet.cli.progress import live_progress

            with live_progress(len(ids) if ids else store.count_due(now())) as progress:
                report = run_update(store, poll_means(config), ids, progress)
        caught_up = catch_up(config, store, shown=not quiet and not json)
        told = tell_webhooks(config, store)
        next_due = store.next_due()
    if json:
        print_json(asdict(report) | asdict(caught_up))
    elif not quiet:
        print(_summary(report, len(ids) if ids else report.due, next_due))
        print_caught_up(caught_up)
        print(told, end="\n" if told else "")
    if report.failed:
        if not json:
            print_failed(report.failed)
        raise typer.Exit(1)


def status(
    context: typer.Context,
    workers: Annotated[bool, typer.Option("--workers", help="Show workers, their queue and its lag alone.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Show how each feed is. Last answer, next poll, repairs, errors, what to do; then lists, prices, workers."""
    config = paper_config(context)
    if workers:
        _show_workers(config, json)
        return
    with paper_store(config) as store:
        feeds = store.feeds()
        lines = [] if json else list(known_lines(known(store, whole=False)))
        if not json and on_server(config.store_url):
            lines += worker_lines(_standing(config, store))
    if json:
        print_json(feeds)
        return
    if feeds:
        _print_feeds(feeds)
    else:
        print(NO_FEEDS)
    for line in lines:
        print(line)


def _show_workers(config: Config, json: bool) -> None:
    from broadsheet.scale.queue.address import require_postgres

    require_postgres(config.store_url)
    with paper_store(config) as store:
        standing = _standing(config, store)
    if json:
        print_json(standing)
    else:
        print("\n".join(worker_lines(standing)))


def _standing(config: Config, store: Store) -> "Standing | None":
    from broadsheet.scale.queue.standing import read_standing

    return read_standing(config.store_url, store)


def _print_feeds(feeds: Sequence[Feed]) -> None:
    print_table(
        ("feed", "section", "id", "last answer", "next poll", "health"),
        (
            (
                feed.label,
                " / ".join(feed.section),
                feed.id,
                _last_answer(feed),
                moment(feed.state.next_due),
                _health(feed),
            )
            for feed in feeds
        ),
    )


def _wanted(store: Store, only: list[str] | None, everything: bool) -> list[str] | None:
    """The ids of feeds to poll by hand; None for those that are due."""
    if everything:
        return [feed.id for feed in store.feeds() if feed.state.standing == "active"]
    return [store.feed(key).id for key in only] if only else None


def _last_answer(feed: Feed) -> str:
    polled = feed.state.last_polled
    return f"{feed.state.last_status or '-'}, {age(polled, now())} ago" if polled else "-"


def _summary(report: UpdateReport, wanted: int, next_due: datetime | None) -> str:
    if not wanted:
        nothing = f"no feed is due before {moment(next_due)}; `broadsheet update --all` asks now"
        return nothing if next_due else NO_FEEDS
    left, unchanged = wanted - report.polled, report.unchanged + report.not_modified
    return (
        f"{counted(report.polled, 'feed')} polled: {report.changed} changed, {unchanged} unchanged, "
        f"{len(report.failed)} failed; {counted(report.new, 'post')} new, {report.edited} edited"
        + (f"; {left} left alone: asked a moment ago, or their server wants a rest" if left else "")
    )


def print_failed(failed: Sequence[Failed]) -> None:
    """Name the feeds that failed, and why, where errors go."""
    for one in failed[:SHOWN_FAILURES]:
        print(f"{one.label}: {one.failure.message}  <{one.address}>", file=sys.stderr)
    if len(failed) > SHOWN_FAILURES:
        print(f"and {len(failed) - SHOWN_FAILURES} more; `broadsheet status` shows every feed", file=sys.stderr)


def _health(feed: Feed) -> str:
    state = feed.state
    if state.failure:
        return f"!! {state.failure.message} ({counted(state.failures, 'time')})" + _advice(state)
    notices = [say(notice) for notice in (state.advice, state.clock and clock_notice(state.clock)) if notice]
    if state.repairs:
        notices.append("repaired: " + ", ".join(state.repairs))
    if notices:
        return "! " + "; ".join(notices)
    return "ok" if state.last_polled else state.standing


def _advice(state: FeedState) -> str:
    """What to do about a failing feed, unless that is to wait."""
    return f"; {say(state.advice)}" if state.advice and state.advice.code != "failing" else ""
