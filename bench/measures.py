"""The measures: (a) polled cold, (b) polled again, (c) the site in full and after one new post, (d) peak memory."""

import json
import shutil
import sys
from collections import Counter, defaultdict
from itertools import product
from pathlib import Path
from typing import NamedTuple

from bench import hugo
from bench.contestants import NO_SEARCH, Broadsheet, Floor, Poller, Reader, WithFacts, broadsheets
from bench.cost import BenchError, Cost, run
from bench.feeds import make_feed, write_feeds
from bench.server import Server, serve

COLD, AGAIN, FULL, ONE_MORE = "polled cold", "polled again", "full site", "one new post"
STAGES = "stages"


class Plan(NamedTuple):
    """The size of a run; `work` is an empty folder for everything that is made."""

    feeds: int
    entries: int
    posts: int
    runs: int
    work: Path


Costs = dict[str, list[Cost]]
"""What each contestant's runs cost."""


class Measured(NamedTuple):
    """One measure's costs, the `amount` of `unit` worked on and a line on how it was made."""

    title: str
    costs: Costs
    amount: int
    unit: str
    how: str


def poll(plan: Plan) -> list[Measured]:
    """Measure (a) and (b): every run polls into a fresh folder, then once more."""
    feeds = write_feeds(plan.work / "feeds", plan.feeds, plan.entries)
    cold: Costs = defaultdict(list)
    again: Costs = defaultdict(list)
    pollers: list[Poller] = [*broadsheets(), Reader(), Floor()]
    with serve(plan.work / "feeds") as server:
        for number, poller in product(range(plan.runs), pollers):
            _say(f"poll, run {number + 1}: {poller.name}")
            folder = plan.work / f"poll-{number}-{pollers.index(poller)}"
            before = server.answers()
            cold[poller.name].append(poller.cold(folder, feeds, server.address))
            between = _expect_answers(server, before, {"200": plan.feeds}, poller.name)
            again[poller.name].append(poller.again(folder))
            _expect_answers(server, between, {"304": plan.feeds}, poller.name)
    size = f"{plan.feeds} feeds of {plan.entries} entries, served by {server.software} on loopback"
    return [
        Measured(COLD, cold, plan.feeds * plan.entries, "posts", f"{size}; into an empty store, with search"),
        Measured(AGAIN, again, plan.feeds, "feeds", f"{size}; every answer a 304, counted in the server's log"),
    ]


def site(plan: Plan) -> list[Measured]:
    """Measure (c): the site of all posts from nothing, then again after one new post."""
    full: Costs = defaultdict(list)
    more: Costs = defaultdict(list)
    ours = broadsheets()
    for maker in [*ours, WithFacts(ours[0]), None]:
        if maker:
            _site_of_broadsheet(plan, maker, full[maker.name], more[maker.name])
        elif version := hugo.version():
            name = f"Hugo {version.partition('+')[0].removeprefix('v')}"
            _site_of_hugo(plan, full[name], more[name])
        else:
            _say("Hugo is not installed: apt-get install hugo")
    how = f"{plan.posts} posts in 20 sections; post pages, paged lists, days, feeds per section, sitemap"
    return [
        Measured(FULL, full, plan.posts, "posts", how),
        Measured(
            ONE_MORE, more, plan.posts, "posts", "the same site brought up to date after one feed had one new entry"
        ),
    ]


def stages(plan: Plan) -> Measured:
    """Measure every stage by itself, in one process."""
    costs: Costs = defaultdict(list)
    for number in range(plan.runs):
        _say(f"stages, run {number + 1}")
        output = run([sys.executable, "-m", "bench.stages", str(plan.feeds), str(plan.entries)]).output
        for stage, cpu_s in json.loads(output).items():
            costs[stage].append(Cost(cpu_s, 0, 0))
    how = f"{plan.feeds} feeds of {plan.entries} entries, one process, one stage after another"
    return Measured(STAGES, costs, plan.feeds * plan.entries, "posts", how)


def _expect_answers(server: Server, before: Counter[str], wanted: dict[str, int], name: str) -> Counter[str]:
    """Prove from the server's log that every feed was asked once and answered so; returns all answers until now."""
    now = server.answers(before.total() + sum(wanted.values()))
    if dict(now - before) != wanted:
        message = f"{name}: the server answered {dict(now - before)}, not {wanted}"
        raise BenchError(message)
    return now


def _site_of_broadsheet(plan: Plan, maker: Broadsheet, full: list[Cost], more: list[Cost]) -> None:
    name = "-".join(maker.name.replace(",", "").split())
    source, paper = plan.work / f"site-feeds-{name}", plan.work / f"site-{name}"
    feeds = write_feeds(source, plan.posts // plan.entries, plan.entries)
    with serve(source) as server:
        maker.cold(paper, feeds, server.address)
        for number in range(plan.runs):
            _say(f"site, run {number + 1}: {maker.name}")
            set_site_aside(paper, number)
            full.append(maker.build(paper, NO_SEARCH))
            write_feeds(source, 1, plan.entries, bumped=number + 1)
            if maker.update(paper) != 1:
                message = f"{maker.name} did not take in the one new post"
                raise BenchError(message)
            more.append(maker.build(paper, NO_SEARCH))


def _site_of_hugo(plan: Plan, full: list[Cost], more: list[Cost]) -> None:
    folder = plan.work / "hugo"
    hugo.write_site(folder, [make_feed(number, plan.entries) for number in range(plan.posts // plan.entries)])
    for number in range(plan.runs):
        _say(f"site, run {number + 1}: Hugo")
        shutil.rmtree(folder / "public", ignore_errors=True)
        full.append(run(hugo.command(folder)).cost)
        hugo.write_site(folder, [make_feed(0, plan.entries, bumped=number + 1)])
        more.append(run(hugo.command(folder)).cost)


def set_site_aside(paper: Path, number: int) -> None:
    """Let the next build start from nothing; deleting many files would slow down making new ones for minutes."""
    for name in ("site", ".site.formes"):
        path = paper / name
        if path.is_symlink() or path.exists():
            path.rename(paper / f"{name}.old{number}")


def _say(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)
