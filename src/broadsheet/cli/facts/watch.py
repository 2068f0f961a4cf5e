"""Watches on the terminal: hear of claims about a company, or between two."""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import moment, print_json, print_table
from broadsheet.errors import ConfigError, NotFoundError

if TYPE_CHECKING:
    from broadsheet.model import Status, Watch

watch = typer.Typer(help="Hear of claims about a company, or between two.", no_args_is_help=True)

WATCH = Annotated[str, typer.Argument(metavar="WATCH", help="Its id, as `broadsheet watch list` shows it.")]
UNKNOWN = "no watch has this id; `broadsheet watch list` lists those there are"


@watch.command("add")
def add(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="NAME...", help="Companies that a claim must all be about.")],
    status: Annotated[
        list[str] | None,
        typer.Option("--status", metavar="STATUS", help="Only changes into this status. Repeatable."),
    ] = None,
    webhook: Annotated[
        str | None, typer.Option("--webhook", metavar="URL", help="Post every change there, as JSON.")
    ] = None,
    secret: Annotated[
        str | None,
        typer.Option("--secret", metavar="SECRET", help="Sign what is posted with it, as WebSub signs (sha256)."),
    ] = None,
    json: JSON_OPTION = False,
) -> None:
    """Set a watch: what changes from now on is in its feed, and told to its webhook."""
    from broadsheet.pipeline.stories.watching import set_watch

    config = paper_config(context)
    wanted = _statuses(status or [])
    with paper_store(config) as store:
        made = set_watch(store, " ".join(words), now(), wanted, webhook, secret)
    if json:
        print_json(_values(made))
        return
    print(f"watch {made.id}: {_said(made)}; its feed: {config.as_paper().address}w/{made.id}/feed.xml")


@watch.command("list")
def list_watches(context: typer.Context, json: JSON_OPTION = False) -> None:
    """List the watches that are set."""
    with paper_store(paper_config(context)) as store:
        watches = store.watches.all()
    if json:
        print_json([_values(one) for one in watches])
        return
    if not watches:
        print("no watches: `broadsheet watch add NAME` sets one")
        return
    rows = ((one.id, _said(one), moment(one.since), one.webhook or "") for one in watches)
    print_table(("watch", "of", "since", "webhook"), rows)


@watch.command("show")
def show_watch(context: typer.Context, watch_id: WATCH, json: JSON_OPTION = False) -> None:
    """Print what a watch heard of, the newest first."""
    from broadsheet.pipeline.stories.watching import heard_of

    config = paper_config(context)
    with paper_store(config) as store:
        heard = {one.watch_id: one.changes for one in heard_of(store, config.paper.language)}
    if watch_id not in heard:
        raise NotFoundError(watch_id, UNKNOWN)
    if json:
        print_json(heard[watch_id])
        return
    if not heard[watch_id]:
        print("nothing yet")
    for change in heard[watch_id]:
        print(f"{moment(change.at)}  {change.text}  {change.entry_id}")


@watch.command("remove")
def remove(context: typer.Context, watch_id: WATCH, json: JSON_OPTION = False) -> None:
    """Forget a watch. Its feed goes with the next build."""
    with paper_store(paper_config(context)) as store:
        if not store.watches.remove(watch_id):
            raise NotFoundError(watch_id, UNKNOWN)
    print_json({"removed": watch_id}) if json else print(f"watch {watch_id} is set no longer")


def _statuses(wanted: list[str]) -> list["Status"]:
    from broadsheet.model import Status

    for one in wanted:
        if one not in get_args(Status):
            raise ConfigError("--status", f"{one} is none of {', '.join(get_args(Status))}")
    return wanted  # type: ignore[return-value]


def _said(one: "Watch") -> str:
    parties = " + ".join(party.name for party in one.parties)
    return f"{parties} → {', '.join(one.statuses)}" if one.statuses else parties


def _values(one: "Watch") -> dict[str, object]:
    """Tell a program of a watch, but not its secret."""
    return {
        "id": one.id,
        "words": one.words,
        "parties": [{"name": party.name, "company": party.company_id} for party in one.parties],
        "since": one.since,
        "statuses": one.statuses,
        "webhook": one.webhook,
        "signed": one.secret is not None,
    }
