"""The whole article of a post whose feed carries only a summary: when it is wanted, and what came of it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from broadsheet.model.moments import require_utc
from broadsheet.model.posts import CleanEntry, Original

FullTextChoice = Literal["auto", "always", "never"]


class FullTextRule(Struct, frozen=True, kw_only=True):
    """When the article's own page is asked for.

    "auto" means where the feed's text has fewer than `shorter_than` characters and ends as if it were cut off.
    """

    choice: FullTextChoice = "auto"
    shorter_than: int = 500


class ArticlePage(Struct, frozen=True, kw_only=True):
    """The page of an article as its server sent it, decoded from its content coding, and where it was found."""

    address: str
    content_type: str | None = None
    body: bytes
    fetched_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.fetched_at)


class FullText(Struct, frozen=True, kw_only=True):
    """An article read from its page; `clean` is what a reader sees of it."""

    page: ArticlePage
    clean: CleanEntry


class WantedPage(Struct, frozen=True, kw_only=True):
    """A post that waits for its article: where the page is, how often asking failed, what its feed said of it."""

    post_id: str
    address: str
    tries: int = 0
    original: Original


class PageTask(Struct, frozen=True, kw_only=True):
    """A page that came, on its way to a worker process, with the post that waits for it."""

    wanted: WantedPage
    zone: str | None = None
    page: ArticlePage


class Refusal(Struct, frozen=True, kw_only=True):
    """Why a page gave no full text, in one stable word; after `wait_s` seconds it may be asked again, if at all."""

    reason: str
    wait_s: int | None = None
