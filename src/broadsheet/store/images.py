"""Images: which posts show them, which are asked for next, and which copies the archive holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from hashlib import blake2b
from operator import xor

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Failure, ImageCopy, NewCopies
from broadsheet.store.engine import Engine
from broadsheet.store.moments import to_us
from broadsheet.store.rows import Row, json_of

NOTE = "images listed"
"""The note of the last revision whose post was looked through."""

VARIED = "image variants"
"""The note of the last copy of which variants of each kind were made, or were not worth it."""

AGAIN = "images to list again"
"""The note of posts that were made again since."""

MOST_AGAIN = 1000
"""Beyond so many, all posts are looked through once more."""

_NUMBERS = msgspec.json.Decoder(dict[str, int])
_STRINGS = msgspec.json.Decoder(tuple[str, ...])


class Unlisted(Struct, frozen=True, kw_only=True):
    """Posts to look through, and the `mark` of the last of them."""

    posts: tuple[str, ...]
    mark: int


def unlisted_posts(engine: Engine, limit: int) -> Unlisted:
    """Find posts that were not looked through as they are now."""
    row = engine.row("meta", name=NOTE)
    after = int(row[0]) if row else 0
    rows = engine.rows("unlisted_posts", after=after, limit=limit)
    posts = dict.fromkeys([*_listed_again(engine)[:limit], *(row[1] for row in rows)])
    return Unlisted(posts=tuple(posts), mark=rows[-1][0] if rows else after)


def list_images(engine: Engine, posts: Unlisted, found: Mapping[str, Sequence[str]], now: datetime) -> None:
    """Write what was found; belongs inside a transaction."""
    for post in posts.posts:
        addresses = found.get(post, ())
        for address in addresses:
            engine.write("add_image", {"address": address, "now": to_us(now)})
            engine.write("link_image", {"address": address, "post": post})
        _set_pictures(engine, post, copies(engine, addresses))
    _note(engine, NOTE, str(posts.mark))
    if again := _listed_again(engine):
        _note(engine, AGAIN, json_of([post for post in again if post not in posts.posts]))


def list_again(engine: Engine, posts: Sequence[str]) -> None:
    """Let posts be looked through once more; belongs inside a transaction."""
    if not posts:
        return
    again = dict.fromkeys([*_listed_again(engine), *posts])
    if len(again) > MOST_AGAIN:
        again = {}
        _note(engine, NOTE, "0")
    _note(engine, AGAIN, json_of(list(again)))


def _listed_again(engine: Engine) -> tuple[str, ...]:
    row = engine.row("meta", name=AGAIN)
    return _STRINGS.decode(row[0]) if row else ()


def _note(engine: Engine, name: str, value: str) -> None:
    engine.write("set_meta", {"name": name, "value": value})


def _set_pictures(engine: Engine, post: str, found: Mapping[str, ImageCopy]) -> None:
    digest = reduce(xor, (_token(address, copy) for address, copy in found.items()), 0)
    if digest:
        engine.write("set_pictures", {"post": post, "digest": digest})
    else:
        engine.write("forget_pictures", {"post": post})


def _token(address: str, copy: ImageCopy) -> int:
    """A number for one image and its copy, to be joined to those of others by exclusive or: 56 bits."""
    text = "\0".join((address, copy.hash, copy.kind, *copy.variants))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


def due(engine: Engine, now: datetime, limit: int) -> list[Row]:
    """Read address and failures of images to ask for."""
    return engine.rows("images_due", now=to_us(now), limit=limit)


def keep_image(engine: Engine, address: str, copy: ImageCopy, size: int, now: datetime) -> bool:
    """Write a copy, and that posts show it; belongs inside a transaction."""
    values = msgspec.structs.asdict(copy) | {"variants": json_of(copy.variants), "bytes": size, "now": to_us(now)}
    engine.write("add_copy", values)
    row = engine.row("keep_image", address=address, hash=copy.hash)
    if row is None:
        return False
    engine.write("sketch_kin_again", {"image": row[0]})
    engine.write("add_to_pictures", {"image": row[0], "digest": _token(address, copies(engine, [address])[address])})
    return True


def fail_image(engine: Engine, address: str, failure: Failure, due: datetime | None) -> None:
    """Write why there is no copy."""
    engine.write("fail_image", {"address": address, "failure": json_of(failure), "due": to_us(due)})


def forget_copies(engine: Engine, lost: Sequence[ImageCopy], now: datetime) -> int:
    """Let images be due whose copies are lost, and tell their posts; belongs inside a transaction."""
    forgotten = 0
    for copy in lost:
        for image, address in engine.rows("images_of_copy", hash=copy.hash):
            # Once more by exclusive or takes it out again.
            engine.write("add_to_pictures", {"image": image, "digest": _token(address, copy)})
            engine.write("forget_copy", {"image": image, "now": to_us(now)})
            forgotten += 1
        engine.write("drop_copy", {"hash": copy.hash})
    return forgotten


def copies(engine: Engine, addresses: Sequence[str]) -> dict[str, ImageCopy]:
    """Find copies by the addresses of their images."""
    if not addresses:
        return {}
    return {row[0]: _copy_of(row[1:]) for row in engine.rows("copies", addresses=json_of(addresses))}


def new_copies(engine: Engine, since: str) -> NewCopies:
    """Find copies kept after a mark: the number of the last one known, and its hash to know our own marks by."""
    number, _, known = since.partition(" ")
    row = engine.row("copy_at", num=int(number)) if number.isdecimal() else None
    ours = row is not None and row[0] == known
    rows = engine.rows("copies_after", num=int(number) if ours else 0)
    mark = f"{rows[-1][0]} {rows[-1][1]}" if rows else since if ours else ""
    return NewCopies(copies=tuple(_copy_of(row[1:]) for row in rows), mark=mark)


def copies_to_vary(engine: Engine, formats: Sequence[str]) -> list[ImageCopy]:
    """Find copies of which no variants of these formats were made yet."""
    varied = _varied(engine)
    rows = engine.rows("copies_after", num=min(varied.get(wanted, 0) for wanted in formats))
    found = (_copy_of(row[1:]) for row in rows)
    return [copy for copy in found if not {copy.kind, *copy.variants}.issuperset(formats)]


def note_varied(engine: Engine, formats: Sequence[str]) -> None:
    """Note that variants of these formats were made of all copies there are."""
    varied = _varied(engine)
    last = int(engine.rows("last_copy")[0][0])
    if any(varied.get(wanted) != last for wanted in formats):
        _note(engine, VARIED, json_of(varied | dict.fromkeys(formats, last)))


def _varied(engine: Engine) -> dict[str, int]:
    row = engine.row("meta", name=VARIED)
    return _NUMBERS.decode(row[0]) if row else {}


def add_variants(engine: Engine, copy: ImageCopy, kinds: Sequence[str], size: int) -> None:
    """Write that a copy has more variants, and tell its posts; belongs inside a transaction."""
    engine.rows("defer_keys")
    more = replace(copy, variants=(*copy.variants, *kinds))
    number = int(engine.rows("last_copy")[0][0]) + 1
    images = engine.rows("images_of_copy", hash=copy.hash)
    changed = {"num": number, "variants": json_of(more.variants), "bytes": size, "hash": copy.hash}
    engine.write("change_copy", changed)
    for image, address in images:
        engine.write("renumber_copy", {"image": image, "num": number})
        change = _token(address, copy) ^ _token(address, more)
        engine.write("add_to_pictures", {"image": image, "digest": change})


def by_standing(engine: Engine) -> dict[str, int]:
    """Count images by where the work on them stands."""
    kept, waiting, given_up = engine.rows("images_by_standing")[0]
    return {"kept": kept, "waiting": waiting, "given_up": given_up}


def _copy_of(row: Row) -> ImageCopy:
    key, kind, width, height, size, phash, variants = row
    return ImageCopy(
        hash=key,
        kind=kind,
        width=width,
        height=height,
        size=size,
        phash=phash,
        variants=_STRINGS.decode(variants),
    )
