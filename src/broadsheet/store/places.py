"""Where new posts go: a free number in newspaper order, and a name that no other post has."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from broadsheet.errors import StoreError
from broadsheet.model import Revision
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moments import to_us
from broadsheet.store.rows import json_of

_US_A_NUMBER = 1000  # posts are numbered by the millisecond of their publication


class Places:
    """The numbers and names that posts of one transaction take; what is taken already is asked for once, for all."""

    def __init__(self, engine: Engine, revisions: Sequence[Revision]) -> None:
        ids = json_of([revision.post_id for revision in revisions])
        gaps = _gaps(engine, {_wanted(revision) for revision in revisions})
        self._engine = engine
        self._free = {wanted: _numbers(engine, gap) for wanted, gap in gaps.items()}
        self._nums: set[int] = set()
        self._ids: set[str] = {name for (name,) in engine.rows("taken_ids", ids=ids)}

    def number(self, revision: Revision) -> int:
        """Take the number of the moment of publication, or the next free one where many posts give that moment."""
        num = next(num for num in self._free[_wanted(revision)] if num not in self._nums)
        self._nums.add(num)
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


def _gaps(engine: Engine, nums: Iterable[int]) -> dict[int, range]:
    """For each number the first run of numbers, from there on, that no stored post has."""
    found = engine.rows("free_gaps", nums=json_of(sorted(nums)))
    return {num: range(start, end) for num, start, end in found}


def _numbers(engine: Engine, gap: range) -> Iterator[int]:
    """The numbers that no stored post has, one gap after another."""
    while True:
        yield from gap
        gap = _gaps(engine, [gap.stop])[gap.stop]
