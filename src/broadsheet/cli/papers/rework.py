"""Make the paper's posts, their facts and their stories again, with today's rules."""

import sys
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from broadsheet.cli.after.annotating import annotated, annotating_progress
from broadsheet.cli.after.catchup import CaughtUp, catch_up, follow_posts
from broadsheet.cli.after.grouping import grouped, grouping_progress
from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import print_json
from broadsheet.config import Config
from broadsheet.pipeline.report import FactsReport, StoriesReport
from broadsheet.store import Store


def rework(
    context: typer.Context,
    stories: Annotated[
        bool, typer.Option("--stories", help="Leave the posts as they are, and group them all again.")
    ] = False,
    facts: Annotated[
        bool, typer.Option("--facts", help="Leave the posts as they are, and find the facts of them all again.")
    ] = False,
    json: JSON_OPTION = False,
) -> None:
    """Make every post again from its original, with today's rules. Or all facts or stories from the posts."""
    if stories or facts:
        _rework_parts(paper_config(context), facts=facts, stories=stories, json=json)
        return
    from broadsheet.pipeline.rework import rework as run_rework

    config = paper_config(context)
    with paper_store(config) as store:
        report = run_rework(store)
        catch_up(config, store, shown=not json)
    if json:
        print_json(report)
    else:
        print(f"{report.posts} posts made again, {report.changed} changed, {len(report.unreadable)} unreadable")
        for post in report.unreadable:
            print(f"{post}: no entry was found in its original; the post stays as it was", file=sys.stderr)
    if report.unreadable:
        raise typer.Exit(1)


def _rework_parts(config: Config, *, facts: bool, stories: bool, json: bool) -> None:
    with paper_store(config) as store:
        done = CaughtUp(
            facts=_all_facts(config, store, shown=not json) if facts else None,
            stories=_all_stories(store, shown=not json) if stories else None,
        )
        follow_posts(config, store)
    if json:
        print_json(done if facts and stories else done.facts or done.stories)
        return
    if done.facts:
        print(annotated(done.facts))
    if done.stories:
        print(grouped(done.stories))


def _all_facts(config: Config, store: Store, *, shown: bool) -> FactsReport:
    from broadsheet.pipeline.facts.finding import reannotate

    with annotating_progress(shown=shown) as progress:
        return reannotate(store, ZoneInfo(config.paper.zone), progress)


def _all_stories(store: Store, *, shown: bool) -> StoriesReport:
    from broadsheet.pipeline.stories.joining import regroup

    with grouping_progress(shown=shown) as progress:
        return regroup(store, now(), progress)
