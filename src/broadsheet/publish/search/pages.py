"""Search on the published site without a server: its page, and an index that a browser reads in small pieces.

Posts stand in blocks by their number from the oldest, so that new posts change only the last, small block. A block is
a folder of shards (see `publish.shards`) and of cards, named by what it holds: no file changes under its address.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec
from msgspec import Struct

from broadsheet.model import Folding, Page, PostRef, iso
from broadsheet.publish.press import Press
from broadsheet.publish.search.forms import PAGES, page_of_forms
from broadsheet.publish.search.shards import encode_block
from broadsheet.publish.search.terms import postings

FOLDER = "search/"
STEP = 64
"""Posts that the last block may hold; those before it change when there are so many."""

GROWTH = 8
"""The first block is made again when the posts after it are more than one in so many of its own."""

TOGETHER = 4
"""Cards in one file."""

BULK = 256
"""Posts from which on a block is made with numpy."""

PORTION = 512
LEAD = 40
_SHARDS_PER_POST = (0.4, 1, 2)  # of the first block, the middle one and the last; a query reads one of each


class Block(Struct, frozen=True, kw_only=True):
    """Some neighbouring posts, newest first, and the number of their shards."""

    refs: Sequence[PostRef]
    shards: int


def search_pages(press: Press) -> Iterator[Page]:
    """Plan the page of search and the files of its index; nothing where the paper has no search."""
    folding = press.edition.folding
    if folding is None or not press.theme.paper.search:
        return
    yield press.page(f"{FOLDER}index.html", "search.html", (), dict)
    blocks = list(cut(press.edition.refs))
    folders = [_folder(press, folding, block) for block in blocks]
    forms = press.theme.fingerprint("forms", folding.digest)[:16]
    head = _head(blocks, folders, forms, _years(press))
    yield Page(path=f"{FOLDER}index.json", digest=press.theme.fingerprint(head.decode()), render=partial(bytes, head))
    for number in PAGES:
        page = partial(page_of_forms, number, folding.fold)
        yield Page(path=f"{FOLDER}{forms}/{number:x}.bin", digest=forms, render=page)
    for block, folder in zip(blocks, folders, strict=True):
        yield from _files(press, folding, block, folder)


def cut(refs: Sequence[PostRef]) -> Iterator[Block]:
    """Cut posts, newest first, into at most three blocks of which only the first grows without end."""
    first = 0
    while (following := first + max(STEP, first // GROWTH // STEP * STEP)) <= len(refs):
        first = following
    last = len(refs) // STEP * STEP
    edges = (first, last, len(refs))
    for number in (2, 1, 0):
        posts = refs[len(refs) - edges[number] : len(refs) - (edges[number - 1] if number else 0)]
        if posts:
            yield Block(refs=posts, shards=max(1, round(len(posts) * _SHARDS_PER_POST[number])))


def _folder(press: Press, folding: Folding, block: Block) -> str:
    """Name a block by all that its files are made from."""
    return press.theme.fingerprint("search", folding.digest, str(block.shards), *press.shown(block.refs))[:16]


def _years(press: Press) -> list[tuple[int, int]]:
    """Count the posts of each year, the newest first: as posts are in order, this is the year of every one."""
    found: Counter[int] = Counter()
    for day, refs in press.layout.by_day.items():
        found[day.year] += len(refs)
    return sorted(found.items(), reverse=True)


def _head(blocks: Sequence[Block], folders: Sequence[str], forms: str, years: Sequence[tuple[int, int]]) -> bytes:
    named = [
        {"folder": folder, "posts": len(block.refs), "shards": block.shards}
        for block, folder in zip(blocks, folders, strict=True)
    ]
    return msgspec.json.encode({"forms": forms, "together": TOGETHER, "years": years, "blocks": named})


def _files(press: Press, folding: Folding, block: Block, folder: str) -> Iterator[Page]:
    shards = _once(partial(_shards, press, folding, block))
    cards = _once(partial(_cards, press, block))
    for number in range(block.shards):
        yield Page(path=f"{FOLDER}{folder}/{number}.bin", digest=folder, render=partial(_item, shards, number))
    for number in range(-(-len(block.refs) // TOGETHER)):
        yield Page(path=f"{FOLDER}{folder}/c{number}.bin", digest=folder, render=partial(_item, cards, number))


def _item(made: Callable[[], Sequence[bytes]], number: int) -> bytes:
    return made()[number]


def _once(make: Callable[[], Sequence[bytes]]) -> Callable[[], Sequence[bytes]]:
    """Make the files of a block together when the first is asked for, and keep them until the last was."""
    made: list[Sequence[bytes]] = []

    def get() -> Sequence[bytes]:
        if not made:
            made.append(make())
        return made[0]

    return get


def _shards(press: Press, folding: Folding, block: Block) -> Sequence[bytes]:
    texts = _texts(press, folding, block.refs)
    if len(block.refs) < BULK:
        return encode_block(postings(texts), len(block.refs), block.shards)
    from broadsheet.publish.search.bulk import encode_texts  # numpy, which a few posts do not need

    return encode_texts(texts, block.shards)


def _texts(press: Press, folding: Folding, refs: Sequence[PostRef]) -> Iterator[str]:
    for start in range(0, len(refs), PORTION):
        ids = [ref.id for ref in refs[start : start + PORTION]]
        texts = press.edition.shelf.texts(ids)
        for post_id in ids:
            yield folding.fold(texts[post_id].text)


def _cards(press: Press, block: Block) -> Sequence[bytes]:
    """Write what is shown of each post that is found, as JSON of some together, deflated (RFC 1951)."""
    cards: list[list[str]] = []
    almanac, feeds = press.theme.almanac, press.edition.feeds
    for start in range(0, len(block.refs), PORTION):
        for card in press.cards(block.refs[start : start + PORTION]):
            feed = feeds[card.feed_id]
            day = almanac.stamp(almanac.local(card.published))
            language = card.language or feed.language or press.theme.paper.language
            lead = card.summary if len(card.summary) <= LEAD else f"{card.summary[:LEAD]}…"
            cards.append([card.id, iso(card.published), day, feed.label, language, card.title, lead])
    return [_deflated(msgspec.json.encode(cards[at : at + TOGETHER])) for at in range(0, len(cards), TOGETHER)]


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
