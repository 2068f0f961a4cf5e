"""What a run did, counted; what the command line prints and the tests read."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct

from broadsheet.model import Failure


class Failed(Struct, frozen=True, kw_only=True):
    """A feed whose poll brought nothing, and why."""

    feed_id: str
    label: str
    address: str
    failure: Failure


class UpdateReport(Struct, frozen=True, kw_only=True):
    """One update, counted in feeds (`polled` and the four outcomes) and in posts (`new`, `edited`, `trivial`)."""

    due: int = 0
    polled: int = 0
    not_modified: int = 0
    unchanged: int = 0
    changed: int = 0
    failed: tuple[Failed, ...] = ()
    new: int = 0
    edited: int = 0
    trivial: int = 0


def total(reports: Iterable[UpdateReport]) -> UpdateReport:
    """What several updates did together."""
    sums = UpdateReport()
    for report in reports:
        sums = UpdateReport(
            **{name: getattr(sums, name) + getattr(report, name) for name in UpdateReport.__struct_fields__}
        )
    return sums


Progress = Callable[[UpdateReport], None]
"""Told after each stored group of feeds; the report grows."""


def no_progress(report: UpdateReport) -> None:
    """Say nothing."""


class FailedImage(Struct, frozen=True, kw_only=True):
    """An image that did not come, why, and when it is asked for again; None: no more."""

    address: str
    failure: Failure
    due: datetime | None


class ImagesReport(Struct, frozen=True, kw_only=True):
    """One run, counted in images.

    `bytes_kept` counts the files of those `kept`, `varied` are older copies that got variants, `left` are images that
    the run did not come to.
    """

    due: int = 0
    kept: int = 0
    bytes_kept: int = 0
    varied: int = 0
    left: int = 0
    failed: tuple[FailedImage, ...] = ()


ImagesProgress = Callable[[ImagesReport], None]
"""Told after each image; the report grows."""


def no_images_progress(report: ImagesReport) -> None:
    """Say nothing."""


class FullTextReport(Struct, frozen=True, kw_only=True):
    """What came of the pages that were due, in posts; `reasons` counts why there was no article.

    Articles were `read`, posts `kept` their feed's own text for good, or their pages are asked for again `later`.
    """

    due: int = 0
    read: int = 0
    kept: int = 0
    later: int = 0
    reasons: dict[str, int] = {}

    @property
    def done(self) -> int:
        """How many posts are through."""
        return self.read + self.kept + self.later


FullTextProgress = Callable[[FullTextReport], None]
"""Told after each article; the report grows."""


def no_full_text_progress(report: FullTextReport) -> None:
    """Say nothing."""


class StoriesReport(Struct, frozen=True, kw_only=True):
    """What came of grouping: `posts` looked through, `copies` found among them, and stories by what became of them.

    `cpu_s` are seconds of processor time.
    """

    posts: int = 0
    copies: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0
    cpu_s: float = 0.0


StoriesProgress = Callable[[StoriesReport], None]
"""Told after each portion; the report grows."""


def no_stories_progress(report: StoriesReport) -> None:
    """Say nothing."""


class LedgerReport(Struct, frozen=True, kw_only=True):
    """What keeping the ledger did: posts read, entries new, changed and ended."""

    posts: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0


class FactsReport(Struct, frozen=True, kw_only=True):
    """What was found in the `posts` that were read, counted in facts; `cpu_s` are seconds of processor time."""

    posts: int = 0
    mentions: int = 0
    moves: int = 0
    claims: int = 0
    cpu_s: float = 0.0


FactsProgress = Callable[[FactsReport], None]
"""Told after each portion; the report grows."""


def no_facts_progress(report: FactsReport) -> None:
    """Say nothing."""
