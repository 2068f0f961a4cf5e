"""One feed's settings: what its owner chooses for it."""

from typing import Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import print_json
from broadsheet.model import Feed, FullTextChoice

feed = typer.Typer(help="Change what you chose for a feed.", no_args_is_help=True)


@feed.command(name="set")
def set_feed(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="FEED", help="Its address or id.")],
    title: Annotated[str | None, typer.Option(metavar="NAME", help="Your own name for it; empty: its own.")] = None,
    section: Annotated[str | None, typer.Option(metavar="PATH", help="Where it belongs: 新媒体 / 科技")] = None,
    fulltext: Annotated[
        str | None, typer.Option(metavar="auto|always|never|paper", help="When the article's own page is read.")
    ] = None,
    paused: Annotated[
        bool | None, typer.Option("--paused/--no-paused", help="Whether it is left alone for now.")
    ] = None,
    json: JSON_OPTION = False,
) -> None:
    """Change a feed's name, section, full text or rest. What is not named stays as it is."""
    from broadsheet.pipeline.subscriptions.settings import FeedChanges, change_feed
    from broadsheet.pipeline.subscriptions.subscribe import section_path

    path = None if section is None else section_path(section)
    changes = FeedChanges(title=title, section=path, fulltext=fulltext, paused=paused)
    with paper_store(paper_config(context)) as store:
        changed = change_feed(store, key, changes, now())
    if json:
        print_json(changed)
    else:
        print(_described(changed))
        if fulltext in ("auto", "always"):
            print(f"`broadsheet fulltext {changed.id}` also reads the articles of the posts that it has")


def _described(feed: Feed) -> str:
    choice: FullTextChoice | str = feed.fulltext or "as for the paper"
    return (
        f"{feed.label}: section {' / '.join(feed.section) or '-'}, full text {choice}, "
        f"{'polled when due' if feed.state.standing == 'active' else feed.state.standing}"
    )
