"""The whole way: what a newspaper finds, found again from files, by whomever, and after a kill."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from bench.kinparity import Rows, archive_rows, arrive, kept_rows, newspaper_rows, write_posts
from bench.townposts import Town

from broadsheet.errors import StoreError
from broadsheet.model import PostText
from broadsheet.pipeline.stories import joining
from broadsheet.scale.archive.crew import ALONE, Crew, Task, WorkLostError
from broadsheet.scale.archive.kin import finding as module
from broadsheet.scale.archive.kin.comparing import Compared, compare_round
from broadsheet.scale.archive.kin.finding import KinReport, find_kin
from broadsheet.scale.archive.kin.rounds import Round
from broadsheet.store import open_store

ROUND = 45


@pytest.fixture(scope="module")
def posts() -> list[PostText]:
    """Five days of a small town."""
    town = Town()
    return [PostText(**row) for day in range(5) for row in town.day(day, 36)]


@pytest.fixture(scope="module")
def newspaper(posts: list[PostText], tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows of a newspaper that compares as many at one time."""
    path = tmp_path_factory.mktemp("newspaper") / "broadsheet.db"
    with pytest.MonkeyPatch.context() as patch, open_store(str(path), create=True) as store:
        patch.setattr(joining, "ROUND", ROUND)
        patch.setattr(joining, "PORTION", 20)
        return newspaper_rows(store, posts)


def find(folder: Path, files: Mapping[str, str]) -> tuple[KinReport, list[str]]:
    """Find kin, and name the pieces of work that were done for it."""
    told: list[tuple[str, int]] = []
    report = find_kin(folder, files, ALONE, lambda step, done, _: told.append((step, done)), ROUND)
    steps = [step for step, _ in told]
    return report, [step for place, step in enumerate(steps) if step in steps[:place]]


def test_the_rows_are_those_of_a_newspaper_byte_for_byte(
    tmp_path: Path, posts: list[PostText], newspaper: Rows
) -> None:
    report, _ = find(tmp_path, write_posts(tmp_path, posts, 3))
    assert archive_rows(tmp_path) == newspaper
    assert (report.posts, report.edges) == (180, len(newspaper["edges"]))
    assert report.stories > 10
    assert report.copies > 5
    assert report.pairs >= report.edges


def test_a_paper_that_is_grouped_again_has_the_edges_of_an_archive_however_its_posts_arrived(
    tmp_path: Path, posts: list[PostText], newspaper: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "ROUND", ROUND)
    monkeypatch.setattr(joining, "PORTION", 20)
    with open_store(str(tmp_path / "broadsheet.db"), create=True) as store:
        arrive(store, Random(7).sample(posts, len(posts)))
        joining.regroup(store, posts[-1].published)
        assert kept_rows(store, posts) == newspaper


def test_files_are_the_same_however_posts_are_spread_over_them(tmp_path: Path, posts: list[PostText]) -> None:
    one, _ = find(tmp_path / "one", write_posts(tmp_path / "one", posts, 1))
    two, _ = find(tmp_path / "two", write_posts(tmp_path / "two", posts[::-1], 4))
    assert one == two


def test_what_is_done_is_not_done_again(tmp_path: Path, posts: list[PostText]) -> None:
    files = write_posts(tmp_path, posts)
    report, work = find(tmp_path, files)
    assert work == ["sketch", *["compare"] * 4, *["join"] * 4]
    assert find(tmp_path, files) == (report, [])


def test_after_a_kill_the_rest_is_done(
    tmp_path: Path, posts: list[PostText], newspaper: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_posts(tmp_path, posts)

    def killed(folder: Path, one: Round) -> Compared:
        if one.number == 2:
            raise KeyboardInterrupt
        return compare_round(folder, one)

    with monkeypatch.context() as patch:
        patch.setattr(module, "compare_round", killed)
        with pytest.raises(KeyboardInterrupt):
            find(tmp_path, files)
    _, work = find(tmp_path, files)
    assert work.count("compare") == 2
    assert archive_rows(tmp_path) == newspaper


def test_work_that_is_lost_is_begun_again_but_not_for_ever(
    tmp_path: Path, posts: list[PostText], newspaper: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []

    def lose(task: Task, orders: Sequence[str], _crew: Crew) -> Iterator[tuple[str, str]]:
        begun.append(len(orders))
        if len(begun) != 3:
            yield orders[0], task(orders[0])
        raise WorkLostError("archive", "a node went away")

    monkeypatch.setattr(module, "do_work", lose)
    files = write_posts(tmp_path, posts, 2)
    find(tmp_path, files)
    assert archive_rows(tmp_path) == newspaper
    assert begun == [2, 1, 4, 4, 3, 2, 1, 4, 3, 2, 1]


def test_where_nothing_ends_a_run_does_too(
    tmp_path: Path, posts: list[PostText], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_task: Task, orders: Sequence[str], _crew: Crew) -> Iterator[tuple[str, str]]:
        begun.append(len(orders))
        raise WorkLostError("archive", "a node went away")

    begun: list[int] = []
    monkeypatch.setattr(module, "do_work", lose)
    with pytest.raises(WorkLostError, match="went away"):
        find(tmp_path, write_posts(tmp_path, posts, 2))
    assert begun == [2] * module.TRIES


def test_a_disk_that_cannot_be_written_is_told(
    tmp_path: Path, posts: list[PostText], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[Round]:
        raise OSError(28, "No space left on device", "kin/rounds/round-00000.parquet")

    monkeypatch.setattr(module, "plan_rounds", full)
    with pytest.raises(StoreError, match=r"round-00000\.parquet: cannot be written: No space left on device; mend"):
        find(tmp_path, write_posts(tmp_path, posts))


def test_later_posts_leave_what_was_found_of_earlier_ones(tmp_path: Path, posts: list[PostText]) -> None:
    files = write_posts(tmp_path, [post for post in posts if post.published.day < 5], 4)
    find(tmp_path, files)
    (tmp_path / "later").mkdir()
    late = write_posts(tmp_path / "later", [post for post in posts if post.published.day == 5])
    (name,) = late
    later = name.replace("unit-0000", "unit-later")
    (tmp_path / "later" / name).rename(tmp_path / later)
    report, work = find(tmp_path, files | {later: late[name]})
    assert (work.count("sketch"), work.count("compare")) == (1, 1)
    other = tmp_path / "other"
    assert find(other, write_posts(other, posts))[0] == report


def test_where_posts_go_their_rows_go_too(tmp_path: Path, posts: list[PostText]) -> None:
    files = write_posts(tmp_path, posts)
    find(tmp_path, files)
    report, _ = find(tmp_path, {})
    assert report == KinReport(posts=0, pairs=0, edges=0, copies=0, stories=0, files=())
    assert not list((tmp_path / "edges").rglob("*.parquet"))


def test_a_post_that_stands_twice_is_named(tmp_path: Path, posts: list[PostText]) -> None:
    with pytest.raises(StoreError, match=posts[0].post_id):
        find(tmp_path, write_posts(tmp_path, [*posts, posts[0]], 2))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, posts: list[PostText]) -> None:
    files = write_posts(tmp_path, posts)
    (name,) = files
    (tmp_path / name).write_bytes(b"no table")
    with pytest.raises(StoreError, match=name):
        find(tmp_path, files)
