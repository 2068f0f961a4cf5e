"""The published state of the paper at one moment, and the pages it becomes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from broadsheet.model.feeds import Feed
from broadsheet.model.findings import Findings
from broadsheet.model.images import ImageCopy
from broadsheet.model.ledger import Heard
from broadsheet.model.moments import require_utc
from broadsheet.model.posts import Card, Original, Post, Version
from broadsheet.model.stories import Edge, PostText, Story, StoryRef


class Paper(Struct, frozen=True, kw_only=True):
    """The paper as its readers know it; `zone` (IANA) sets the days, `address` is the public one, ending in "/".

    `search` offers a search of its own on every page, `companies` leads from every page to those that it names.
    """

    title: str
    subtitle: str = ""
    language: str = "zh-CN"
    zone: str = "Asia/Shanghai"
    address: str = "http://127.0.0.1:8080/"
    search: bool = False
    companies: bool = False


class PostRef(Struct, frozen=True, array_like=True):
    """The least that laying out pages needs of a post; `digest` changes whenever anything shown of it does.

    `pictures` changes whenever the paper's own copies of its images do; 0 where there are none.
    """

    id: str
    feed_id: str
    published: datetime
    digest: str
    pictures: int = 0

    def __post_init__(self) -> None:
        require_utc(self.published)


class Shelf(Protocol):
    """Where pages get their posts from while they are rendered; the store is one."""

    def post(self, post_id: str) -> Post:
        """Read one post whole."""
        ...

    def cards(self, post_ids: Sequence[str]) -> Sequence[Card]:
        """Read posts without bodies, in the order asked."""
        ...

    def texts(self, post_ids: Sequence[str]) -> Mapping[str, PostText]:
        """Read the titles and texts of posts, by id; those that are not there are left out."""
        ...

    def revisions(self, post_id: str) -> Sequence[Original]:
        """Read what each revision of a post was made from, oldest first."""
        ...

    def versions(self, post_id: str) -> Sequence[Version]:
        """Read what each revision of a post said, oldest first."""
        ...

    def copies(self, addresses: Sequence[str]) -> Mapping[str, ImageCopy]:
        """Find the paper's own copies of images, by the address of each; those that have none are left out."""
        ...

    def story(self, story_id: str) -> Story:
        """Read one story whole."""
        ...

    def edges(self, post_ids: Sequence[str]) -> Sequence[Edge]:
        """Read how posts are akin: every edge of which both ends are among them."""
        ...


class Folding(Struct, frozen=True, kw_only=True):
    """How search reads text: `fold` brings it to the form in which it is compared; a new `digest` for a new way."""

    digest: str
    fold: Callable[[str], str]


class Edition(Struct, frozen=True, kw_only=True):
    """Everything that is to be published: `refs` newest first, `feeds` by id, `stories` newest first.

    `folding` is that of the site's own search; None: the site has none. `watches` are what people wait for.
    `findings` are the facts of its posts; None: nobody looked for any.
    `moved` are stories that are no more, by id, each with the one that it went into; None: it fell apart.
    """

    paper: Paper
    made_at: datetime
    feeds: Mapping[str, Feed]
    refs: Sequence[PostRef]
    shelf: Shelf
    stories: Sequence[StoryRef] = ()
    moved: Mapping[str, str | None] = {}
    folding: Folding | None = None
    watches: Sequence[Heard] = ()
    findings: Findings | None = None

    def __post_init__(self) -> None:
        require_utc(self.made_at)


class Page(Struct, frozen=True, kw_only=True):
    """One file of the site: `path` is relative with "/"; equal `digest` means equal bytes, so no need to render."""

    path: str
    digest: str
    render: Callable[[], bytes]


class WriteReport(Struct, frozen=True, kw_only=True):
    """What publishing did, in files; `folder` is where the site now stands."""

    folder: str
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    bytes_written: int = 0
