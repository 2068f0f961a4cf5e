"""Facts brought up to date, at the end of whatever brought posts in."""

from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo

from broadsheet.cli.progress import drawn, live_facts
from broadsheet.config import Config
from broadsheet.pipeline.report import FactsProgress, FactsReport, no_facts_progress
from broadsheet.store import Store


def annotate_posts(config: Config, store: Store, *, shown: bool = False) -> FactsReport | None:
    """Find the facts of new posts, with a bar on a terminal where it is to be `shown`; None where that is off."""
    from broadsheet.pipeline.facts.finding import annotate_new

    if not config.facts.enabled:
        return None
    with annotating_progress(shown=shown) as progress:
        return annotate_new(store, ZoneInfo(config.paper.zone), progress)


def annotating_progress(*, shown: bool) -> AbstractContextManager[FactsProgress]:
    """Draw a bar on a terminal, or none."""
    return drawn(live_facts, no_facts_progress, shown=shown)


def annotated(report: FactsReport) -> str:
    """What was found, in a few words."""
    return f"{report.mentions} companies, {report.moves} moves, {report.claims} claims in {report.posts} posts"


def print_annotated(report: FactsReport | None) -> None:
    """Say what was found, unless that is nothing."""
    if report and (report.mentions or report.moves or report.claims):
        print(annotated(report))
