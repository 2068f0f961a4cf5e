"""The last step: stories of the posts that hang together, those whose first post is of one round at one time."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import numpy as np
from msgspec import Struct

from broadsheet.model import Edge, Sketch
from broadsheet.scale.archive.kin.components import Places, label_posts, members_by_label
from broadsheet.scale.archive.kin.rounds import Round
from broadsheet.scale.archive.kin.tables import (
    EDGES,
    LINKS,
    MEMBERS,
    STORIES,
    Written,
    story_rows,
    sum_up,
    write_months,
    write_numbers,
)

_EDGE: Final = ("first", "second", "relation", "score", "share")


class Joint(Struct, frozen=True, kw_only=True):
    """Posts to join: those that hang together with one of a round, and with none before it.

    `members` is the file of their places; `rounds` are the files of their ids, `edges` those of their edges.
    """

    name: str
    size: int
    begin: int
    members: Written
    rounds: tuple[Written, ...]
    edges: tuple[Written, ...]

    @property
    def of(self) -> str:
        """Sum up what is joined."""
        parts = (self.members, *self.rounds, *self.edges)
        return sum_up(*(part.digest for part in parts))


class Joined(Struct, frozen=True, kw_only=True):
    """The files that came of it, and how many stories."""

    files: tuple[Written, ...]
    stories: int


def plan_joints(folder: Path, rounds: Sequence[Round], compared: Sequence[Sequence[Written]]) -> Iterator[Joint]:
    """Find what hangs together, and write it round by round.

    Args:
        folder: the archive.
        rounds: all rounds, in order.
        compared: the files that came of each.
    """
    if not rounds:
        return
    labels = label_posts(rounds[-1].end, (_links(folder, one) for one in rounds))
    members = members_by_label(labels)
    begins = np.array([one.begin for one in rounds])
    bounds = np.searchsorted(labels[members], [*begins, rounds[-1].end])
    for number, one in enumerate(rounds):
        some = members[bounds[number] : bounds[number + 1]]
        last = int(np.searchsorted(begins, some.max(), "right")) if len(some) else number
        yield Joint(
            name=one.name,
            size=rounds[0].end,
            begin=number,
            members=write_numbers(folder, f"{MEMBERS}/{one.name}.npy", some),
            rounds=tuple(other.file for other in rounds[number:last]),
            edges=tuple(
                file for files in compared[number:last] for file in files if file.path.startswith(f"{EDGES}/")
            ),
        )


def _links(folder: Path, one: Round) -> Places:
    links: Places = np.load(folder / LINKS / f"{one.name}.npy")
    return links


def join_posts(folder: Path, joint: Joint) -> Joined:
    """Make stories."""
    from broadsheet.group import join_stories

    posts = _posts(folder, joint)
    grouping = join_stories(list(posts.values()), list(_edges(folder, joint, posts)), (), ())
    published = {post.post_id: post.published for post in posts.values()}
    stories = sorted(grouping.stories, key=lambda story: (published[story.members[0].post_id], story.id))
    rows = ((published[story.members[0].post_id], row) for story in stories for row in story_rows(story, published))
    return Joined(files=tuple(write_months(folder, STORIES, joint.name, rows)), stories=len(stories))


def _posts(folder: Path, joint: Joint) -> dict[str, Sketch]:
    """Read when the posts were published, by their ids: of a sketch that is all that joining looks at."""
    from pyarrow import parquet

    places = np.sort(np.load(folder / joint.members.path))
    found: dict[str, Sketch] = {}
    for number, one in enumerate(joint.rounds, joint.begin):
        rows = places[places // joint.size == number] - number * joint.size
        if len(rows):
            table = parquet.read_table(folder / one.path, use_threads=False).take(rows)
            found.update((row["post_id"], _sketch(row)) for row in table.to_pylist())
    return found


def _sketch(row: dict[str, Any]) -> Sketch:
    published = row["published"].replace(tzinfo=UTC)
    return Sketch(
        post_id=row["post_id"], feed_id="", published=published, exact=b"", bands=b"", sentences=b"", terms=b""
    )


def _edges(folder: Path, joint: Joint, posts: Collection[str]) -> Iterator[Edge]:
    import pyarrow as pa
    from pyarrow import compute, parquet

    among = pa.array(posts, pa.string())
    for file in joint.edges:
        table = parquet.read_table(folder / file.path, columns=list(_EDGE), use_threads=False, partitioning=None)
        for end in ("first", "second"):
            table = table.filter(compute.is_in(table.column(end), among))
        yield from (Edge(**row) for row in table.to_pylist())
