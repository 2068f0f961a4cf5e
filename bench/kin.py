"""Copies and stories of an archive of a million posts: minutes, processor time and memory, and that two ways agree.

`python -m bench.kin FOLDER PROCESSES` finds the kin of the posts that were written there, and prints what it took.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from bench.cost import BenchError, run
from bench.tally import Tally
from bench.townposts import A_DAY, Town, write_day
from broadsheet.scale.archive.crew import Crew
from broadsheet.scale.archive.kin.finding import find_kin

MOST_MIB = 4096
FILES = "files.json"


class Figures(NamedTuple):
    """What was found in how many posts, seconds of each step, and MiB of all processes together at their most."""

    posts: int
    pairs: int
    edges: int
    copies: int
    stories: int
    seconds: dict[str, float]
    cpu_s: float
    peak_mib: float
    written_mib: float


def measure(posts: int, processes: int, folder: Path) -> Figures:
    """Make posts, ten thousand a day, and find their kin in a process of its own and those under it.

    Raises:
        BenchError: it takes more memory than is promised.
    """
    town = Town()
    files: dict[str, str] = {}
    for day in range(-(-posts // A_DAY)):
        files |= write_day(folder, town, day, min(A_DAY, posts - day * A_DAY))
    (folder / FILES).write_text(json.dumps(files), "utf-8")
    done = json.loads(run([sys.executable, "-m", "bench.kin", folder, str(processes)]).output.splitlines()[-1])
    figures = Figures(**done)
    if figures.peak_mib > MOST_MIB:
        raise BenchError(f"kin of {posts:,} posts takes {figures.peak_mib:,.0f} MiB")
    return figures


def find(folder: Path, processes: int) -> Figures:
    """Find the kin of an archive, and measure it."""
    files = json.loads((folder / FILES).read_text("utf-8"))
    ends: dict[str, float] = {}
    start = time.perf_counter()
    with Tally() as tally:
        report = find_kin(
            folder, files, Crew(processes=processes), lambda step, *_: ends.update({step: time.perf_counter()})
        )
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    before = [start, *ends.values()]
    return Figures(
        posts=report.posts,
        pairs=report.pairs,
        edges=report.edges,
        copies=report.copies,
        stories=report.stories,
        seconds={step: end - begin for (step, end), begin in zip(ends.items(), before, strict=False)},
        cpu_s=sum(usage.ru_utime + usage.ru_stime for usage in used),
        peak_mib=tally.peak_mib,
        written_mib=sum((folder / file.path).stat().st_size for file in report.files) / 2**20,
    )


def block(figures: Figures, processes: int) -> str:
    """The table."""
    rows: dict[str, Any] = {
        "pairs compared": f"{figures.pairs:,}",
        "edges": f"{figures.edges:,}",
        "copies among them": f"{figures.copies:,}",
        "stories": f"{figures.stories:,}",
        **{f"minutes to {step}": f"{seconds / 60:.1f}" for step, seconds in figures.seconds.items()},
        "minutes in all": f"{sum(figures.seconds.values()) / 60:.1f}",
        "CPU minutes": f"{figures.cpu_s / 60:.1f}",
        "most MiB of all processes together": f"{figures.peak_mib:,.0f} (to stay under {MOST_MIB:,})",
        "MiB of tables": f"{figures.written_mib:,.0f}",
    }
    lines = ["| | |", "| --- | ---: |", *(f"| {name} | {figure} |" for name, figure in rows.items())]
    head = f"{figures.posts:,} made-up Chinese posts of some 430 characters, {A_DAY:,} a day; {processes} processes."
    return "\n".join([head, "", *lines])


if __name__ == "__main__":
    print(json.dumps(find(Path(sys.argv[1]), int(sys.argv[2]))._asdict()))
