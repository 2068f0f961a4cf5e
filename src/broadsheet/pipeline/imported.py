"""A post file as what a poll brings: the batch of a feed that is never polled; pure."""

from datetime import datetime

from broadsheet.decide import entry_digest, entry_key
from broadsheet.model import Batch, Choice, Feed, FeedState, feed_id, post_id
from broadsheet.parse import PostFile
from broadsheet.pipeline.workers.process import revise


def imported_batch(file: PostFile, now: datetime) -> Batch:
    """Make the one revision of a post file, under the feed of its section and source; `now` dates the undated."""
    feed, entry = _feed(file, now), file.entry
    entry_id = entry_key(entry)
    published = entry.published or now
    choice = Choice(
        entry=entry,
        entry_id=entry_id,
        post_id=post_id(feed.id, entry_id, published),
        entry_digest=entry_digest(entry),
        published=published,
        reason="imported",
    )
    return Batch(feed=feed, outcome="changed", revisions=(revise(choice, now, file.media_type, None),))


def _feed(file: PostFile, now: datetime) -> Feed:
    address = "posts:" + "/".join(file.section)
    title = file.source or " / ".join(file.section)
    state = FeedState(standing="imported", format="post-file")
    return Feed(id=feed_id(address), address=address, section=file.section, title=title, added_at=now, state=state)
