"""Whatever brings posts in has their facts found."""

import io
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import OPTIONS, Call
from tests.pipeline.outlet import Outlet, rss

from broadsheet.cli.after.annotating import annotating_progress
from broadsheet.pipeline.report import FactsReport
from broadsheet.store import open_store

TEXT = "<p>小米集团股价今日涨超3%。知情人士称，小米集团正与比亚迪洽谈收购事宜。</p>"


def companies() -> dict[str, int]:
    with open_store("broadsheet.db") as store:
        return store.facts.companies()


def test_a_feed_that_is_added_has_its_facts_found_at_once(paper: Path, call: Call, outlet: Outlet) -> None:
    call("add", outlet.put("/a", rss(("车企", TEXT))))
    assert companies()["xiaomi"] == 1


def test_an_update_says_what_it_found(paper: Path, call: Call, outlet: Outlet) -> None:
    (paper / "broadsheet.toml").write_text(OPTIONS + "[facts]\nenabled = false\n", "utf-8")
    call("add", outlet.put("/a", rss(("车企", TEXT))))
    assert companies() == {}
    assert call("update", "--json").json["facts"] is None
    (paper / "broadsheet.toml").write_text(OPTIONS, "utf-8")
    assert "3 companies, 1 moves, 1 claims in 1 posts" in call("update").out
    assert "companies" not in call("update").out


def test_a_bar_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    for shown, stream in ((False, terminal), (True, io.StringIO()), (True, terminal)):
        monkeypatch.setattr(sys, "stderr", stream)
        with annotating_progress(shown=shown) as progress:
            progress(FactsReport(posts=2, mentions=1))
    assert "facts" in terminal.getvalue()
