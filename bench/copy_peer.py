"""Signatures and buckets of datasketch on the same posts, run with the Python of the peers' environment.

copy_peer.py FILE: reads a JSON list of texts, and prints the CPU seconds of its steps as JSON. Shingles, permutations
and bands are as ours; it verifies nothing.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import process_time

PERMUTATIONS, BANDS, ROWS = 128, 32, 4
WIDTH = 4


def timed(texts: Sequence[str]) -> dict[str, float]:
    """Sign all texts, then ask for and insert each."""
    from datasketch import MinHash, MinHashLSH

    start = process_time()
    signed = MinHash.bulk([shingles(text) for text in texts], num_perm=PERMUTATIONS)
    sketched = process_time()
    buckets = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    pairs = 0
    for number, signature in enumerate(signed):
        pairs += len(buckets.query(signature))
        buckets.insert(number, signature)
    return {"sketch": sketched - start, "find": process_time() - sketched, "found": pairs}


def shingles(text: str) -> list[bytes]:
    """Four letters or digits in a row, all that there are."""
    letters = "".join(filter(str.isalnum, text))
    return [letters[start : start + WIDTH].encode() for start in range(len(letters) - WIDTH + 1)]


if __name__ == "__main__":
    print(json.dumps(timed(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
