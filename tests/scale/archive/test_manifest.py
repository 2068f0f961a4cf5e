"""What an archive says of itself."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from broadsheet.errors import ConfigError, NotFoundError, PublishError
from broadsheet.scale.archive.manifest import (
    FILE,
    Manifest,
    Rules,
    UnitRecord,
    alone,
    damaged_files,
    file_digest,
    load_manifest,
    record_path,
    records,
    require_same_rules,
    save_manifest,
    save_record,
)

RULES = Rules(broadsheet="0.1.0", facts="f", book="b")


def record(unit: str, files: dict[str, str] | None = None) -> UnitRecord:
    return UnitRecord(
        unit=unit,
        source="a.warc.gz",
        kind="warc",
        start=0,
        end=9,
        documents=2,
        posts=1,
        facts=0,
        rejected=1,
        reasons={"no-article": 1},
        files=files or {},
    )


def test_a_manifest_comes_back_with_its_units_in_order(tmp_path: Path) -> None:
    files = {"posts/month=2026-11/b.parquet": "1", "feeds/b.parquet": "2"}
    save_manifest(tmp_path, Manifest(rules=RULES, units=(record("b", files), record("a"))))
    found = load_manifest(tmp_path)
    assert [one.unit for one in found.units] == ["a", "b"]
    assert found.rules == RULES
    assert found.files("posts") == ["posts/month=2026-11/b.parquet"]


def test_a_folder_without_an_archive_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="archive build"):
        load_manifest(tmp_path)


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"version":99,"rules":{"broadsheet":"9"}}'])
def test_a_manifest_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=FILE):
        load_manifest(tmp_path)


def test_a_manifest_that_is_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_manifest(tmp_path)


def test_a_unit_is_whole_once_its_record_is_there(tmp_path: Path) -> None:
    assert records(tmp_path) == {}
    save_record(tmp_path, record("a"))
    save_record(tmp_path, record("b"))
    record_path(tmp_path, "b").write_bytes(b"{")
    assert records(tmp_path) == {"a": record("a")}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "units").write_bytes(b"")
    with pytest.raises(PublishError, match="units"):
        save_record(tmp_path, record("a"))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PublishError), alone(tmp_path / "file"):
        pass


def test_files_that_are_not_what_was_promised_are_named(tmp_path: Path) -> None:
    for name in ("good", "bad"):
        (tmp_path / name).write_bytes(name.encode())
    good = file_digest(tmp_path / "good")
    units = (record("a", {"good": good, "bad": good, "gone": good}),)
    assert list(damaged_files(tmp_path, Manifest(rules=RULES, units=units, tables={"lost": good}))) == [
        "bad",
        "gone",
        "lost",
    ]


def test_two_builds_do_not_write_one_archive(tmp_path: Path) -> None:
    with alone(tmp_path / "new"), pytest.raises(ConfigError, match="another build"), alone(tmp_path / "new"):
        pass
    with alone(tmp_path / "new"):
        pass


def test_rules_that_differ_are_named(tmp_path: Path) -> None:
    require_same_rules(tmp_path, RULES, RULES)
    with pytest.raises(ConfigError, match="book, zone differ"):
        require_same_rules(tmp_path, RULES, replace(RULES, book=None, zone="Asia/Shanghai"))
