"""The edits of a post: when each was seen, whether the feed told of it, and what it changed."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from broadsheet.model import Feed, Original, Version
from broadsheet.parse.originals import read_original
from broadsheet.publish.differences import Change, differences


class Edit(Struct, frozen=True, kw_only=True):
    """One edit; `number` is that of the revision it made, `reason` names the parts of the entry that differ.

    `silent`: the feed gave the entry the same time of its last change as before, or none. `changes` is empty where
    what changed is no text (a link, a picture), and None where an older version's text was not kept.
    """

    number: int
    seen_at: datetime
    reason: str
    silent: bool
    changes: tuple[Change, ...] | None


def edits_of(
    versions: Sequence[Version], originals: Sequence[Original], feed: Feed, most: int | None = None
) -> tuple[Edit, ...]:
    """Compare each revision of a post with the one before it; both lists are the post's own, oldest first.

    With `most`, only so many edits, the newest.
    """
    if most is not None:
        versions, originals = versions[-most - 1 :], originals[-most - 1 :]
    stamps = {original.number: _stamp(original, feed) for original in originals}
    return tuple(
        Edit(
            number=now.number,
            seen_at=now.seen_at,
            reason=now.reason,
            silent=stamps.get(now.number) is None or stamps.get(now.number) == stamps.get(was.number),
            changes=None if was.text is None or now.text is None else differences(was.text, now.text),
        )
        for was, now in pairwise(versions)
    )


def _stamp(original: Original, feed: Feed) -> datetime | None:
    entry = read_original(original, feed.zone)
    return entry.updated if entry else None
