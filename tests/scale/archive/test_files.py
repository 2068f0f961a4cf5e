"""Small files, lines and tables."""

import gzip
from pathlib import Path

import msgspec
import pytest
from tests.scale.archive.samples import NOW, documents, reasons, rss, write_posts

from broadsheet.scale.archive import files
from broadsheet.scale.archive.documents import MOST, Document, Rejected
from broadsheet.scale.archive.units import Unit, plan
from broadsheet.scale.archive.work import read_unit

URL = "https://news.example/1"


def read(path: Path, slice_bytes: int = 1 << 30) -> list[Document | Rejected]:
    units = [one for one in plan([path], slice_bytes) if isinstance(one, Unit)]
    return [one for unit in units for one in read_unit(unit, NOW)]


def line(number: int) -> bytes:
    return msgspec.json.encode({"url": f"{URL}{number}", "title": f"Bridge {number}"}) + b"\n"


def test_post_files_and_feeds_are_documents_with_the_names_of_their_files(tmp_path: Path) -> None:
    write_posts(tmp_path / "in", 2)
    (tmp_path / "a.xml").write_bytes(rss())
    found = documents(read(tmp_path))
    assert [(one.kind, one.source) for one in found] == [
        ("post-file", "in/000.md"),
        ("post-file", "in/001.md"),
        ("feed", "a.xml"),
    ]
    assert {one.seen_at for one in found} == {NOW}


def test_a_file_that_is_too_large_or_gone_by_now_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b" " * (MOST + 1))
    (tmp_path / "b.md").write_bytes(b"x")
    (unit,) = (one for one in plan([tmp_path]) if isinstance(one, Unit))
    (tmp_path / "b.md").unlink()
    assert reasons(read_unit(unit, NOW)) == ["too-large", "unreadable"]


def test_slices_of_lines_together_hold_each_line_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(map(line, range(9))) + b"\n")
    whole = documents(read(path))
    assert len(whole) == 9
    for size in (10, len(line(0)), 100):
        assert documents(read(path, size)) == whole


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_a_line_that_is_no_json_costs_itself(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(line(1) + content + b"\n" + line(2))
    found = read(tmp_path / "a.jsonl")
    assert reasons(found) == ["not-json"]
    assert len(documents(found)) == 2


def test_a_line_longer_than_any_document_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 100)
    (tmp_path / "a.jsonl").write_bytes(b"x" * 1000 + b"\n" + line(2))
    found = read(tmp_path / "a.jsonl")
    assert reasons(found) == ["too-large"]
    assert len(documents(found)) == 1


def test_lines_may_be_zipped_and_the_end_of_them_missing(tmp_path: Path) -> None:
    zipped = gzip.compress(b"".join(map(line, range(500))))
    (tmp_path / "a.jsonl.gz").write_bytes(zipped)
    assert len(documents(read(tmp_path / "a.jsonl.gz"))) == 500
    (tmp_path / "a.jsonl.gz").write_bytes(zipped[:-30])
    found = read(tmp_path / "a.jsonl.gz")
    assert reasons(found)[-1] == "damaged"
    damaged = bytearray(zipped)
    damaged[len(zipped) // 2 :] = bytes(len(zipped) - len(zipped) // 2)
    (tmp_path / "a.jsonl.gz").write_bytes(damaged)
    assert reasons(read(tmp_path / "a.jsonl.gz"))[-1] == "damaged"


def test_rows_of_a_table_are_documents_and_their_number_is_where_they_stand(tmp_path: Path) -> None:
    from pyarrow import Table, parquet

    rows = [{"url": URL, "body": rss(), "embedding": 0.5}, {"url": URL, "body": b"?", "embedding": 0.5}]
    parquet.write_table(Table.from_pylist(rows), tmp_path / "a.parquet")
    found = read(tmp_path / "a.parquet")
    assert [one.offset for one in found] == [0, 1]
    assert reasons(found) == ["media-type"]


def test_a_table_that_is_none_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no table")
    assert reasons(read(tmp_path / "a.parquet")) == ["damaged"]
