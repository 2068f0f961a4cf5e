"""Moves of posts held against the bars that are kept."""

from tests.store.builders import NOON, make_bar, make_batch, make_move, make_revision

from broadsheet.model import Annotations
from broadsheet.pipeline.facts.checks import checks_of
from broadsheet.store import Store

DAY = NOON.date()


def test_each_wording_of_a_security_that_has_bars_is_checked_once(store: Store) -> None:
    one, two = make_revision("one"), make_revision("two")
    store.apply([make_batch(one, two)])
    store.prices.keep([make_bar("600001.SH", DAY)])
    posts = [store.post(one.post_id), store.post(two.post_id)]
    found = Annotations(
        language="zh",
        text="",
        moves=(make_move("涨超3%", "600001.SH"), make_move("涨超3%", "600002.SH"), make_move("走高", None)),
    )
    checks = checks_of(store, posts, {one.post_id: found, two.post_id: found})
    assert [check.security for check in checks] == ["600001.SH"]
    assert checks_of(store, posts, {}) == []
