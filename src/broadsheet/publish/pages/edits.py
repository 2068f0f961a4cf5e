"""The edits of a post: when each was seen, whether the feed told of it, and what it changed."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from broadsheet.clean import clean_entry
from broadsheet.model import Feed, Original, Version
from broadsheet.parse.originals import read_original
from broadsheet.publish.pages.differences import Change, differences


class Edit(Struct, frozen=True, kw_only=True):
    """One edit; `number` is that of the revision it made, `reason` names the parts of the entry that differ.

    `silent`: the feed gave the entry the same time of its last change as before, or none. `changes` is empty where
    what changed is no text (a link, a picture), and None where the text of a revision is not known any more.
    """

    number: int
    seen_at: datetime
    reason: str
    silent: bool
    changes: tuple[Change, ...] | None


class _Reading(Struct, frozen=True):
    """A revision as today's rules read it: its text, and when the feed says that it was changed last."""

    version: Version
    text: str | None
    updated: datetime | None


def edits_of(
    versions: Sequence[Version], originals: Sequence[Original], feed: Feed, most: int | None = None
) -> tuple[Edit, ...]:
    """Compare each revision of a post with the one before it; both lists are the post's own, oldest first.

    Both are read again from their originals, so that a rule of ours that changed is no edit of theirs; where that
    fails, what was kept is compared. With `most`, only so many edits, the newest.
    """
    if most is not None:
        versions = versions[-most - 1 :]
    found = {original.number: original for original in originals}
    readings = [_read(version, found.get(version.number), feed) for version in versions]
    return tuple(_edit(was, now) for was, now in pairwise(readings))


def _read(version: Version, original: Original | None, feed: Feed) -> _Reading:
    entry = read_original(original, feed.zone) if original else None
    if original is None or entry is None:
        return _Reading(version, version.text, None)
    return _Reading(version, clean_entry(entry, original.base_url).text, entry.updated)


def _edit(was: _Reading, now: _Reading) -> Edit:
    return Edit(
        number=now.version.number,
        seen_at=now.version.seen_at,
        reason=now.version.reason,
        silent=now.updated is None or now.updated == was.updated,
        changes=None if was.text is None or now.text is None else differences(was.text, now.text),
    )
