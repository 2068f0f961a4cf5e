"""One build: the store's present state becomes an edition, the edition becomes a site."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from pathlib import Path

from broadsheet.model import Edition, Page, Paper, WriteReport
from broadsheet.publish import load_theme, render_site, write_site
from broadsheet.store import Store


def build(store: Store, paper: Paper, folder: Path, now: datetime, extra: Iterable[Page] = ()) -> WriteReport:
    """Publish what the store holds into `folder`; only what changed is rendered and written.

    `extra` pages are published beside the paper's own.

    Raises:
        PublishError: the folder cannot be written; the site that stands there stays as it is.
    """
    edition = Edition(
        paper=paper,
        made_at=now,
        feeds={feed.id: feed for feed in store.feeds()},
        refs=store.refs(),
        shelf=store,
    )
    return write_site(chain(render_site(edition, load_theme(paper)), extra), folder)
