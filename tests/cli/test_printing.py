"""How results look."""

import io
import sys
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.cli.printing import age, counted, moment, print_json, print_table, size

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KiB"),
        (5 << 20, "5.0 MiB"),
        (3 << 30, "3.0 GiB"),
        (2 << 40, "2.0 TiB"),
    ],
)
def test_a_size_is_read_in_its_unit(count: int, words: str) -> None:
    assert size(count) == words


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=3), "3 s"),
        (timedelta(minutes=3), "3 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=3), "3 d"),
    ],
)
def test_an_age_is_read_in_its_unit(back: timedelta, words: str) -> None:
    assert age(NOW - back, NOW) == words


def test_what_never_was_has_no_age_and_no_moment() -> None:
    assert (age(None, NOW), moment(None)) == ("never", "-")


def test_json_is_one_line_for_programs_and_indented_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    print_json({"a": ["甲"]})
    assert capsys.readouterr().out == '{"a":["甲"]}\n'
    terminal = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdout", terminal)
    print_json({"a": 1})
    terminal.seek(0)
    assert terminal.read() == '{\n  "a": 1\n}\n'


def test_a_number_of_things_is_said_in_words() -> None:
    assert (counted(1, "feed"), counted(0, "feed"), counted(2, "copy", "copies")) == ("1 feed", "0 feeds", "2 copies")


def test_a_narrow_table_cuts_nothing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    print_table(("story", "title"), [("20260302-1f0c9a77be", "甲车企公告" * 9)])
    shown = capsys.readouterr().out
    assert "20260302-1f0c9a77be" in shown
    assert "…" not in shown
    assert shown.count("甲") == 9


def test_a_table_shows_cells_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("date", "title"), [("-", "[bold]甲[/bold]"), (None, 3)], title="posts")
    printed = capsys.readouterr().out
    assert "[bold]甲[/bold]" in printed
    assert "None" not in printed
