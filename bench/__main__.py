"""`./run bench [MEASURE ...]`: measure, print the tables, and keep them in docs/benchmarks.md."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import measures, report
from bench.contestants import install_peers
from bench.cost import BenchError

USUAL = {
    "feeds": 500, "entries": 20, "posts": 10_000, "runs": 3, "town": 100_000, "hours": 24, "documents": 40,
    "seconds": 15, "archive": 1_000_000, "processes": 2, "crawl": 6_000, "minutes": 60, "speed": 6
}  # fmt: skip
WAITING = 10_000
"""Feeds that workers find due at once."""

KILLING_S = 300
MEASURES = (
    "a", "b", "c", "d", "stages", "all", "parse", "clean", "copies", "due", "search", "site-search", "grouping",
    "politeness", "web", "archive", "kin", "kin-parity", "parity", "workers", "kills", "moving"
)  # fmt: skip
BLOCKS = {measures.COLD: "a", measures.AGAIN: "b", measures.FULL: "c", measures.ONE_MORE: "c1"}


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench", description="Time Broadsheet beside public peers.")
    words = (
        "a: polled cold; b: polled again; c: the site; d: peak memory of these; stages: each alone. Without: all "
        "of these. parse: --documents of 111 kB, beside the parsers of PyPI. clean: beside its cleaners. copies: "
        "what is found of them, beside datasketch. due: choosing feeds among --town. search: among --town posts. "
        "site-search: the site without a server. grouping: what stories cost. politeness: so many simulated --hours "
        "of --town feeds, half an hour of work. web: the live reader of --town posts in --feeds "
        "feeds, each page asked for --seconds. kin: copies and stories of --archive posts by --processes. "
        "kin-parity: the same by a newspaper and three kinds of archive. archive: --crawl answers of a crawl, by "
        "Daft beside a pool. parity: posts and facts of a newspaper and of three kinds of archive, and kin-parity. "
        "workers: 1, 2 and 4 of them, and --minutes of --town feeds polled "
        "hourly at --speed. kills: workers killed and PostgreSQL restarted while they poll, 300 s or --seconds. "
        "moving: a store of --town posts to PostgreSQL and back"
    )
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=words)
    for name, usual in USUAL.items():
        parser.add_argument(f"--{name}", type=int, default=usual, metavar="N", help=f"default {usual}")
    parser.add_argument(
        "--write", action="store_true", help="keep the tables though the sizes are not the usual ones"
    )
    chosen = parser.parse_args(given)
    if unknown := set(chosen.measures) - set(MEASURES):
        parser.error(f"no such measure: {', '.join(sorted(unknown))}; there are {' '.join(MEASURES)}")
    return chosen


def measure(chosen: argparse.Namespace) -> list[measures.Measured]:
    """Run what was asked for, in an empty folder that is removed at the end."""
    wanted = set(chosen.measures or ["all"])
    done: list[measures.Measured] = []
    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        plan = measures.Plan(chosen.feeds, chosen.entries, chosen.posts, chosen.runs, Path(work))
        if wanted & {"a", "b", "d", "all"}:
            install_peers()
            done += measures.poll(plan)
        if wanted & {"c", "d", "all"}:
            done += measures.site(plan)
        if wanted & {"stages", "all"}:
            done.append(measures.stages(plan))
    return done


def _beside_peers(chosen: argparse.Namespace) -> dict[str, str]:
    """The measures whose peers are libraries: in one process each, on the same files."""
    from bench import cleaning, copies, parsing

    wanted = {
        "parse": lambda work: parsing.block(parsing.measure(chosen.documents, chosen.runs, work)),
        "clean": lambda work: cleaning.block(cleaning.measure(chosen.runs, work)),
        "copies": lambda work: copies.block(copies.measure(chosen.runs, work)),
    }
    blocks: dict[str, str] = {}
    for name in [name for name in wanted if name in chosen.measures]:
        install_peers()
        with TemporaryDirectory(prefix="broadsheet-bench-") as work:
            blocks[name] = f"{report.circumstances(chosen.runs)}\n\n{wanted[name](Path(work))}"
    return blocks


def _due(chosen: argparse.Namespace) -> dict[str, str]:
    if "due" not in chosen.measures:
        return {}
    from bench import due

    table = due.block(due.measure(chosen.town), chosen.town)
    return {"due": f"{report.circumstances(1)}\n\n{table}"}


def _grouping(chosen: argparse.Namespace) -> dict[str, str]:
    if "grouping" not in chosen.measures:
        return {}
    from bench import grouping

    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        runs = grouping.measure(chosen.feeds, chosen.entries, chosen.runs, Path(work))
    table = grouping.block(runs, chosen.feeds * chosen.entries)
    return {"grouping": f"{report.circumstances(chosen.runs)}\n\n{table}"}


def _search(chosen: argparse.Namespace) -> dict[str, str]:
    if "search" not in chosen.measures:
        return {}
    from bench import searching

    install_peers()
    table = searching.block(searching.measure(chosen.town), chosen.town)
    return {"search": f"{report.circumstances(1)}\n\n{table}"}


def _site_search(chosen: argparse.Namespace) -> dict[str, str]:
    if "site-search" not in chosen.measures:
        return {}
    from bench import sitesearch

    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        table = sitesearch.block(sitesearch.measure(chosen.posts, chosen.entries, chosen.runs, Path(work)))
    return {"site-search": f"{report.circumstances(chosen.runs)}\n\n{table}"}


def _politeness(chosen: argparse.Namespace) -> dict[str, str]:
    if "politeness" not in chosen.measures:
        return {}
    from bench import politeness

    day = politeness.block(politeness.measure(chosen.town, chosen.hours))
    return {"politeness": f"{report.circumstances(1)}\n\n{day}"}


def _web(chosen: argparse.Namespace) -> dict[str, str]:
    if "web" not in chosen.measures:
        return {}
    from bench import web

    install_peers()
    table = web.block(web.measure(chosen.town, chosen.feeds, chosen.seconds))
    return {"web": f"{report.circumstances(1)}\n\n{table}"}


def _kin(chosen: argparse.Namespace) -> dict[str, str]:
    if "kin" not in chosen.measures:
        return {}
    from bench import kin

    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        table = kin.block(kin.measure(chosen.archive, chosen.processes, Path(work)), chosen.processes)
    return {"kin": f"{report.circumstances(1)}\n\n{table}"}


def _archive(chosen: argparse.Namespace) -> dict[str, str]:
    if "archive" not in chosen.measures:
        return {}
    from bench import archive

    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        table = archive.block(archive.measure(chosen.crawl, chosen.runs, Path(work)))
    return {"archive": f"{report.circumstances(chosen.runs)}\n\n{table}"}


def _parity(chosen: argparse.Namespace) -> dict[str, str]:
    if "parity" not in chosen.measures:
        return {}
    from bench import archiveparity

    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        table = archiveparity.block(archiveparity.measure(Path(work)))
    return {"parity": f"{report.circumstances(1)}\n\n{table}"}


def _kin_parity(chosen: argparse.Namespace) -> dict[str, str]:
    if not {"kin-parity", "parity"} & set(chosen.measures):
        return {}
    from bench import kinparity

    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        table = kinparity.block(kinparity.measure(Path(work)))
    return {"kin-parity": f"{report.circumstances(1)}\n\n{table}"}


def _workers(chosen: argparse.Namespace) -> dict[str, str]:
    if "workers" not in chosen.measures:
        return {}
    from bench import workers

    sizes = chosen.town, chosen.minutes, chosen.speed
    table = workers.block(*workers.measure(WAITING, chosen.runs, *sizes), *sizes)
    return {"workers": f"{report.circumstances(chosen.runs)}\n\n{table}"}


def _kills(chosen: argparse.Namespace) -> dict[str, str]:
    if "kills" not in chosen.measures:
        return {}
    from bench import kills

    seconds = KILLING_S if chosen.seconds == USUAL["seconds"] else chosen.seconds
    return {"kills": f"{report.circumstances(1)}\n\n{kills.block(kills.measure(seconds))}"}


def _moving(chosen: argparse.Namespace) -> dict[str, str]:
    if "moving" not in chosen.measures:
        return {}
    from bench import moving

    table = moving.block(moving.measure(chosen.town), chosen.town)
    return {"moving": f"{report.circumstances(1)}\n\n{table}"}


def main(given: Sequence[str]) -> int:
    """Measure and report; returns the exit code."""
    chosen = arguments(given)
    try:
        done = measure(chosen)
        blocks = (
            _beside_peers(chosen)
            | _due(chosen)
            | _search(chosen)
            | _grouping(chosen)
            | _site_search(chosen)
            | _politeness(chosen)
            | _web(chosen)
            | _archive(chosen)
            | _parity(chosen)
            | _kin(chosen)
            | _kin_parity(chosen)
            | _workers(chosen)
            | _kills(chosen)
            | _moving(chosen)
        )
    except BenchError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    where = report.circumstances(chosen.runs)
    beside = [one for one in done if one.title in BLOCKS]
    blocks |= {BLOCKS[one.title]: f"{where}\n\n{report.table(one)}" for one in beside}
    everything = set(BLOCKS.values()) <= set(blocks)
    if everything:
        blocks["d"] = f"{where}\n\n{report.peak_table(beside)}"
    for one in done:
        if one.title == measures.STAGES:
            blocks["stages"] = f"{where}\n\n{report.stage_table(one)}"
    print("\n\n".join(f"## {name}\n{block}" for name, block in blocks.items()))
    if chosen.write or all(getattr(chosen, name) == usual for name, usual in USUAL.items()):
        report.write(report.PAGE, blocks)
        for readme, words in report.README.items() if everything else ():
            report.write(readme, {"readme": report.summary(beside, words)})
        print(f"\nkept in {report.PAGE.relative_to(report.ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
