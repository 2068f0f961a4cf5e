"""How hits look."""

import io
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from broadsheet.cli.reading.hits import print_hits
from broadsheet.store import Hit


def hit(**fields: object) -> Hit:
    given: dict[str, object] = {
        "id": "20261126-0123456789",
        "feed_id": "a",
        "title": "[red]小米汽车",
        "summary": "",
        "language": None,
        "image": None,
        "published": datetime(2026, 11, 26, 8, tzinfo=UTC),
        "revision": 1,
        "title_spans": ((5, 7),),
        "snippet": "…" + "今日小米发布。" * 40,
        "snippet_spans": ((3, 5),),
        **fields,
    }
    return Hit(**given)  # type: ignore[arg-type]


def test_in_a_pipe_a_hit_is_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    print_hits([hit()], {"a": "[IT]之家"}, ZoneInfo("Asia/Shanghai"))
    title, source, line, end = capsys.readouterr().out.split("\n")[:4]
    assert (title, line, end) == ("[red]小米汽车", hit().snippet, "")
    assert source == "2026-11-26 16:00 · [IT]之家 · 20261126-0123456789"


def test_a_hit_without_text_has_no_empty_line_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_hits([hit(snippet="", snippet_spans=())], {"a": "甲"}, UTC)
    assert capsys.readouterr().out.count("\n") == 3


def test_on_a_terminal_what_was_found_is_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    print_hits([hit()], {"a": "甲"}, UTC)
    assert isinstance(sys.stdout, io.StringIO)
    assert "\x1b[1m小米\x1b[0m汽车" in sys.stdout.getvalue()
