"""Prices come in: from files, and from vendors whose libraries are played by others."""

import sys
from datetime import date
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.cli.conftest import Call

from broadsheet.store import open_store

LIST = "code,day,open,high,low,close\n600901,2022-08-26,7.3,8.04,7.29,8.04\n"


def test_a_list_comes_in_once(paper: Path, call: Call) -> None:
    (paper / "list.csv").write_text(LIST, "utf-8")
    answer = call("import", "prices", "list.csv", "--source", "mine")
    assert (answer.code, answer.out) == (0, "1 list: 1 bar new, 0 changed, 0 known already\n")
    assert call("import", "prices", "list.csv", "--source", "mine", "--json").json["known"] == 1
    with open_store(str(paper / "broadsheet.db")) as store:
        (bar,) = store.prices.bars("600901.SH", date(2022, 8, 26), date(2022, 8, 26))
    assert (bar.close, bar.source, bar.adjusted) == (8.04, "mine", False)


def test_options_say_what_a_list_does_not(paper: Path, call: Call) -> None:
    body = b"day,open,high,low,close\n2022-08-26,7.3,8.04,7.29,8.04\n"
    assert call("import", "prices", "-", stdin=body).err.endswith("say it with --security, as in 1810.HK)\n")
    assert call("import", "prices", "-", "--security", "0901.HK", "--adjusted", stdin=body).code == 0
    with open_store(str(paper / "broadsheet.db")) as store:
        (bar,) = store.prices.bars("0901.HK", date.min, date.max)
    assert bar.adjusted


def test_refused_doubtful_and_conflicting_bars_are_told(paper: Path, call: Call) -> None:
    (paper / "list.csv").write_text(LIST + "600901,2022-08-29,9,8.5,8.3,8.4\n600901,never,1,1,1,1\n", "utf-8")
    (paper / "other.csv").write_text(LIST.replace("8.04", "8.54"), "utf-8")
    answer = call("import", "prices", "list.csv")
    assert answer.code == 1
    assert answer.err.splitlines() == [
        "doubtful list.csv: line 3: open or close is outside of high and low",
        "refused list.csv: line 4: never is no day",
    ]
    assert "1 bars differ from those of another source" in call("import", "prices", "other.csv", "--source", "x").out


def test_the_prices_of_the_demo_can_be_imported(paper: Path, call: Call) -> None:
    with resources.as_file(resources.files("broadsheet.demo") / "prices.csv") as file:
        answer = call("import", "prices", file)
    assert (answer.code, answer.err) == (0, "")


class Frame:
    """A table as pandas gives it."""

    def __init__(self, **asked: object) -> None:
        self.asked = asked

    def reset_index(self) -> "Frame":
        return self

    def to_dict(self, kind: str) -> list[dict[str, object]]:
        assert (kind, self.asked["end"]) == ("records", "2022-08-27")
        return [{"Date": "2022-08-26", "Open": 11.6, "High": 11.84, "Low": 11.34, "Close": 11.78}]


def test_a_vendor_is_asked_by_its_library(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    library = SimpleNamespace(Ticker=lambda symbol: SimpleNamespace(history=Frame))
    monkeypatch.setitem(sys.modules, "yfinance", library)
    words = ("import", "prices", "--from", "yfinance", "1810.HK", "--since", "2022-08-01", "--until", "2022-08-26")
    assert call(*words).out.startswith("1 list: 1 bar new")


def test_a_vendor_without_its_library_says_what_to_install(
    paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "akshare", None)
    answer = call("import", "prices", "--from", "akshare", "1810.HK")
    assert answer.code == 2
    assert "install it beside Broadsheet (pip install akshare)" in answer.err
