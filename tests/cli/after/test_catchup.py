"""Facts and stories are brought up to date in their order, and said only where something came of them."""

from pathlib import Path

import pytest

from broadsheet.cli.after.catchup import CaughtUp, catch_up, print_caught_up
from broadsheet.config import load
from broadsheet.pipeline.report import FactsReport, StoriesReport
from broadsheet.store import open_store


def test_what_is_turned_off_is_not_done(paper: Path) -> None:
    (paper / "broadsheet.toml").write_text("[facts]\nenabled = false\n[stories]\nenabled = false\n", "utf-8")
    with open_store("broadsheet.db") as store:
        assert catch_up(load(paper, {}), store) == CaughtUp(facts=None, stories=None)


def test_each_step_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    print_caught_up(CaughtUp(facts=FactsReport(posts=2, mentions=3), stories=StoriesReport(posts=2, new=1)))
    assert capsys.readouterr().out.splitlines() == [
        "3 companies, 0 moves, 0 claims in 2 posts",
        "1 story new, 0 changed; 0 copies among 2 posts",
    ]
    print_caught_up(CaughtUp(facts=FactsReport(posts=2), stories=StoriesReport(posts=2)))
    print_caught_up(CaughtUp(facts=None, stories=None))
    assert capsys.readouterr().out == ""
