"""Full text: the articles of posts whose feeds carry only summaries."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Annotated

import typer

from broadsheet.cli.after.catchup import catch_up, print_caught_up
from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store, poll_means
from broadsheet.cli.printing import print_json
from broadsheet.cli.progress import drawn, live_full_texts
from broadsheet.pipeline.report import FullTextProgress, FullTextReport, no_full_text_progress

LATEST = datetime(9999, 1, 1, tzinfo=UTC)


def fulltext(
    context: typer.Context,
    only: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FEED...]", help="Feeds whose newest posts are looked through as well."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Of these feeds, ask again for pages that gave nothing.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Read the articles that feeds only summarise. What robots.txt forbids is left alone; `build` shows them."""
    from broadsheet.pipeline.fulltext import read_full_texts, want_missing

    config = paper_config(context)
    means = poll_means(config)
    with paper_store(config) as store:
        feeds = [store.feed(key) for key in only or ()]
        want_missing(store, feeds, means, again=again)
        with _progress(shown=not quiet and not json) as progress:
            ids = [feed.id for feed in feeds]
            report = read_full_texts(store, means, ids or None, progress=progress)
        caught_up = catch_up(config, store)
        waiting, later = store.articles.count_pages(now()), store.articles.count_pages(LATEST)
    if json:
        print_json(report)
    elif not quiet:
        print(summary(report, waiting, later))
        print_caught_up(caught_up)


def summary(report: FullTextReport, waiting: int, later: int = 0) -> str:
    """What a run did, in one line; `waiting` are due and left over, `later` all that will be asked for."""
    if not report.done:
        return f"no article has to be asked for now; {later} later" if later else "no article has to be asked for"
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(report.reasons.items()))
    return (
        f"{report.done} articles asked for: {report.read} read, {report.kept} posts keep their feed's own text, "
        f"{report.later} asked again later"
        + (f" ({reasons})" if reasons else "")
        + (f"; {waiting} wait" if waiting else "")
    )


def _progress(*, shown: bool) -> AbstractContextManager[FullTextProgress]:
    return drawn(live_full_texts, no_full_text_progress, shown=shown)
