"""The door: copies and stories of all posts of an archive, found step by step; what is done is not done again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, get_type_hints

import msgspec
from msgspec import Struct

from broadsheet.errors import StoreError
from broadsheet.pipeline.stories.joining import ROUND
from broadsheet.scale.archive.crew import ALONE, Crew, Task, WorkLostError, do_work
from broadsheet.scale.archive.kin.comparing import Compared, compare_round
from broadsheet.scale.archive.kin.joining import Joined, join_posts, plan_joints
from broadsheet.scale.archive.kin.journal import Journal, Line, drop_others
from broadsheet.scale.archive.kin.rounds import plan_rounds
from broadsheet.scale.archive.kin.sketching import Posts, Sketched, sketch_file
from broadsheet.scale.archive.kin.tables import (
    COPIES,
    EDGES,
    LINKS,
    MEMBERS,
    READ,
    ROUNDS,
    SETTLED,
    STORIES,
    Written,
    sum_up,
)
from broadsheet.scale.archive.manifest import file_digest

OURS: Final = (COPIES, EDGES, STORIES)
TRIES: Final = 4
"""How often work is begun anew, without any of it ending, before workers that die end a run."""

_WORKING: Final = (READ, ROUNDS, LINKS, MEMBERS)


class KinReport(Struct, frozen=True, kw_only=True):
    """What was found in how many posts, and the files that hold it."""

    posts: int
    pairs: int
    edges: int
    copies: int
    stories: int
    files: tuple[Written, ...]


KinProgress = Callable[[str, int, int], None]
"""Told after each piece of work: the step, how many pieces of it are done, and of how many."""


def no_kin_progress(step: str, done: int, pieces: int) -> None:
    """Say nothing."""


def find_kin(
    folder: Path,
    posts: Mapping[str, str],
    crew: Crew = ALONE,
    progress: KinProgress = no_kin_progress,
    size: int = ROUND,
) -> KinReport:
    """Find the copies and the stories of an archive's posts, and write them to `copies`, `edges` and `stories`.

    What was done before of the same posts is not done again, nor what a killed run had done. The rows are the same
    whatever the crew, and however the posts are spread over files.

    Args:
        folder: the archive.
        posts: the digest of each file of posts, by its path in the archive.
        crew: who does it.
        progress: told how far it is.
        size: posts in a round; a newspaper that compares so many at one time finds the same.

    Raises:
        ConfigError: a part of what archives need is not installed.
        StoreError: the archive cannot be read or written, or a post stands in it twice.
        WorkLostError: workers died again and again; what is done is kept.
    """
    try:
        return _found(folder, posts, _Steps(folder, crew, progress), size)
    except OSError as error:
        cause = (
            f"cannot be written: {error.strerror or error}; mend that and run the same again: what is done is kept"
        )
        raise StoreError(str(error.filename or folder), cause) from error


def _found(folder: Path, posts: Mapping[str, str], steps: "_Steps", size: int) -> KinReport:
    read = steps.do("sketch", sketch_file, _posts(folder, posts), Sketched)
    rounds = list(plan_rounds(folder, read, _window(), size))
    compared = steps.do("compare", compare_round, rounds, Compared)
    joints = list(plan_joints(folder, rounds, [one.files for one in compared]))
    joined = steps.do("join", join_posts, joints, Joined)
    each = (*(one.files for one in compared), *(one.files for one in joined))
    files = tuple(file for some in each for file in some)
    working = (*(one.file for one in read), *(one.file for one in rounds), *(one.members for one in joints))
    drop_others(folder, (*OURS, *_WORKING), (*files, *working))
    return KinReport(
        posts=sum(one.file.rows for one in read),
        pairs=sum(one.pairs for one in compared),
        edges=sum(one.edges for one in compared),
        copies=sum(one.copies for one in compared),
        stories=sum(one.stories for one in joined),
        files=tuple(file for file in files if file.path.startswith(tuple(f"{table}/" for table in OURS))),
    )


def _window() -> int:
    """How far back a post is compared, in microseconds."""
    from datetime import timedelta

    from broadsheet.group.sketches.pairs import WINDOW

    return WINDOW // timedelta(microseconds=1)


def _posts(folder: Path, posts: Mapping[str, str]) -> Iterator[Posts]:
    """Every file of posts, each with what its sketches are made of."""
    settled = folder / SETTLED
    above = file_digest(settled) if settled.exists() else ""
    for path in sorted(posts):
        yield Posts(path=path, of=sum_up(posts[path], above))


class _Order(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def of(self) -> str: ...


class _Result(Protocol):
    @property
    def files(self) -> tuple[Written, ...]: ...


OrderT = TypeVar("OrderT", bound=_Order)
ResultT = TypeVar("ResultT", bound=_Result)


class _Steps:
    """What steps have in common: what is noted is taken as it is, the rest is done and noted."""

    def __init__(self, folder: Path, crew: Crew, progress: KinProgress) -> None:
        self._folder = folder
        self._crew = crew
        self._progress = progress
        self._journal = Journal(folder)

    def do(
        self, step: str, task: Callable[[Path, OrderT], ResultT], orders: Iterable[OrderT], kind: type[ResultT]
    ) -> list[ResultT]:
        """Do all orders of a step; what came of them stands in their order."""
        wanted = list(orders)
        told = {order.name: self._journal.find(step, order.name, order.of) for order in wanted}
        done = {name: msgspec.json.decode(words, type=kind) for name, words in told.items() if words is not None}
        missing = {msgspec.json.encode(order).decode(): order for order in wanted if order.name not in done}
        self._progress(step, len(done), len(wanted))
        for words, result in self._work(partial(_do, task, str(self._folder)), list(missing)):
            order = missing[words]
            done[order.name] = found = msgspec.json.decode(result, type=kind)
            self._journal.keep(Line(step=step, name=order.name, of=order.of, files=found.files, told=result))
            self._progress(step, len(done), len(wanted))
        return [done[order.name] for order in wanted]

    def _work(self, task: Task, orders: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Do work; what a worker had in hand that is lost is begun again, a few times where nothing ends."""
        waiting, tries = list(orders), TRIES
        while waiting:
            begun = len(waiting)
            try:
                for order, result in do_work(task, tuple(waiting), self._crew):
                    waiting.remove(order)
                    yield order, result
            except WorkLostError:
                tries = TRIES if len(waiting) < begun else tries - 1
                if not tries:
                    raise


def _do(task: Callable[[Path, Any], Any], folder: str, order: str) -> str:
    """Do one order, told as JSON; its type is that of the task's second argument."""
    import pyarrow

    told = msgspec.json.decode(order, type=list(get_type_hints(task).values())[1])
    try:
        return msgspec.json.encode(task(Path(folder), told)).decode()
    except (OSError, pyarrow.ArrowException) as error:
        raise StoreError(folder, f"{told.name} could not be done: {error}") from error
