"""One build: the store's present state becomes an edition, the edition becomes a site."""

from datetime import datetime
from pathlib import Path

from broadsheet.model import Edition, Paper, WriteReport
from broadsheet.pipeline.background import find_backgrounds
from broadsheet.pipeline.watching import heard_of
from broadsheet.publish import ImageFiles, load_theme, render_site, write_site
from broadsheet.store import Archive, Store, folding


def build(
    store: Store,
    paper: Paper,
    folder: Path,
    now: datetime,
    archive: Archive | None = None,
) -> WriteReport:
    """Publish what the store holds into `folder`; only what changed is rendered and written.

    The images of `archive` are published too, and shown where posts show what they are copies of.

    Raises:
        PublishError: the folder cannot be written; the site that stands there stays as it is.
    """
    find_backgrounds(store)
    edition = Edition(
        paper=paper,
        made_at=now,
        feeds={feed.id: feed for feed in store.feeds()},
        refs=store.refs(),
        shelf=store,
        stories=store.story_refs(),
        moved=store.moved_stories(),
        folding=folding() if paper.search else None,
        watches=heard_of(store, paper.language),
    )
    images = None if archive is None else ImageFiles(folder=archive.folder, since=store.new_copies)
    return write_site(render_site(edition, load_theme(paper)), folder, images)
