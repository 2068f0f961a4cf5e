"""Copies planted in the feeds of another generator, which stands beside the project: what is found, what is right."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from bench.contestants import HERE
from broadsheet.clean import clean_entry
from broadsheet.group import compare_posts, find_pairs, sketch_posts
from broadsheet.model import PostText
from broadsheet.parse import parse_feed

SCRIPT = HERE.parent.parent / "shared" / "bench" / "mkfeeds.py"


class Planted(NamedTuple):
    """How many pairs were planted, which share was found, and which share of what was found is right."""

    pairs: int
    recall: float
    precision: float
    digest: str


def measure(folder: Path, feeds: int) -> Planted:
    """Make so many feeds of twenty posts, read them, and find the copies; `digest` is that of the feeds."""
    command = [sys.executable, str(SCRIPT), str(folder), "--feeds", str(feeds), "--entries", "20", "--seed", "7"]
    subprocess.run(command, check=True, capture_output=True)
    files = sorted(folder.glob("f*.*"))
    digest = blake2b(b"".join(file.read_bytes() for file in files), digest_size=8).hexdigest()
    planted = [frozenset(pair) for pair in json.loads((folder / "truth.json").read_text("utf-8"))["pairs"]]
    found = _found(list(_posts(files)))
    family = _families(planted)
    right = sum(len({family.get(name, name) for name in pair}) == 1 for pair in found)
    return Planted(len(planted), sum(pair in found for pair in planted) / len(planted), right / len(found), digest)


def _found(posts: Sequence[PostText]) -> set[frozenset[str]]:
    sketches = sketch_posts(posts)
    edges = compare_posts(find_pairs(sketches, sketches), {one.post_id: one for one in posts})
    return {frozenset((edge.first, edge.second)) for edge in edges if edge.share is not None}


def _posts(files: Iterable[Path]) -> Iterator[PostText]:
    for file in files:
        for entry in parse_feed(file.read_bytes()).entries:
            clean = clean_entry(entry, "https://outlet.example/")
            assert entry.id
            assert entry.published
            yield PostText(
                post_id=entry.id.rpartition(":")[2],
                feed_id=file.stem,
                published=entry.published,
                language=clean.language,
                title=clean.title,
                text=clean.text,
            )


def _families(pairs: Iterable[frozenset[str]]) -> dict[str, str]:
    """A name of the family for each that was copied or is a copy: copies of one post are copies of each other."""
    family: dict[str, str] = {}
    for pair in pairs:
        names = {family.get(name, name) for name in pair}
        head = min(names)
        family |= {name: head for name, known in family.items() if known in names} | dict.fromkeys(names | pair, head)
    return family
