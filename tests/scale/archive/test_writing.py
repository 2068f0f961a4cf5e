"""The tables of one unit: bounded, whole or not there."""

import errno
from pathlib import Path

import pytest
from tests.scale.archive.samples import NOW, contents, rss

from broadsheet.scale.archive import writing
from broadsheet.scale.archive.documents import Document, Rejected
from broadsheet.scale.archive.making import Made, Maker
from broadsheet.scale.archive.writing import UnitTables


def made(count: int) -> Made:
    body = rss(*((str(number), f"Bridge {number}") for number in range(count)))
    document = Document(kind="feed", source="a.xml", offset=0, address="https://e.example/", body=body, seen_at=NOW)
    (found,) = Maker(None).make([document])
    assert isinstance(found, Made)
    return found


def read(path: Path) -> list[dict[str, object]]:
    from pyarrow import parquet

    rows: list[dict[str, object]] = parquet.read_table(path, partitioning=None).to_pylist()
    return rows


def test_rows_go_into_the_month_of_their_publication_and_are_numbered(tmp_path: Path) -> None:
    with UnitTables(tmp_path, "u") as tables:
        tables.add(made(3))
        tables.reject(Rejected(source="a.xml", offset=9, reason="http-404", cause="not\ud800there"))
        files = tables.finish()
    assert sorted(files) == ["feeds/u.parquet", "posts/month=2026-11/u.parquet", "rejected/u.parquet"]
    rows = read(tmp_path / "posts/month=2026-11/u.parquet")
    assert [(row["unit"], row["row"], row["title"]) for row in rows] == [("u", n, f"Bridge {n}") for n in range(3)]
    assert read(tmp_path / "rejected/u.parquet")[0]["cause"] == "not\ufffdthere"
    assert (tables.counts["posts"], dict(tables.reasons)) == (3, {"http-404": 1})


@pytest.mark.parametrize(("name", "bound"), [("ROWS", 2), ("HELD", 1)])
def test_rows_are_written_before_there_are_too_many_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, bound: int
) -> None:
    from pyarrow import parquet

    monkeypatch.setattr(writing, name, bound)
    with UnitTables(tmp_path, "u") as tables:
        tables.add(made(5))
        tables.finish()
    path = tmp_path / "posts/month=2026-11/u.parquet"
    assert parquet.ParquetFile(path).num_row_groups > 1
    assert len(read(path)) == 5


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with UnitTables(tmp_path / name, "u") as tables:
            tables.add(made(5))
            tables.finish()
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_unit_that_is_not_finished_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ROWS", 1)
    with UnitTables(tmp_path, "u") as tables:
        tables.add(made(3))
        assert list(tmp_path.rglob(".u.parquet.new"))
    assert contents(tmp_path) == {}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writing, "ROWS", 1)
    with UnitTables(tmp_path, "u") as tables:
        tables.add(made(1))
        monkeypatch.setattr(parquet.ParquetWriter, "write_table", full)
        monkeypatch.setattr(parquet.ParquetWriter, "close", full)
        with pytest.raises(OSError, match="No space"):
            tables.add(made(2))
    assert contents(tmp_path) == {}
