"""Articles that no feed told of, written as the document of one: pages become posts the way everything else does."""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec.structs import replace

from broadsheet.clean import PageArticle, find_article
from broadsheet.model import host_of
from broadsheet.parse import decode_page
from broadsheet.scale.archive.documents import Document, Rejected

_VERSION: Final = "https://jsonfeed.org/version/1.1"
_WHY: Final = {
    "no-article": "the page holds no article",
    "paywall": "readers must pay for the article",
    "several-pages": "the article goes on on other pages",
}

Item = Mapping[str, object]


def feed_of_host(address: str) -> str:
    """Name the feed that articles of a web server are posts of, for they are from no feed."""
    return f"pages:{host_of(address)}"


def one_article(item: Item, language: str | None = None) -> bytes:
    """Write one item as a document of JSON Feed 1.1; what is empty is left out."""
    spoken = {"language": language} if language else {}
    said = {key: value for key, value in item.items() if value}
    return msgspec.json.encode({"version": _VERSION, **spoken, "items": [{**said, **spoken}]})


def read_article(page: Document) -> Document | Rejected:
    """Find the article of a page; the answer is the document of the feed that might have told of it, or why not."""
    found = find_article(decode_page(page.body, page.content_type), page.address)
    if isinstance(found, str):
        return Rejected(
            source=page.source,
            offset=page.offset,
            address=page.address,
            length=len(page.body),
            reason=found,
            cause=_WHY.get(found, found),
        )
    return replace(
        page,
        kind="feed",
        address=feed_of_host(page.address),
        base=found.base,
        body=_written(page, found),
        content_type="application/feed+json",
        only=page.address,
    )


def _written(page: Document, found: PageArticle) -> bytes:
    says = found.says
    item = {
        "id": page.address,
        "url": page.address,
        "title": says.title,
        "content_html": found.markup,
        "date_published": says.published,
        "date_modified": says.updated,
        "authors": _named(says.authors),
        "image": says.image,
    }
    return one_article(item, says.language)


def _named(authors: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in authors]
