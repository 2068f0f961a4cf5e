"""Which rules find facts: a digest that changes with the lexicons, and with what the code makes of them."""

from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

VERSION: Final = 1
"""Raised when the code finds other facts in the same text."""


@lru_cache(maxsize=1)
def rules_digest() -> str:
    """Name the rules of today; posts that were read with others may be read again."""
    digest = blake2b(str(VERSION).encode(), digest_size=8)
    lexicon = files("broadsheet.annotate") / "lexicon"
    for file in sorted(lexicon.iterdir(), key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
