"""Tables say what the lines of JSON say, typed, whole, and in the same bytes every time."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pyarrow
import pytest
from pyarrow import parquet
from tests.pipeline.facts.test_rows import LATE, filled

from broadsheet.errors import ConfigError, PublishError
from broadsheet.pipeline.facts import tables as module
from broadsheet.pipeline.facts.rows import jsonl
from broadsheet.pipeline.facts.tables import FILES, WHOLE, write_tables
from broadsheet.store import Store

__all__ = ["filled"]


def read(folder: Path) -> dict[str, list[dict[str, object]]]:
    return {kind: parquet.read_table(folder / name).to_pylist() for kind, name in FILES.items()}


def lines(store: Store, since: datetime | None = None) -> dict[str, list[dict[str, object]]]:
    """The rows of the lines of JSON, by kind, with moments and days as such."""
    found: dict[str, list[dict[str, object]]] = {kind: [] for kind in FILES}
    for line in jsonl(store, since):
        row = msgspec.json.decode(line)
        row["published"] = datetime.fromisoformat(row["published"])
        if row.get("day"):
            row["day"] = date.fromisoformat(row["day"])
        found[row.pop("kind")].append(row)
    return found


def test_tables_equal_the_lines_of_json(filled: Store, tmp_path: Path) -> None:
    assert write_tables(filled, tmp_path / "facts") == len(list(jsonl(filled)))
    said = lines(filled)
    assert read(tmp_path / "facts") == said
    assert {kind for kind, rows in said.items() if rows} >= {"mention", "move", "claim", "date", "step"}
    assert {path.name for path in (tmp_path / "facts").iterdir()} == {WHOLE, *FILES.values()}


def test_a_day_bounds_the_posts(filled: Store, tmp_path: Path) -> None:
    write_tables(filled, tmp_path, LATE.published)
    assert read(tmp_path) == lines(filled, LATE.published)


def test_columns_have_their_types_in_empty_tables_too(store: Store, tmp_path: Path) -> None:
    assert write_tables(store, tmp_path) == 0
    words = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    moves, origins = (parquet.read_schema(tmp_path / name) for name in ("moves.parquet", "origins.parquet"))
    assert moves.field("published").type == pyarrow.timestamp("us", "UTC")
    assert moves.field("day").type == pyarrow.date32()
    assert moves.field("verdict").type == moves.field("feed").type == moves.field("statistic").type == words
    assert moves.field("value").type == moves.field("close").type == pyarrow.float64()
    assert moves.field("start").type == pyarrow.int32()
    assert origins.field("byline").type == pyarrow.bool_()
    assert parquet.read_schema(tmp_path / "claims.parquet").field("parties").type.value_type == pyarrow.string()
    assert parquet.read_schema(tmp_path / "steps.parquet").field("answer").type == words


def test_the_same_facts_make_the_same_bytes(filled: Store, tmp_path: Path) -> None:
    for folder in ("one", "two", "two"):
        write_tables(filled, tmp_path / folder)
    for name in FILES.values():
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_rows_go_out_in_groups(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GROUP", 2)
    write_tables(filled, tmp_path)
    assert read(tmp_path) == lines(filled)
    told = parquet.ParquetFile(tmp_path / "mentions.parquet").metadata
    assert told.num_row_groups == (told.num_rows + 1) // 2 > 1


def test_an_export_that_breaks_off_leaves_the_one_before(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tables(filled, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(*_: object) -> Iterator[dict[str, object]]:
        yield {"kind": "date", "post": "x", "published": datetime.now(UTC)}
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "fact_rows", broken)
    with pytest.raises(PublishError, match="cannot be written: No space left"):
        write_tables(filled, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_tables_that_are_not_all_in_place_are_not_called_whole(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tables(filled, tmp_path)
    (tmp_path / "dates.parquet").unlink()
    (tmp_path / "dates.parquet").mkdir()
    with pytest.raises(PublishError):
        write_tables(filled, tmp_path)
    assert not (tmp_path / WHOLE).exists()


def test_without_pyarrow_it_says_what_to_install(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"pip install 'broadsheet\[parquet\]'"):
        write_tables(filled, tmp_path / "facts")
    assert not (tmp_path / "facts").exists()
