"""A thorough look: at the paper, or at one address."""

from typing import Annotated

import typer
from msgspec.structs import asdict

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store, poll_means
from broadsheet.cli.known import known, known_lines
from broadsheet.cli.printing import print_json, size
from broadsheet.config import Config
from broadsheet.decide import clock_notice, say
from broadsheet.store import Archive, Store

SHOWN_LOST = 20


def doctor(
    context: typer.Context,
    address: Annotated[
        str | None, typer.Argument(metavar="[ADDRESS]", help="Explain step by step what one address gives.")
    ] = None,
    json: JSON_OPTION = False,
) -> None:
    """Check the paper, or explain what one address answers. Of a paper: store, sick feeds, companies, prices."""
    config = paper_config(context)
    sick = _address(config, address, json) if address else _paper(config, json)
    if sick:
        raise typer.Exit(1)


def _paper(config: Config, json: bool) -> bool:
    with paper_store(config) as store:
        name, problems, lost = store.name, store.check(), _lost_images(config, store)
        sizes = store.sizes()
        feeds = store.feeds()
        knowledge = known(store, whole=True)
    failing = [feed for feed in feeds if feed.state.failure]
    ahead = [feed for feed in feeds if feed.state.clock]
    if json:
        said = {"problems": problems + lost, "sizes": sizes, "failing": failing, "ahead": ahead}
        print_json(said | asdict(knowledge))
        return bool(problems or lost)
    print(f"store {name}: " + ("; ".join(problems) or "sound"))
    for name, value in sizes.items():
        print(f"  {name}: {value if name.startswith('count') or name in _COUNTS else size(value)}")
    for line in known_lines(knowledge):
        print(f"  {line}")
    for line in lost:
        print(f"  !! {line}")
    for feed in failing:
        print(f"  !! {feed.label}: {feed.state.failure.message if feed.state.failure else ''}")
    for feed in ahead:
        print(f"  ! {feed.label}: {say(clock_notice(feed.state.clock)) if feed.state.clock else ''}")
    return bool(problems or lost)


def _lost_images(config: Config, store: Store) -> list[str]:
    """Name the files that the archive has lost, and how many more there are."""
    archive = Archive(config.images_folder)
    missing = list(archive.missing(store.images.new_copies("").copies))
    told = [
        f"{archive.path(copy)} is lost: `broadsheet images --retry` asks for it again"
        for copy in missing[:SHOWN_LOST]
    ]
    more = len(missing) - len(told)
    return [*told, f"and {more} more are lost"] if more else told


_COUNTS = frozenset({"feeds", "posts", "revisions", "stories"})


def _address(config: Config, address: str, json: bool) -> bool:
    from broadsheet.pipeline.subscriptions.examine import examine

    steps = examine(address, poll_means(config), now())
    if json:
        print_json(steps)
    else:
        for step in steps:
            print(f"{'ok' if step.well else '!!'}  {step.name}: {step.finding}")
    return not all(step.well for step in steps)
