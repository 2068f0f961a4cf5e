"""What is known of posts brought up to date, in its order, at the end of whatever brought posts in."""

from msgspec import Struct

from broadsheet.cli.after.annotating import annotate_posts, print_annotated
from broadsheet.cli.after.grouping import group_posts, print_grouped
from broadsheet.cli.context import now
from broadsheet.config import Config
from broadsheet.pipeline.report import FactsReport, LedgerReport, StoriesReport
from broadsheet.store import Store


class CaughtUp(Struct, frozen=True, kw_only=True):
    """What each step did; None where it is turned off."""

    facts: FactsReport | None
    stories: StoriesReport | None
    claims: LedgerReport | None = None


def catch_up(config: Config, store: Store, *, shown: bool = False) -> CaughtUp:
    """Find facts in new posts, join these into stories, and follow their claims; with bars where they are `shown`."""
    facts = annotate_posts(config, store, shown=shown)
    stories = group_posts(config, store, shown=shown)
    return CaughtUp(facts=facts, stories=stories, claims=follow_posts(config, store))


def follow_posts(config: Config, store: Store) -> LedgerReport | None:
    """Bring the ledger of claims up to date; None where no facts are found."""
    from broadsheet.pipeline.stories.ledger import follow_claims

    return follow_claims(store, now()) if config.facts.enabled else None


def followed(report: LedgerReport) -> str:
    """What following claims did, in a few words."""
    ended = f", {report.ended} ended" if report.ended else ""
    return f"{report.new} claims new, {report.changed} changed{ended}"


def print_caught_up(done: CaughtUp) -> None:
    """Say what each step did, unless that is nothing."""
    print_annotated(done.facts)
    print_grouped(done.stories)
    if done.claims and (done.claims.new or done.claims.changed or done.claims.ended):
        print(followed(done.claims))
