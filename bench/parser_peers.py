"""The PyPI parsers reading the same documents, run with the Python of the peers' environment.

parser_peers.py FOLDER: reads every document once for each parser, and prints what each took as JSON.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time

Parsers = Mapping[str, Callable[[bytes], int]]
"""Ways to read a document, by name; each tells how many entries it found."""


def timed(parsers: Parsers, folder: Path) -> dict[str, list[float]]:
    """Give CPU seconds and entries for each parser; each sees one document before its time begins."""
    bodies = [path.read_bytes() for path in sorted(folder.iterdir())]
    taken: dict[str, list[float]] = {}
    for name, parse in parsers.items():
        parse(bodies[0])
        start = process_time()
        entries = sum(map(parse, bodies))
        taken[name] = [process_time() - start, entries]
    return taken


def _parsers() -> Parsers:
    import fastfeedparser
    import feedparser

    plain = {"sanitize_html": False, "resolve_relative_uris": False}
    return {
        "feedparser 6.0.14": lambda body: len(feedparser.parse(body).entries),
        "feedparser, not sanitising": lambda body: len(feedparser.parse(body, **plain).entries),
        "fastfeedparser 0.6.5": lambda body: len(fastfeedparser.parse(body).entries),
    }


if __name__ == "__main__":
    print(json.dumps(timed(_parsers(), Path(sys.argv[1]))))
