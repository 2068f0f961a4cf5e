"""Archives: what Daft costs beside a plain pool of processes, in one run, on one process and on two.

`python -m bench.archive SOURCE FOLDER RUNNER PROCESSES` builds an archive of the crawl there, and prints what it is.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, cast

from bench.cost import BenchError, Cost, middle, run
from bench.crawl import BEGIN, write_crawl
from bench.tally import Tally
from broadsheet.annotate import curated_book
from broadsheet.scale.archive.build import Wish, build_archive
from broadsheet.scale.archive.crew import Runner
from broadsheet.scale.archive.manifest import load_manifest

MOST_RATIO = 1.3
FILES = 4
WAYS: Mapping[str, tuple[Runner, int]] = {
    "a pool of 1 process": ("processes", 1),
    "Daft, 1 process": ("native", 1),
    "a pool of 2 processes": ("processes", 2),
    "Daft, 2 processes": ("native", 2),
}
BESIDE = {"Daft, 1 process": "a pool of 1 process", "Daft, 2 processes": "a pool of 2 processes"}

DAY_RECORDS = 1_000_000
"""Answers in a day of Common Crawl's news, rounded up: its WARC files are of about a gigabyte, some thirty a day."""


class Built(NamedTuple):
    """What a build came to; `peak_mib` is of all its processes together."""

    documents: int
    posts: int
    facts: int
    peak_mib: float
    digest: str


class Run(NamedTuple):
    """What one build cost, and what came of it."""

    cost: Cost
    built: Built


def measure(records: int, runs: int, work: Path) -> dict[str, list[Run]]:
    """Build an archive of the same crawl in every way, in turn.

    Raises:
        BenchError: they do not make the same bytes, or Daft costs more than it may.
    """
    write_crawl(work / "crawl", FILES, records // FILES)
    done: dict[str, list[Run]] = {name: [] for name in WAYS}
    for number in range(runs):
        for name, (runner, processes) in WAYS.items():
            folder = work / f"{runner}-{processes}-{number}"
            ran = run([sys.executable, "-m", "bench.archive", work / "crawl", folder, runner, str(processes)])
            done[name].append(Run(ran.cost, Built(**json.loads(ran.output.splitlines()[-1]))))
    if len({one.built.digest for each in done.values() for one in each}) > 1:
        raise BenchError("the ways do not make the same archive")
    if (most := max(ratios(done).values())) > MOST_RATIO:
        raise BenchError(f"Daft costs {most:.2f} x the CPU of a pool:\n{block(done)}")
    return done


def build(source: Path, folder: Path, runner: Runner, processes: int) -> Built:
    """Build an archive of a crawl, and look at its memory."""
    wish = Wish(now=BEGIN, book=curated_book(), runner=runner, processes=processes)
    with Tally() as tally:
        report = build_archive([source], folder, wish)
    manifest = load_manifest(folder)
    files = sorted(f"{path} {digest}" for unit in manifest.units for path, digest in unit.files.items())
    digest = blake2b("\n".join(files).encode(), digest_size=8).hexdigest()
    return Built(report.documents, report.posts, report.facts, tally.peak_mib, digest)


def ratios(done: Mapping[str, Sequence[Run]]) -> dict[str, float]:
    """CPU seconds of each way beside the pool of as many processes."""
    cpu = {name: middle(one.cost for one in each).cpu_s for name, each in done.items()}
    return {name: cpu[name] / cpu[beside] for name, beside in BESIDE.items()}


def block(done: Mapping[str, Sequence[Run]]) -> str:
    """The table, and what a day of the crawl would cost."""
    first = next(iter(done.values()))[0].built
    head = (
        f"{first.documents:,} answers of a made-up crawl in {FILES} files: {first.posts:,} posts, {first.facts:,} "
        f"facts. Daft may cost {MOST_RATIO} x the pool."
    )
    heads = ("", "CPU s", "beside the pool", "wall s", "answers a second", "peak MiB of all processes")
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}", *_rows(done)]
    return "\n".join([head, "", *lines, "", _day(done)])


def _rows(done: Mapping[str, Sequence[Run]]) -> Iterator[str]:
    beside = ratios(done)
    for name, each in done.items():
        cost = middle(one.cost for one in each)
        ratio = f"{beside[name]:.2f} x" if name in beside else "1"
        peak = max(one.built.peak_mib for one in each)
        rate = each[0].built.documents / cost.wall_s
        yield f"| {name} | {cost.cpu_s:.1f} | {ratio} | {cost.wall_s:.1f} | {rate:,.0f} | {peak:,.0f} |"


def _day(done: Mapping[str, Sequence[Run]]) -> str:
    """Say on paper what a million posts and a day of Common Crawl's news cost, with the arithmetic."""
    each = done["Daft, 2 processes"]
    built, cpu_s = each[0].built, middle(one.cost for one in each).cpu_s
    a_record = cpu_s / built.documents
    million = cpu_s / built.posts * 1e6 / 3600
    day = a_record * DAY_RECORDS / 3600
    return (
        f"On paper, from the last line: {cpu_s:.1f} CPU s / {built.posts:,} posts x 1,000,000 = {million:.1f} CPU "
        f"hours for a million posts. {cpu_s:.1f} CPU s / {built.documents:,} answers = {1000 * a_record:.2f} ms an "
        f"answer; a day of Common Crawl's news, taken for {DAY_RECORDS:,} answers: x {1000 * a_record:.2f} ms = "
        f"{day:.1f} CPU hours, {60 * day / 16:.0f} minutes on 16 cores."
    )


if __name__ == "__main__":
    _, where, into, by, count = sys.argv
    print(json.dumps(build(Path(where), Path(into), cast("Runner", by), int(count))._asdict()))
