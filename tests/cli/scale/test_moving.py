"""A whole store out into a folder, and in again."""

import re
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Call

POST = "---\ntitle: '甲'\ndate: Sun, 22 Nov 2026 08:00:00 GMT\n---\n\n<p>一</p>\n"


@pytest.fixture
def filled(paper: Path, call: Call) -> Path:
    """A paper with a post."""
    (paper / "a.md").write_text(POST, "utf-8")
    assert call("import", "posts", "a.md").code == 0
    return paper


def another(paper: Path, store: str) -> Path:
    """A paper beside it whose store is not made yet."""
    folder = paper / "another"
    folder.mkdir()
    (folder / "broadsheet.toml").write_text(f'store = "{store}"\n', "utf-8")
    return folder


def test_a_store_goes_out_and_comes_in_elsewhere(filled: Path, call: Call) -> None:
    answer = call("export", "store", "out")
    assert answer.code == 0
    assert re.fullmatch(
        r"out: \d+ rows of 41 tables in \d+ files \(\d+ B\); images are in a folder of their own\n", answer.out
    )
    folder = another(filled, "new.db")
    answer = call("--paper", folder, "import", "store", "out")
    assert answer.code == 0
    assert re.fullmatch(
        r"\S+/new\.db: \d+ rows of 41 tables from \d+ files, all as they were exported; 1 posts can be searched\n",
        answer.out,
    )
    assert [hit["title"] for hit in call("--paper", folder, "search", "甲", "--json").json] == ["甲"]
    assert call("--paper", folder, "doctor").code == 0


def test_programs_are_told_the_same(filled: Path, call: Call) -> None:
    out = call("export", "store", "out", "--json").json
    assert (out["folder"], out["tables"], out["kept"]) == ("out", 41, 0)
    folder = another(filled, "new.db")
    into = call("--paper", folder, "import", "store", "out", "--json").json
    assert (into["rows"], into["files"], into["indexed"]) == (out["rows"], out["files"], 1)


@pytest.mark.needs("postgres")
def test_a_store_moves_to_postgresql(filled: Path, call: Call, nowhere: str) -> None:
    call("export", "store", "out")
    folder = another(filled, nowhere)
    assert call("--paper", folder, "import", "store", "out").out.startswith("postgresql://")
    assert [hit["title"] for hit in call("--paper", folder, "search", "甲", "--json").json] == ["甲"]


def test_what_an_earlier_run_did_is_told(filled: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    from broadsheet.store.moving import exporting, importing

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    folder = another(filled, "new.db")
    with monkeypatch.context() as patched:
        patched.setattr(exporting._Draft, "finish", stop)
        assert call("export", "store", "out").code == 130
    refused = call("--paper", folder, "import", "store", "out")
    assert (refused.code, "`broadsheet export store` again, into the same folder" in refused.err) == (1, True)
    assert re.search(r"in (\d+) files .*, \1 of them as they were;", call("export", "store", "out").out)
    with monkeypatch.context() as patched:
        patched.setattr(importing, "index_after", stop)
        assert call("--paper", folder, "import", "store", "out").code == 130
    assert "an import was begun and is not finished" in call("--paper", folder, "doctor").out
    answer = call("--paper", folder, "import", "store", "out")
    assert re.search(r"from (\d+) files, \1 of them by an earlier run, all as they were exported", answer.out)


def test_on_a_terminal_a_bar_is_drawn(filled: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert call("export", "store", "out").out.startswith("out: ")


def test_what_goes_wrong_is_said_and_ends_with_1(filled: Path, call: Call) -> None:
    call("export", "store", "out")
    again = call("export", "store", "out")
    assert (again.code, "holds a finished export" in again.err) == (1, True)
    assert "it is not empty, table" in call("import", "store", "out").err
