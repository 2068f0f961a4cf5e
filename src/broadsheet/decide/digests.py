"""Fingerprints of what a feed said, so that the same words are never taken for news."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

from broadsheet.model import Category, Enclosure, ParsedEntry, Person

HEX = 12
STEP = HEX + 1


def body_digest(body: bytes) -> str:
    """Digest a whole document: 32 hex digits of BLAKE2b."""
    return blake2b(body, digest_size=16).hexdigest()


def entry_key(entry: ParsedEntry) -> str:
    """Name an entry within its feed: its id, else its link, else a digest of its title and content."""
    return entry.id or entry.link or f"digest:{_hash(_joined(entry.title, entry.summary, entry.content))}"


def entry_digest(entry: ParsedEntry) -> str:
    """Digest what an entry says; equal for the same words, whatever its id and its dates.

    Each part that is not empty adds its letter and 12 hex digits of BLAKE2b, in a fixed order: two digests tell which
    parts differ, and a part that a later version learns to read does not make every old entry look edited.
    """
    return "".join([letter + _hash(write(said)) for letter, name, write in _PARTS if (said := getattr(entry, name))])


def differing_parts(old: str, new: str) -> tuple[str, ...]:
    """Name the parts in which two entry digests differ."""
    before, after = _by_letter(old), _by_letter(new)
    return tuple(name for letter, name, _ in _PARTS if before.get(letter) != after.get(letter))


def page_digest(digest: str) -> str | None:
    """Cut the title and the link out of an entry digest; None where the entry has no link."""
    link = link_digest(digest)
    return None if link is None else digest[: digest.index(link) + STEP]


def link_digest(digest: str) -> str | None:
    """Cut the link out of an entry digest; None where the entry has none."""
    at = STEP if digest[:1] == "t" else 0
    return digest[at : at + STEP] if digest[at : at + 1] == "l" else None


def _by_letter(digest: str) -> dict[str, str]:
    return {digest[at]: digest[at + 1 : at + STEP] for at in range(0, len(digest), STEP)}


def _hash(said: str) -> str:
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=HEX // 2).hexdigest()


def _joined(*said: str | None) -> str:
    return "\0".join([word or "" for word in said])


def _link(link: str) -> str:
    """A site that moves to https has not edited its entries."""
    return link.partition("://")[2] or link


def _authors(authors: Sequence[Person]) -> str:
    return "\n".join([_joined(author.name, author.email, author.url) for author in authors])


def _categories(categories: Sequence[Category]) -> str:
    return "\n".join([_joined(category.term, category.scheme, category.label) for category in categories])


def _enclosures(enclosures: Sequence[Enclosure]) -> str:
    return "\n".join([_joined(file.url, file.type, str(file.length or "")) for file in enclosures])


_PARTS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("t", "title", str),
    ("l", "link", _link),
    ("s", "summary", str),
    ("c", "content", str),
    ("a", "authors", _authors),
    ("g", "categories", _categories),
    ("e", "enclosures", _enclosures),
    ("i", "images", "\n".join),
)
"""Letter, field and words of each part; title and link stand first, because they outlive an edit."""
