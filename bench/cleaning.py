"""Cleaning alone, beside the cleaners of PyPI: fragments of 7 kB, whole posts, and a megabyte of hostility.

`python -m bench.cleaning FOLDER` cleans every file of the folder, and prints what each took as JSON.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.cleaner_peers import Taken, timed
from bench.contestants import HERE, PEERS
from bench.cost import run
from bench.feeds import make_feed
from broadsheet.clean import clean_entry
from broadsheet.model import ParsedEntry

OURS = "broadsheet"
FRAGMENT_BYTES = 7000
FRAGMENTS, POSTS = 200, 1000
FRAGMENT_MS, POSTS_A_SECOND, HOSTILE_S = 0.6, 1500, 2.0
HOSTILE = {
    "unclosed boxes": "<div>",
    "unclosed formatting": "<b><i><a href=x>",
    "nested tables": "<table><tr><td>",
    "paragraphs": "<p>x",
    "pictures": "<img src=//a.example/c.jpg>",
    "comments": "<!--",
    "angle brackets": "<",
    "ampersands": "&",
}
"""What is written again and again until there is a megabyte of it."""


Cleaned = Mapping[str, Sequence[Taken]]
"""What every run of each contestant took: for each kind of file, CPU seconds a file; None where it gave up."""


def measure(runs: int, folder: Path) -> Cleaned:
    """Let everybody clean the same files in turn, `runs` times."""
    write_files(folder)
    taken: dict[str, list[Taken]] = defaultdict(list)
    contestants = ([sys.executable, "-m", "bench.cleaning"], [PEERS / "bin" / "python", HERE / "cleaner_peers.py"])
    for number in range(runs):
        print(f"bench: clean, run {number + 1}", file=sys.stderr, flush=True)
        for command in contestants:
            for name, found in json.loads(run([*command, folder]).output).items():
                taken[name].append(found)
    return taken


def write_files(folder: Path) -> None:
    """Write `fragment-*`, `post-*` and `hostile-*`, each a file of HTML."""
    folder.mkdir(parents=True, exist_ok=True)
    bodies = (item.body for number in range(POSTS // 10) for item in make_feed(number, 20).items)
    for number, body in zip(range(POSTS), bodies, strict=False):
        (folder / f"post-{number:04}.html").write_text(body, "utf-8")
    for number, fragment in zip(range(FRAGMENTS), _fragments(), strict=False):
        (folder / f"fragment-{number:04}.html").write_text(fragment, "utf-8")
    for name, piece in HOSTILE.items():
        (folder / f"hostile-{name}.html").write_text(piece * (1_000_000 // len(piece)), "utf-8")


def _fragments() -> Iterator[str]:
    """Paragraphs of one feed after another, joined until there are 7 kB of them."""
    fragment = ""
    for number in range(FRAGMENTS):
        for line in (line for item in make_feed(number, 20).items for line in item.body.split("\n")):
            fragment += f"{line}\n"
            if len(fragment.encode()) >= FRAGMENT_BYTES:
                yield fragment
                fragment = ""


def block(cleaned: Cleaned) -> str:
    """The tables of a measure: who takes how long for a fragment and for posts, and for each hostile megabyte."""
    names = list(cleaned)
    usual = [
        f"| {name} | {1000 * _of(cleaned, name, 'fragment'):.2f} | {1 / _of(cleaned, name, 'post'):,.0f} |"
        for name in names
    ]
    hostile = [f"| {kind} | {' | '.join(_hostile(cleaned, name, kind) for name in names)} |" for kind in HOSTILE]
    return "\n".join(
        [
            f"{FRAGMENTS} fragments of {FRAGMENT_BYTES // 1000} kB and {POSTS:,} posts; one process each.",
            "",
            "|  | ms a fragment, median | posts a CPU second |",
            "| --- | ---: | ---: |",
            *usual,
            f"| to reach | {FRAGMENT_MS} | {POSTS_A_SECOND:,} |",
            "",
            "A megabyte of hostility, CPU seconds:",
            "",
            f"| again and again | {' | '.join(names)} |",
            f"| --- |{' ---: |' * len(names)}",
            *hostile,
        ]
    )


def _of(cleaned: Cleaned, name: str, kind: str) -> float:
    """CPU seconds a file: the median of fragments, the mean of posts; the median of all runs."""
    summed = median if kind == "fragment" else lambda seconds: sum(seconds) / len(seconds)
    return median(summed([s for s in taken[kind] if s is not None]) for taken in cleaned[name])


def _hostile(cleaned: Cleaned, name: str, kind: str) -> str:
    place = sorted(HOSTILE).index(kind)
    seconds = [taken["hostile"][place] for taken in cleaned[name]]
    known = [s for s in seconds if s is not None]
    return f"{median(known):.2f}" if len(known) == len(seconds) else "gave up"


def _clean(markup: str) -> object:
    entry = ParsedEntry(id="1", title="样刊", content=markup, content_type="html")
    return clean_entry(entry, "https://news.example/").html


if __name__ == "__main__":
    print(json.dumps({OURS: timed(_clean, Path(sys.argv[1]))}))
