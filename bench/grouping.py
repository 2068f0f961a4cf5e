"""What stories cost: the same first poll as in measure (a) without stories, with them, and with facts as well.

A paper that nobody has set up otherwise looks for both; without facts the share of stories is the larger one.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import ClassVar, NamedTuple

import msgspec

from bench.contestants import LOOPBACK, Broadsheet, broadsheets
from bench.cost import Cost
from bench.feeds import write_feeds
from bench.server import serve

MOST_SHARE = 0.15
MOST_MIB = 120


class Run(NamedTuple):
    """One poll without stories, one with them, one with facts too; CPU seconds of grouping in the last two."""

    without: Cost
    grouped: Cost
    grouping_s: float
    whole: Cost
    whole_grouping_s: float


def measure(feeds: int, entries: int, runs: int, work: Path) -> list[Run]:
    """Poll the same feeds for the first time, in turn with and without stories."""
    made = write_feeds(work / "feeds", feeds, entries)
    ours = broadsheets()[0]
    done: list[Run] = []
    with serve(work / "feeds") as server:
        for number in range(runs):
            without = ours.cold(work / f"without-{number}", made, server.address)
            with_stories = Grouping(ours.name, ours.program)
            grouped = with_stories.cold(work / f"with-{number}", made, server.address)
            as_papers_do = Whole(ours.name, ours.program)
            whole = as_papers_do.cold(work / f"whole-{number}", made, server.address)
            done.append(Run(without, grouped, with_stories.grouping_s, whole, as_papers_do.grouping_s))
    return done


class Grouping(Broadsheet):
    """The same Broadsheet with stories; it keeps what its last update said that they cost."""

    environ: ClassVar[Mapping[str, str]] = {**Broadsheet.environ, "BROADSHEET_STORIES_ENABLED": "true"}
    grouping_s = 0.0

    def _expect(self, report: str, key: str, count: int) -> None:
        super()._expect(report, key, count)
        self.grouping_s = msgspec.json.decode(report)["stories"]["cpu_s"]


class Whole(Grouping):
    """The same as papers are by default, with facts."""

    environ: ClassVar[Mapping[str, str]] = LOOPBACK


def share(run: Run) -> float:
    """How much of all CPU time is spent on grouping, in a poll that looks for no facts."""
    return run.grouping_s / run.grouped.cpu_s


def block(runs: Sequence[Run], posts: int) -> str:
    """The table."""
    figures = {
        "CPU s without stories": f"{median(run.without.cpu_s for run in runs):.2f}",
        "CPU s with stories": f"{median(run.grouped.cpu_s for run in runs):.2f}",
        "CPU s of grouping, as `update --json` says": f"{median(run.grouping_s for run in runs):.2f}",
        "CPU of grouping a post": f"{1e6 * median(run.grouping_s for run in runs) / posts:.0f} µs",
        "share of grouping in the CPU of it all": f"{median(map(share, runs)):.1%}",
        "CPU s with facts as well, as papers are by default": f"{median(run.whole.cpu_s for run in runs):.2f}",
        "share of grouping in that": f"{median(run.whole_grouping_s / run.whole.cpu_s for run in runs):.1%}",
        "peak MiB without stories": f"{max(run.without.peak_mib for run in runs):.0f}",
        "peak MiB with stories": f"{max(run.grouped.peak_mib for run in runs):.0f}",
    }
    lines = ["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in figures.items())]
    return "\n".join(
        [
            f"{posts:,} posts, `init`, `import opml` and `update`, in turn; without facts but where they are named.",
            "",
            *lines,
        ]
    )
