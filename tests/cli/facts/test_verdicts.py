"""Checks of moves on the terminal."""

import pytest
from tests.store.builders import NOON, make_bar, make_batch, make_move, make_revision

from broadsheet.cli.facts.verdicts import verdict_lines
from broadsheet.model import Annotations
from broadsheet.pipeline.facts.checks import checks_of
from broadsheet.store import Store, open_store

DAY = NOON.date()


@pytest.fixture
def store(tmp_path: object) -> Store:
    return open_store(f"{tmp_path}/broadsheet.db", create=True)


def test_a_verdict_is_told_with_the_day_it_is_of(store: Store) -> None:
    one = make_revision("one")
    store.apply([make_batch(one)])
    store.prices.keep([make_bar("600001.SH", DAY)])
    found = Annotations(language="zh", text="", moves=(make_move("涨超3%", "600001.SH"),))
    (check,) = checks_of(store, [store.post(one.post_id)], {one.post_id: found})
    line = next(verdict_lines([check]))
    assert line.startswith("check: 涨超3% · 600001.SH · ")
    assert line.endswith(" · high +10.00 % · close +5.00 %") or check.reason
