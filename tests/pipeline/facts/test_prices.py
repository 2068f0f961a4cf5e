"""Price lists into the store."""

from datetime import date
from pathlib import Path

from broadsheet.market.importing import ReadBars
from broadsheet.model import Bar
from broadsheet.pipeline.facts.prices import PricesReport, keep_prices
from broadsheet.store import open_store

BAR = Bar(security="0901.HK", day=date(2022, 8, 26), open=1, high=1, low=1, close=1)


def test_what_became_of_lists_is_told_together(tmp_path: Path) -> None:
    lists = [
        ("one", ReadBars(bars=(BAR,), refused=("line 2: no",))),
        ("two", ReadBars(bars=(BAR,), doubtful=("line 3: hm",))),
    ]
    with open_store(str(tmp_path / "x.db"), create=True) as store:
        report = keep_prices(store, lists)
    assert report == PricesReport(
        lists=2, new=1, known=1, refused=("one: line 2: no",), doubtful=("two: line 3: hm",)
    )
