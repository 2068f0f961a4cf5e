"""Reads the search index of a site as `static/search.js` does: what is found, and how many bytes it takes."""

import json
import re
import zlib
from collections.abc import Callable

from broadsheet.publish.search.shards import begin
from broadsheet.publish.search.terms import STOP, number_of

BUDGET = 12_000
WORD = re.compile("[0-9A-Za-z\x80-\u07ff]+|[^\x00-\u07ff]")
JOINT = re.compile("(?<=[0-9])(?=[A-Za-z])|(?<=[A-Za-z])(?=[0-9])")
PHRASE = re.compile(r'"([^"]*)"?|([^\s"]+)')


def terms(question: str, fold: Callable[[str], str]) -> list[str]:
    """The terms of a question, in the order in which they are read."""
    first: list[str] = []
    later: list[str] = []
    for quoted, word in PHRASE.findall(question):
        row = ""
        for one in [*WORD.findall(JOINT.sub(" ", fold(quoted or word))), STOP]:
            if one >= "\u0800" and one != STOP:
                row += one
                continue
            pairs = [row[at : at + 2] for at in range(len(row) - 1)] or list(row)
            for at, pair in enumerate(pairs):
                (later if at % 2 and at < len(pairs) - 1 else first).append(pair)
            first += [one] if one != STOP else []
            row = ""
    return list(dict.fromkeys([*first, *later]))


def squeezed(folded: str) -> str:
    """A folded text without what stands between words of scripts without spaces: a scan looks for phrases in it."""
    return re.sub(r"[\x00-/:-@\[-`{-\x7f]+(?=[^\x00-\u07ff])|(?<=[^\x00-\u07ff])[\x00-/:-@\[-`{-\x7f]+", "", folded)


class IndexReader:
    """A reader of an index whose files `read` gives by their paths under search/; counts the `bytes` it was given."""

    def __init__(self, read: Callable[[str], bytes], fold: Callable[[str], str]) -> None:
        self._read = read
        self._fold = fold
        self._head = json.loads(read("index.json"))
        self.bytes = 0

    def find(self, question: str) -> list[str]:
        """Ids of the posts found, newest first."""
        return [self._card(*hit)[0] for hit in self._hits(question)]

    def transfer(self, question: str, shown: int = 10) -> int:
        """Bytes of the shards and cards that the first hits take."""
        hits = self._hits(question)
        files = {(folder, place // self._head["together"]) for folder, place in hits[:shown]}
        return self.bytes + sum(len(self._read(f"{folder}/c{number}.bin")) for folder, number in files)

    def _hits(self, question: str) -> list[tuple[str, int]]:
        found: list[set[int]] = []
        self.bytes = 0
        for done, term in enumerate(terms(question, self._fold)):
            if done and (not any(found) or self.bytes * (done + 1) / done > BUDGET):
                break
            places = [self._places(block, number_of(term)) for block in self._head["blocks"]]
            found = [old & new for old, new in zip(found, places, strict=True)] if found else places
        folders = [block["folder"] for block in self._head["blocks"]]
        return [(folder, place) for folder, places in zip(folders, found, strict=False) for place in sorted(places)]

    def _card(self, folder: str, place: int) -> list[str]:
        together = self._head["together"]
        packed = self._read(f"{folder}/c{place // together}.bin")
        card: list[str] = json.loads(zlib.decompress(packed, -zlib.MAX_WBITS))[place % together]
        return card

    def _places(self, block: dict[str, int | str], number: int) -> set[int]:
        shards, posts = int(block["shards"]), int(block["posts"])
        shard = number * shards >> 32
        content = self._read(f"{block['folder']}/{shard}.bin")
        self.bytes += len(content)
        return set(decode(content, begin(shard, shards), posts).get(number, ()))


def decode(content: bytes, start: int, posts: int) -> dict[int, list[int]]:
    """Read a whole shard."""
    at = 0
    found: dict[int, list[int]] = {}

    def take() -> int:
        nonlocal at
        value, bits = 0, 0
        while True:
            byte = content[at]
            at += 1
            value |= (byte & 0x7F) << bits
            bits += 7
            if byte < 0x80:
                return value

    number = start
    for _ in range(take()):
        number += take()
        width = -(-posts // 8)
        held = int.from_bytes(content[at : at + width], "little")
        found[number] = [place for place in range(posts) if held >> place & 1]
        at += width
    number = start
    while at < len(content):
        number += take()
        place = -1
        found[number] = [place := place + take() + 1 for _ in range(take() + 1)]
    return found
