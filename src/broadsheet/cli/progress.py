"""A running update on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from broadsheet.pipeline.report import Progress as Tell
from broadsheet.pipeline.report import UpdateReport


@contextmanager
def live_progress(total: int) -> Iterator[Tell]:
    """Draw a bar over `total` feeds with counts and rates while the block runs."""
    columns = (
        TextColumn("polling"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[news]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("polling", total=total, news="")

        def tell(report: UpdateReport) -> None:
            seconds = bar.tasks[0].elapsed or 1
            news = f"{report.new} new ({report.new / seconds:.0f}/s), {len(report.failed)} failed"
            bar.update(task, total=max(total, report.due), completed=report.polled, news=news)

        yield tell
