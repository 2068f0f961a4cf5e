"""What a tree holds, as written down."""

from pathlib import Path

import pytest

from broadsheet.publish.writing.manifest import Held, drop_manifest, read_manifest, write_manifest

HELD = {"新媒体/index.html": Held("digest", 12), "p/x/index.html": Held("other", 0)}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_manifest(tmp_path / "a.manifest", HELD)
    assert read_manifest(tmp_path / "a.manifest") == HELD
    assert [path.name for path in tmp_path.iterdir()] == ["a.manifest"]


def test_what_was_dropped_is_not_known(tmp_path: Path) -> None:
    write_manifest(tmp_path / "a.manifest", HELD)
    drop_manifest(tmp_path / "a.manifest")
    drop_manifest(tmp_path / "a.manifest")
    assert read_manifest(tmp_path / "a.manifest") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a":["d"]}', b'{"a":[1,2]}', b"\xff\xfe"])
def test_a_damaged_manifest_is_not_believed(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.manifest").write_bytes(content)
    assert read_manifest(tmp_path / "a.manifest") is None
