"""Images: which posts show them, which are asked for next, and which copies the archive holds."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from hashlib import blake2b
from operator import xor

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Failure, ImageCopy, NewCopies, WaitingImage
from broadsheet.store.engines.engine import Engine
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


class Images:
    """The images that a store's posts show, and the copies of them that the archive holds."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unlisted_posts(self, limit: int = 200) -> Unlisted:
        """Posts that came or changed since their images were listed last, in the order of arrival."""
        row = self._engine.row("meta", name=NOTE)
        after = int(row[0]) if row else 0
        rows = self._engine.rows("unlisted_posts", after=after, limit=limit)
        posts = dict.fromkeys([*_listed_again(self._engine)[:limit], *(row[1] for row in rows)])
        return Unlisted(posts=tuple(posts), mark=rows[-1][0] if rows else after)

    def list_shown(self, posts: Unlisted, found: Mapping[str, Sequence[str]], now: datetime) -> None:
        """Note the addresses of images that each of these posts shows; those not known yet are due at once."""
        with self._engine.transaction():
            for post in posts.posts:
                self._link(post, found.get(post, ()), now)
            _note(self._engine, NOTE, str(posts.mark))
            if again := _listed_again(self._engine):
                _note(self._engine, AGAIN, json_of([post for post in again if post not in posts.posts]))

    def _link(self, post: str, addresses: Sequence[str], now: datetime) -> None:
        for address in addresses:
            self._engine.write("add_image", {"address": address, "now": to_us(now)})
            self._engine.write("link_image", {"address": address, "post": post})
        if digest := reduce(xor, (_token(address, copy) for address, copy in self.copies(addresses).items()), 0):
            self._engine.write("set_pictures", {"post": post, "digest": digest})
        else:
            self._engine.write("forget_pictures", {"post": post})

    def due(self, now: datetime, limit: int) -> list[WaitingImage]:
        """Images to ask for: those never asked for first, of the newest posts before all others."""
        rows = self._engine.rows("images_due", now=to_us(now), limit=limit)
        return [WaitingImage(address=address, failures=failures) for address, failures in rows]

    def keep(self, address: str, copy: ImageCopy, size: int, now: datetime) -> bool:
        """Note the copy of an image, whose files have `size` bytes in all; False if it had one already."""
        values = msgspec.structs.asdict(copy) | {"variants": json_of(copy.variants), "bytes": size, "now": to_us(now)}
        with self._engine.transaction():
            self._engine.write("add_copy", values)
            row = self._engine.row("keep_image", address=address, hash=copy.hash)
            if row is None:
                return False
            self._engine.write("sketch_kin_again", {"image": row[0]})
            token = _token(address, self.copies([address])[address])
            self._engine.write("add_to_pictures", {"image": row[0], "digest": token})
            return True

    def fail(self, address: str, failure: Failure, due: datetime | None) -> None:
        """Note why there is no copy of an image yet, and when to ask again: None gives it up."""
        self._engine.write("fail_image", {"address": address, "failure": json_of(failure), "due": to_us(due)})

    def retry(self, now: datetime) -> int:
        """Let every image without a copy be due, those given up too; how many there are."""
        return self._engine.write("retry_images", {"now": to_us(now)})

    def forget_copies(self, lost: Sequence[ImageCopy], now: datetime) -> int:
        """Let every image be due again whose copy is lost; how many there are."""
        with self._engine.transaction():
            return sum(self._forget_copy(copy, now) for copy in lost)

    def _forget_copy(self, copy: ImageCopy, now: datetime) -> int:
        images = self._engine.rows("images_of_copy", hash=copy.hash)
        for image, address in images:
            # Once more by exclusive or takes it out again.
            self._engine.write("add_to_pictures", {"image": image, "digest": _token(address, copy)})
            self._engine.write("forget_copy", {"image": image, "now": to_us(now)})
        self._engine.write("drop_copy", {"hash": copy.hash})
        return len(images)

    def copies(self, addresses: Sequence[str]) -> dict[str, ImageCopy]:
        """The copies of images, by the address of each; those that have none are left out."""
        if not addresses:
            return {}
        return {row[0]: _copy_of(row[1:]) for row in self._engine.rows("copies", addresses=json_of(addresses))}

    def new_copies(self, since: str) -> NewCopies:
        """The copies kept after a mark, or all of them where the mark is not of this store; "" asks for all.

        A mark is the number of the last copy known, and its hash to know our own marks by.
        """
        number, _, known = since.partition(" ")
        row = self._engine.row("copy_at", num=int(number)) if number.isdecimal() else None
        ours = row is not None and row[0] == known
        rows = self._engine.rows("copies_after", num=int(number) if ours else 0)
        mark = f"{rows[-1][0]} {rows[-1][1]}" if rows else since if ours else ""
        return NewCopies(copies=tuple(_copy_of(row[1:]) for row in rows), mark=mark)

    def copies_to_vary(self, formats: Sequence[str]) -> list[ImageCopy]:
        """Copies of which variants of these formats are still to be made."""
        varied = _varied(self._engine)
        rows = self._engine.rows("copies_after", num=min(varied.get(wanted, 0) for wanted in formats))
        found = (_copy_of(row[1:]) for row in rows)
        return [copy for copy in found if not {copy.kind, *copy.variants}.issuperset(formats)]

    def note_varied(self, formats: Sequence[str]) -> None:
        """Note that variants of these formats were made of all copies, where they are worth it."""
        varied = _varied(self._engine)
        last = _last_copy(self._engine)
        if any(varied.get(wanted) != last for wanted in formats):
            _note(self._engine, VARIED, json_of(varied | dict.fromkeys(formats, last)))

    def add_variants(self, copy: ImageCopy, kinds: Sequence[str], size: int) -> None:
        """Note more variants of a copy, whose files have `size` bytes in all now."""
        more = replace(copy, variants=(*copy.variants, *kinds))
        with self._engine.transaction():
            self._engine.rows("defer_keys")
            number = _last_copy(self._engine) + 1
            images = self._engine.rows("images_of_copy", hash=copy.hash)
            changed = {"num": number, "variants": json_of(more.variants), "bytes": size, "hash": copy.hash}
            self._engine.write("change_copy", changed)
            for image, address in images:
                self._engine.write("renumber_copy", {"image": image, "num": number})
                change = _token(address, copy) ^ _token(address, more)
                self._engine.write("add_to_pictures", {"image": image, "digest": change})

    def by_standing(self) -> dict[str, int]:
        """How many images are `kept`, `waiting` to be asked for, and `given_up`."""
        kept, waiting, given_up = self._engine.rows("images_by_standing")[0]
        return {"kept": kept, "waiting": waiting, "given_up": given_up}


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


def _varied(engine: Engine) -> dict[str, int]:
    row = engine.row("meta", name=VARIED)
    return _NUMBERS.decode(row[0]) if row else {}


def _last_copy(engine: Engine) -> int:
    return int(engine.rows("last_copy")[0][0])


def _note(engine: Engine, name: str, value: str) -> None:
    engine.write("set_meta", {"name": name, "value": value})


def _token(address: str, copy: ImageCopy) -> int:
    """A number for one image and its copy, to be joined to those of others by exclusive or: 56 bits."""
    text = "\0".join((address, copy.hash, copy.kind, *copy.variants))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


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
