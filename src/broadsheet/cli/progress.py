"""A running update on the terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeVar

from broadsheet.cli.printing import size
from broadsheet.pipeline.report import (
    FactsProgress,
    FactsReport,
    FullTextProgress,
    FullTextReport,
    ImagesProgress,
    ImagesReport,
    StoriesProgress,
    StoriesReport,
    UpdateReport,
)
from broadsheet.pipeline.report import Progress as Tell
from broadsheet.store.moving.state import Moving

if TYPE_CHECKING:
    from broadsheet.scale.archive.build import BuildReport
    from broadsheet.scale.archive.loading import LoadReport

Move = Callable[[int, int, str], None]
"""Told how many there are, how many are done, and what is new."""


Told = TypeVar("Told")


def drawn(
    live: Callable[[], AbstractContextManager[Told]], silent: Told, *, shown: bool
) -> AbstractContextManager[Told]:
    """Draw on a terminal where it is to be `shown`, else tell the silent one."""
    return live() if shown and sys.stderr.isatty() else nullcontext(silent)


@contextmanager
def live_progress(total: int) -> Iterator[Tell]:
    """Draw a bar over `total` feeds with counts and rates while the block runs."""
    with _bar("polling", total) as (move, seconds):

        def tell(report: UpdateReport) -> None:
            news = f"{report.new} new ({report.new / seconds():.0f}/s), {len(report.failed)} failed"
            move(max(total, report.due), report.polled, news)

        yield tell


@contextmanager
def live_images() -> Iterator[ImagesProgress]:
    """Draw a bar over images with counts while the block runs."""
    with _bar("images", None) as (move, _):

        def tell(report: ImagesReport) -> None:
            news = f"{size(report.bytes_kept)}, {len(report.failed)} failed"
            move(report.due, report.kept + len(report.failed), news)

        yield tell


@contextmanager
def live_full_texts() -> Iterator[FullTextProgress]:
    """Draw a bar over articles with counts while the block runs."""
    with _bar("articles", None) as (move, _):

        def tell(report: FullTextReport) -> None:
            move(report.due, report.done, f"{report.read} read")

        yield tell


@contextmanager
def live_facts() -> Iterator[FactsProgress]:
    """Draw counts of what is found in posts while the block runs."""
    with _bar("facts", None) as (move, _):

        def tell(report: FactsReport) -> None:
            move(report.posts, report.posts, f"{report.mentions} companies, {report.claims} claims")

        yield tell


@contextmanager
def live_stories() -> Iterator[StoriesProgress]:
    """Draw counts of what is grouped while the block runs."""
    with _bar("stories", None) as (move, _):

        def tell(report: StoriesReport) -> None:
            move(report.posts, report.posts, f"{report.copies} copies, {report.new} stories new")

        yield tell


@contextmanager
def live_build() -> Iterator["Callable[[BuildReport], None]"]:
    """Draw a bar over the units of an archive with counts while the block runs."""
    with _bar("units", None) as (move, seconds):

        def tell(report: "BuildReport") -> None:
            rate = report.documents / seconds()
            news = f"{report.posts} posts, {report.rejected} rejected ({rate:.0f} documents/s)"
            move(report.units, report.known + report.done, news)

        yield tell


@contextmanager
def live_kin() -> Iterator["Callable[[str, int, int], None]"]:
    """Draw a bar over each step of finding copies and stories while the block runs."""
    with _bar("stories", None) as (move, _):
        yield lambda step, done, pieces: move(pieces, done, step)


@contextmanager
def live_load() -> Iterator["Callable[[LoadReport], None]"]:
    """Draw a bar over the posts of an archive with counts while the block runs."""
    with _bar("posts", None) as (move, _):

        def tell(report: "LoadReport") -> None:
            move(report.total, report.revisions, f"{report.new} new, {report.edited} edited")

        yield tell


@contextmanager
def live_moving(label: str) -> Iterator[Callable[[Moving], None]]:
    """Draw a bar over rows of a store, with the table in hand, while the block runs."""
    with _bar(label, None) as (move, _):

        def tell(moving: Moving) -> None:
            move(moving.total, moving.done, moving.part)

        yield tell


@contextmanager
def _bar(label: str, total: int | None) -> Iterator[tuple[Move, Callable[[], float]]]:
    """A bar, and the seconds since it began, never 0."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[news]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, news="")

        def move(total: int, done: int, news: str) -> None:
            bar.update(task, total=total, completed=done, news=news)

        yield move, lambda: bar.tasks[0].elapsed or 1
