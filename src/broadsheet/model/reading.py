"""What a reader did with posts: read, starred, tagged, noted."""

from datetime import datetime

from msgspec import Struct

from broadsheet.model.moments import require_utc


class Marks(Struct, frozen=True, kw_only=True):
    """A reader's own marks on one post; None: not read, not starred. `tags` are in order, `note` may have lines."""

    read_at: datetime | None = None
    starred_at: datetime | None = None
    tags: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        require_utc(self.read_at, self.starred_at)


class ListedPost(Struct, frozen=True, kw_only=True):
    """A post in a reader's list: when it appeared, and when it came here.

    `number` names it as `post_id` does and never changes: lists are in its order, that of `published` as it was when
    the post came.
    """

    post_id: str
    number: int
    feed_id: str
    published: datetime
    arrived: datetime

    def __post_init__(self) -> None:
        require_utc(self.published, self.arrived)


class Selection(Struct, frozen=True, kw_only=True):
    """Which posts a reader wants to see: those of which all is true that is said here.

    Of `starred`, `noted` and `tag` at most one is given. `since` and `until` (not included) bound when posts came.
    """

    unread: bool = False
    read: bool = False
    starred: bool = False
    noted: bool = False
    tag: str | None = None
    feeds: tuple[str, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        require_utc(self.since, self.until)
