"""The PyPI parsers reading the same documents, run with the Python of the peers' environment.

parser_peers.py FOLDER: reads every document once for each parser, and prints what each took as JSON.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import fastfeedparser
import feedparser

PARSERS: dict[str, Callable[[bytes], int]] = {
    "feedparser 6.0.14": lambda body: len(feedparser.parse(body).entries),
    "feedparser, not sanitising": lambda body: len(
        feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False).entries
    ),
    "fastfeedparser 0.6.5": lambda body: len(fastfeedparser.parse(body).entries),
}


def main(folder: Path) -> dict[str, list[float]]:
    """Give CPU seconds and entries for each parser; each sees one document before its time begins."""
    bodies = [path.read_bytes() for path in sorted(folder.iterdir())]
    taken: dict[str, list[float]] = {}
    for name, parse in PARSERS.items():
        parse(bodies[0])
        start = process_time()
        entries = sum(map(parse, bodies))
        taken[name] = [process_time() - start, entries]
    return taken


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
