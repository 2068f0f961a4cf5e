"""Parsing alone, and parsing with cleaning, beside the parsers of PyPI: documents of 30 entries in Chinese.

`python -m bench.parsing FOLDER` reads every document once each way, and prints what each took as JSON.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.contestants import HERE, PEERS
from bench.cost import BenchError, run
from bench.feeds import make_feed, render
from bench.parser_peers import Parsers, timed
from broadsheet.clean import clean_entry
from broadsheet.parse import parse_feed

ENTRIES = 30
YARDSTICK = "feedparser 6.0.14"
PARSE, CLEAN = "broadsheet, parse", "broadsheet, parse and clean"
TARGETS = {PARSE: 25, CLEAN: 8}


class Parsed(NamedTuple):
    """CPU seconds of every run by contestant, for so many documents of so many entries and bytes."""

    seconds: Mapping[str, Sequence[float]]
    documents: int
    entries: int
    bytes: int


def _read(body: bytes) -> int:
    return len(parse_feed(body).entries)


def _read_whole(body: bytes) -> int:
    return len(parse_feed(body, originals=True).entries)


def _clean(body: bytes) -> int:
    entries = parse_feed(body).entries
    return len([clean_entry(entry, "https://news.example/") for entry in entries])


PARSERS: Parsers = {
    PARSE: _read,
    "broadsheet, parse and keep originals": _read_whole,
    CLEAN: _clean,
}


def measure(documents: int, runs: int, folder: Path) -> Parsed:
    """Let everybody read the same documents in turn, `runs` times.

    Raises:
        BenchError: a parser lost entries.
    """
    entries, size = write_documents(folder, documents)
    seconds: dict[str, list[float]] = defaultdict(list)
    contestants = ([sys.executable, "-m", "bench.parsing"], [PEERS / "bin" / "python", HERE / "parser_peers.py"])
    for number in range(runs):
        print(f"bench: parse, run {number + 1}", file=sys.stderr, flush=True)
        for command in contestants:
            for name, (taken, found) in json.loads(run([*command, folder]).output).items():
                if found != entries:
                    message = f"{name} found {found} entries, not {entries}"
                    raise BenchError(message)
                seconds[name].append(taken)
    return Parsed(seconds, documents, entries, size)


def write_documents(folder: Path, documents: int) -> tuple[int, int]:
    """Write RSS and Atom, 7 : 2, of long entries; how many entries and bytes there are in all."""
    folder.mkdir(parents=True, exist_ok=True)
    xml = (number for number in count() if number % 10 != 9)
    entries = size = 0
    for number in (next(xml) for _ in range(documents)):
        feed = make_feed(number, 2 * ENTRIES)
        longest = sorted(feed.items, key=lambda item: len(item.body))[-ENTRIES:]
        feed = feed._replace(items=tuple(item for item in feed.items if item in longest))
        entries += ENTRIES
        size += (folder / feed.name).write_bytes(render(feed))
    return entries, size


def block(parsed: Parsed) -> str:
    """The table of a measure, and whether it reached what it is to reach."""
    middle = {name: median(seconds) for name, seconds in parsed.seconds.items()}
    yardstick = middle[YARDSTICK]
    rows = [
        f"| {name} | {1000 * taken / parsed.documents:.2f} | {yardstick / taken:.1f} x | {_target(name)} |"
        for name, taken in sorted(middle.items(), key=lambda each: each[1])
    ]
    how = (
        f"{parsed.documents} documents of {parsed.bytes // parsed.documents // 1000} kB, {parsed.entries:,} entries; "
        "each contestant in one process, every document read from memory."
    )
    return "\n".join(
        [how, "", "|  | CPU ms a document | beside feedparser | to reach |", "| --- | ---: | ---: | ---: |", *rows]
    )


def _target(name: str) -> str:
    return f"{TARGETS[name]} x" if name in TARGETS else ""


if __name__ == "__main__":
    print(json.dumps(timed(PARSERS, Path(sys.argv[1]))))
