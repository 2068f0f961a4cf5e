"""The demo as a command."""

from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Call

from broadsheet.demo.show import Shown


def test_it_makes_a_paper_and_says_where_to_look(tmp_path: Path, call: Call) -> None:
    answer = call("demo", "--no-serve", "--out", tmp_path / "demo")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("morning: 9 feeds polled, ")
    assert lines[1].startswith("evening: 9 feeds polled, ")
    assert lines[-1] == f"site:  {tmp_path}/demo/site/index.html"
    assert Path(lines[-1].split()[1]).is_file()


def test_its_json_holds_both_editions(
    tmp_path: Path, call: Call, demo: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, int, str | None]] = []

    def shown(*how: Any) -> Shown:
        asked.append(how)
        return demo

    monkeypatch.setattr("broadsheet.demo.show.show", shown)
    whole = call("demo", "--no-serve", "--json", "--out", tmp_path / "demo").json
    assert asked == [(tmp_path / "demo", 8080, None)]
    assert list(whole) == ["folder", "site", "editions", "feeds"]
    assert [edition["state"] for edition in whole["editions"]] == ["morning", "evening"]


def test_a_folder_of_somebody_elses_is_refused(tmp_path: Path, call: Call) -> None:
    (tmp_path / "letters").touch()
    answer = call("demo", "--no-serve", "--out", tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert "--out" in answer.err
    assert (tmp_path / "letters").exists()
