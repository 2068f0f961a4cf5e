"""What is known of posts brought up to date, in its order, at the end of whatever brought posts in."""

from msgspec import Struct

from broadsheet.cli.annotating import annotate_posts, print_annotated
from broadsheet.cli.grouping import group_posts, print_grouped
from broadsheet.config import Config
from broadsheet.pipeline.report import FactsReport, StoriesReport
from broadsheet.store import Store


class CaughtUp(Struct, frozen=True, kw_only=True):
    """What each step did; None where it is turned off."""

    facts: FactsReport | None
    stories: StoriesReport | None


def catch_up(config: Config, store: Store, *, shown: bool = False) -> CaughtUp:
    """Find facts in new posts, and join these into stories; with bars on a terminal where they are to be `shown`."""
    facts = annotate_posts(config, store, shown=shown)
    return CaughtUp(facts=facts, stories=group_posts(config, store, shown=shown))


def print_caught_up(done: CaughtUp) -> None:
    """Say what each step did, unless that is nothing."""
    print_annotated(done.facts)
    print_grouped(done.stories)
