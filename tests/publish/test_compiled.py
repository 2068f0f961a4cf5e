"""The cache of compiled templates: only in a folder that is ours, and never a reason to stop."""

import errno
from pathlib import Path
from unittest import mock

import pytest
from jinja2 import DictLoader, Environment

from broadsheet.publish.compiled import compiled_templates


def printed(folder: Path) -> str:
    cache = compiled_templates({"XDG_CACHE_HOME": str(folder)}, "en")
    assert cache is not None
    return Environment(loader=DictLoader({"a": "{{ 1 + 1 }}"}), bytecode_cache=cache).get_template("a").render()


def test_templates_are_compiled_once(tmp_path: Path) -> None:
    assert printed(tmp_path) == "2"
    with mock.patch.object(Environment, "compile", side_effect=AssertionError):
        assert printed(tmp_path) == "2"


def test_damaged_bytecode_is_compiled_anew(tmp_path: Path) -> None:
    printed(tmp_path)
    (kept,) = (tmp_path / "broadsheet").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert printed(tmp_path) == "2"


def test_a_full_disk_is_no_reason_to_stop(tmp_path: Path) -> None:
    with mock.patch("tempfile.NamedTemporaryFile", side_effect=OSError(errno.ENOSPC, "full")):
        assert printed(tmp_path) == "2"


def test_a_folder_others_may_write_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "broadsheet").mkdir()
    (tmp_path / "broadsheet").chmod(0o777)
    assert compiled_templates({"XDG_CACHE_HOME": str(tmp_path)}, "en") is None


def test_without_a_folder_there_is_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    assert compiled_templates({"XDG_CACHE_HOME": str(tmp_path / "file")}, "en") is None
    monkeypatch.setattr(Path, "home", mock.Mock(side_effect=RuntimeError))
    assert compiled_templates({}, "en") is None
