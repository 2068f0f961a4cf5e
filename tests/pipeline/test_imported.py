"""A post file as the batch of a feed that is never polled."""

from datetime import UTC, datetime

from broadsheet.model import feed_id
from broadsheet.parse import parse_postfile
from broadsheet.pipeline.imported import imported_batch

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
FILE = "---\ntitle: A bridge\ncategories: [town, roads]\n{date}---\n\n<p>It stands.</p>\n"


def test_a_post_file_is_the_one_revision_of_the_feed_of_its_section() -> None:
    batch = imported_batch(parse_postfile(FILE.format(date="date: 2026-11-01\n").encode(), "a.md"), NOW)
    (revision,) = batch.revisions
    assert batch.feed.id == feed_id("posts:town/roads")
    assert batch.feed.state.standing == "imported"
    assert (revision.reason, revision.published.day, revision.seen_at) == ("imported", 1, NOW)
    assert revision.clean.text == "A bridge\nIt stands."


def test_a_post_file_without_a_date_has_that_of_now() -> None:
    (revision,) = imported_batch(parse_postfile(FILE.format(date="").encode(), "a.md"), NOW).revisions
    assert revision.published == NOW
