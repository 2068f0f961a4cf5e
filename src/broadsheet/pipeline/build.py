"""One build: the store's present state becomes an edition, the edition becomes a site."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from broadsheet.model import Bar, Check, Checking, CompanyBook, Edition, Findings, MoveReport, Paper, WriteReport
from broadsheet.pipeline.stories.background import find_backgrounds
from broadsheet.pipeline.stories.watching import heard_of
from broadsheet.publish import ImageFiles, load_theme, render_site, write_site
from broadsheet.store import Archive, Store, folding
from broadsheet.version import VERSION


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
    findings = _findings(store)
    paper = replace(paper, companies=findings is not None)
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
        findings=findings,
    )
    images = None if archive is None else ImageFiles(folder=archive.folder, since=store.images.new_copies)
    return write_site(render_site(edition, load_theme(paper)), folder, images)


def _findings(store: Store) -> Findings | None:
    """Gather what was found in all posts; None where no company was, for then there is nothing to lead to."""
    refs = store.facts.refs()
    named = {company for ref in refs.values() for company in ref.companies}
    if not named:
        return None
    book = store.companies.book()
    return Findings(
        shelf=store,
        refs=refs,
        ledger=store.ledger.refs(),
        book=CompanyBook(
            companies=tuple(company for company in book.companies if company.id in named),
            ties=tuple(tie for tie in book.ties if tie.company in named and tie.other in named),
        ),
        checking=Checking(digest=VERSION, check=_check),
    )


def _check(move: MoveReport, bars: Sequence[Bar], published: datetime) -> Check:
    # Calendars of exchanges, which a paper without prices never needs.
    from broadsheet.market import check_move

    return check_move(move, bars, published)
