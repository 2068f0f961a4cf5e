"""Where new posts go: a free number in newspaper order, and a name that no other post has."""

from collections.abc import Sequence
from hashlib import blake2b

from broadsheet.errors import StoreError
from broadsheet.model import Revision
from broadsheet.store.moments import to_us
from broadsheet.store.rows import json_of
from broadsheet.store.sqlite import Sqlite

_US_A_NUMBER = 1000  # posts are numbered by the millisecond of their publication


class Places:
    """The numbers and names that posts of one transaction take; what is taken already is asked for once, for all."""

    def __init__(self, engine: Sqlite, revisions: Sequence[Revision]) -> None:
        nums = json_of(sorted({_wanted(revision) for revision in revisions}))
        ids = json_of([revision.post_id for revision in revisions])
        self._engine = engine
        self._nums: set[int] = {num for (num,) in engine.rows("taken_numbers", nums=nums)}
        self._ids: set[str] = {name for (name,) in engine.rows("taken_ids", ids=ids)}
        self._last: dict[int, int] = {}
        self._gaps: dict[int, range] = {}

    def number(self, revision: Revision) -> int:
        """Take the number of the moment of publication, or the next free one where many posts give that moment."""
        wanted = _wanted(revision)
        num = self._last.get(wanted, wanted)
        while num in self._nums:
            num = self._free_from(num + 1, wanted)
        self._nums.add(num)
        self._last[wanted] = num
        return num

    def _free_from(self, num: int, wanted: int) -> int:
        """The next number that no stored post has; a gap between stored posts serves until it is full."""
        if num not in self._gaps.get(wanted, ()):
            start, end = self._engine.rows("free_gap", num=num)[0]
            self._gaps[wanted] = range(start, end)
            return int(start)
        return num

    def name(self, revision: Revision, feed_id: str) -> str:
        """Take a post's name, lengthened while another post has it; the digits added depend on the entry alone."""
        name = revision.post_id
        if name in self._ids:
            name = self._longer(name, feed_id, revision.entry_id)
        self._ids.add(name)
        return name

    def _longer(self, name: str, feed_id: str, entry_id: str) -> str:
        named = f"{feed_id}\0{entry_id}".encode("utf-8", "surrogatepass")
        for size in range(1, 64):
            longer = name + blake2b(named, digest_size=size).hexdigest()
            if longer not in self._ids and self._engine.row("post_number", id=longer) is None:
                return longer
        raise StoreError(self._engine.name, f"no free id for entry {entry_id} of feed {feed_id}")


def _wanted(revision: Revision) -> int:
    return to_us(revision.published) // _US_A_NUMBER
