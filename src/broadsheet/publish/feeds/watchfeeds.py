"""A feed for every watch: each change that it heard of is an entry."""

from collections.abc import Iterator
from functools import partial

import msgspec

from broadsheet.model import Heard, Page, WatchChange, iso
from broadsheet.publish.feeds.syndication import stable_id
from broadsheet.publish.pages.since import page_of
from broadsheet.publish.press import Press

FILE = "feed.xml"


def watch_feed_pages(press: Press) -> Iterator[Page]:
    """Plan an Atom feed of what every watch heard of, the newest first."""
    for heard in press.edition.watches:
        digest = press.theme.fingerprint("watch feed", msgspec.json.encode(heard).decode())
        yield Page(path=f"w/{heard.watch_id}/{FILE}", digest=digest, render=partial(_render, press, heard))


def _render(press: Press, heard: Heard) -> bytes:
    known = {story.id for story in press.edition.stories}
    context = {
        "heard": heard,
        "updated": iso(max((change.at for change in heard.changes), default=heard.since)),
        "key": stable_id("broadsheet watch", heard.watch_id),
        "key_of": partial(_key, heard),
        "page_of": lambda change: page_of(change, known),
        "iso": iso,
    }
    return press.theme.render("watch.xml", f"w/{heard.watch_id}/{FILE}", context)


def _key(heard: Heard, change: WatchChange) -> str:
    return stable_id("broadsheet change", heard.watch_id, change.entry_id, iso(change.at), change.post_id)
