"""Stories brought up to date, at the end of whatever brought posts in."""

from contextlib import AbstractContextManager

from broadsheet.cli.context import now
from broadsheet.cli.printing import counted
from broadsheet.cli.progress import drawn, live_stories
from broadsheet.config import Config
from broadsheet.pipeline.report import StoriesProgress, StoriesReport, no_stories_progress
from broadsheet.store import Store


def group_posts(config: Config, store: Store, *, shown: bool = False) -> StoriesReport | None:
    """Join new posts into stories, with a bar on a terminal where it is to be `shown`; None where that is off."""
    from broadsheet.pipeline.stories.joining import group_new

    if not config.stories.enabled:
        return None
    with grouping_progress(shown=shown) as progress:
        return group_new(store, now(), progress)


def grouping_progress(*, shown: bool) -> AbstractContextManager[StoriesProgress]:
    """Draw a bar on a terminal, or none."""
    return drawn(live_stories, no_stories_progress, shown=shown)


def grouped(report: StoriesReport) -> str:
    """What grouping did, in a few words."""
    ended = f", {report.ended} ended" if report.ended else ""
    copies = f"{counted(report.copies, 'copy', 'copies')} among {counted(report.posts, 'post')}"
    return f"{counted(report.new, 'story', 'stories')} new, {report.changed} changed{ended}; {copies}"


def print_grouped(report: StoriesReport | None) -> None:
    """Say what grouping did, unless that is nothing."""
    if report and (report.new or report.changed or report.ended or report.copies):
        print(grouped(report))
