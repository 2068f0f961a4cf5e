"""Joining: stories of what hangs together, though it reaches over rounds."""

from pathlib import Path

import numpy as np
from pyarrow import dataset
from tests.scale.archive.kin.samples import WINDOW_US, sketched

from broadsheet.scale.archive.kin.comparing import compare_round
from broadsheet.scale.archive.kin.joining import Joint, join_posts, plan_joints
from broadsheet.scale.archive.kin.rounds import plan_rounds


def joints(folder: Path, size: int) -> list[Joint]:
    rounds = list(plan_rounds(folder, sketched(folder), WINDOW_US, size))
    return list(plan_joints(folder, rounds, [compare_round(folder, one).files for one in rounds]))


def test_what_hangs_together_is_joined_where_its_first_post_is(tmp_path: Path) -> None:
    first, second, third = joints(tmp_path, 2)
    assert np.load(tmp_path / first.members.path).tolist() == [0, 2, 4, 1, 3]
    assert [len(one.rounds) for one in (first, second, third)] == [3, 0, 0]
    assert first.of != second.of
    done = join_posts(tmp_path, first)
    assert done.stories == 2
    assert [join_posts(tmp_path, one).files for one in (second, third)] == [(), ()]
    rows = dataset.dataset(tmp_path / "stories", format="parquet").to_table().to_pylist()
    told = [(row["place"], row["post_id"], row["role"], row["source"]) for row in rows]
    assert told == [
        (0, "a-first", "report", None),
        (1, "c-edited", "copy", "a-first"),
        (2, "e-late", "copy", "c-edited"),
        (0, "b-other", "report", None),
        (1, "d-again", "copy", "b-other"),
    ]


def test_without_rounds_there_is_nothing_to_join(tmp_path: Path) -> None:
    assert list(plan_joints(tmp_path, [], [])) == []
