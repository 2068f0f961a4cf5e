"""The article of one page: what a worker process does with a page that came; pure, bytes in and bytes out."""

import msgspec
from msgspec.structs import replace

from broadsheet.clean import clean_article
from broadsheet.model import Article, ArticlePage, PageReading, PageTask, ParsedEntry, Revision
from broadsheet.parse import decode_page
from broadsheet.pipeline.workers.originals import entry_again, remake_from

_read_task = msgspec.msgpack.Decoder(PageTask)
_write = msgspec.msgpack.Encoder()


def read_page_bytes(task: bytes) -> bytes:
    """Work on a `PageTask` in MessagePack; returns a `PageReading` likewise."""
    return _write.encode(read_page(_read_task.decode(task)))


def read_page(task: PageTask) -> PageReading:
    """Make a post again from what its feed said, with the article of its page; or say why there is none."""
    entry = entry_again(task.original, task.feed)
    if entry is None:
        return PageReading(refused="no-entry")
    made = remake_from(entry, task.original)
    article = article_for(entry, made, task.page)
    if isinstance(article, str):
        return PageReading(refused=article)
    return PageReading(revision=replace(made, article=article))


def article_for(entry: ParsedEntry, made: Revision, page: ArticlePage) -> Article | str:
    """Read the article of an entry from its page; one stable word where the page does not give it."""
    clean = clean_article(entry, made.clean, decode_page(page.body, page.content_type), page.address)
    return clean if isinstance(clean, str) else Article(page=page, clean=clean)
