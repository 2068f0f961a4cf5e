"""Tables of kin: the same rows are the same bytes, in the file of their month."""

from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.group.samples import NOON

from broadsheet.model import Edge, Member, Reason, Story
from broadsheet.scale.archive.kin.tables import (
    COPIES,
    EDGES,
    STORIES,
    copy_row,
    edge_row,
    schema_of,
    story_rows,
    sum_up,
    write_months,
    write_numbers,
    write_table,
)
from broadsheet.scale.archive.manifest import file_digest

EDGE = Edge(
    first="a", second="b", relation="copy", score=1.0, share=0.9, reasons=(Reason("carried", ("海川科技", "跌幅")),)
)


def test_rows_stand_in_the_file_of_their_month_and_come_back_as_they_were(tmp_path: Path) -> None:
    december = NOON + timedelta(days=20)
    rows = [(moment, edge_row(EDGE, moment)) for moment in (december, NOON)]
    written = write_months(tmp_path, EDGES, "round-00000", rows)
    names = [f"edges/month=2026-{month}/round-00000.parquet" for month in (11, 12)]
    assert [(file.path, file.rows) for file in written] == [(name, 1) for name in names]
    (row,) = parquet.read_table(tmp_path / names[0], partitioning=None).to_pylist()
    assert row == edge_row(EDGE, NOON)
    assert write_months(tmp_path, EDGES, "round-00000", rows) == written
    assert written[0].digest == file_digest(tmp_path / names[0]) != written[1].digest


def test_a_copy_tells_the_words_that_both_have() -> None:
    assert copy_row(EDGE, NOON)["words"] == "海川科技"
    assert copy_row(Edge(first="a", second="b", relation="excerpt", score=1.0, share=1.0), NOON)["words"] is None


def test_a_story_is_a_row_for_each_post_in_order() -> None:
    story = Story(id="s", members=(Member("a"), Member("b", "copy", "a", 0.9)), title_of="a")
    first, second = story_rows(story, {"a": NOON, "b": NOON})
    assert (first["place"], first["role"], first["title"]) == (0, "report", True)
    assert (second["place"], second["source"], second["share"], second["title"]) == (1, "a", 0.9, False)
    assert pa.Table.from_pylist([first, second], schema_of(STORIES)).to_pylist() == [first, second]
    assert set(copy_row(EDGE, NOON)) == set(schema_of(COPIES).names)


def test_numbers_are_kept_with_their_digest(tmp_path: Path) -> None:
    written = write_numbers(tmp_path, "kin/links/one.npy", np.array([[1, 2]]))
    assert np.load(tmp_path / written.path).tolist() == [[1, 2]]
    assert written.rows == 1
    assert sum_up("a", "b") != sum_up("ab")


def test_two_that_write_one_file_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"a": [1]})

    def write_meanwhile(*given: object, **named: object) -> None:
        monkeypatch.undo()
        assert write_table(tmp_path, "edges/a.parquet", table).rows == 1
        parquet.write_table(*given, **named)

    monkeypatch.setattr(parquet, "write_table", write_meanwhile)
    written = write_table(tmp_path, "edges/a.parquet", table)
    assert file_digest(tmp_path / written.path) == written.digest
    assert [path.name for path in (tmp_path / "edges").iterdir()] == ["a.parquet"]


def test_what_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_table: object, file: BinaryIO, **_: object) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet, "write_table", fill)
    with pytest.raises(OSError, match="No space"):
        write_table(tmp_path, "edges/a.parquet", pa.table({"a": [1]}))
    assert not list((tmp_path / "edges").iterdir())
