"""Webhooks of watches are told, at the end of whatever brought news."""

from broadsheet.cli.context import poll_means
from broadsheet.config import Config
from broadsheet.store import Store


def tell_webhooks(config: Config, store: Store) -> str:
    """Tell the webhooks of watches what changed; what came of it in a few words, none where that is nothing."""
    if not any(watch.webhook for watch in store.watches.all()):
        return ""
    from broadsheet.pipeline.stories.watching import tell_watches

    report = tell_watches(store, poll_means(config), config.paper.language)
    given_up = f", {report.given_up} given up" if report.given_up else ""
    failed = f", {report.failed} failed{given_up}" if report.failed else ""
    return f"{report.told} changes told to webhooks{failed}" if report.told or report.failed else ""
