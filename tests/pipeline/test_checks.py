"""Moves of posts held against the bars that are kept."""

from datetime import date

from tests.store.builders import NOON, make_batch, make_revision

from broadsheet.model import Annotations, Bar, MoveReport
from broadsheet.pipeline.checks import checks_of
from broadsheet.store import Store

DAY = NOON.date()


def move(surface: str, security: str | None, value: float = 3.0) -> MoveReport:
    return MoveReport(
        start=0,
        end=len(surface),
        surface=surface,
        instrument="甲",
        security=security,
        direction="up",
        value=value,
        unit="%",
        operator="over",
        statistic="high",
    )


def bar(security: str, day: date) -> Bar:
    return Bar(security=security, day=day, open=10, high=11, low=10, close=10.5, previous_close=10)


def test_each_wording_of_a_security_that_has_bars_is_checked_once(store: Store) -> None:
    one, two = make_revision("one"), make_revision("two")
    store.apply([make_batch(one, two)])
    store.prices.keep([bar("600001.SH", DAY)])
    posts = [store.post(one.post_id), store.post(two.post_id)]
    found = Annotations(
        language="zh", text="", moves=(move("涨超3%", "600001.SH"), move("涨超3%", "600002.SH"), move("走高", None))
    )
    checks = checks_of(store, posts, {one.post_id: found, two.post_id: found})
    assert [check.security for check in checks] == ["600001.SH"]
    assert checks_of(store, posts, {}) == []
