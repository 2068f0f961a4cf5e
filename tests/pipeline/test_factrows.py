"""Every fact is one row: spans hold, the order is always the same, and days bound it."""

from datetime import timedelta

import msgspec
import pytest
from tests.pipeline.test_facts import CAR, NIGHT, REPLY, SHANGHAI, post
from tests.store.builders import make_batch

from broadsheet.pipeline import factrows as module
from broadsheet.pipeline.factrows import KINDS, fact_rows, jsonl
from broadsheet.pipeline.facts import annotate_new
from broadsheet.store import Store

LATE = post("晚报", "比亚迪发布公告。", at=NIGHT + timedelta(days=1))


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(LATE, CAR, REPLY)])
    annotate_new(store, SHANGHAI)
    store.apply([make_batch(post("未读", "小米集团"))])
    return store


def test_every_fact_is_a_row_whose_span_holds(filled: Store) -> None:
    rows = list(fact_rows(filled))
    facts = filled.facts.of([CAR.post_id, REPLY.post_id, LATE.post_id])
    assert len(rows) == sum(len(getattr(one, field)) for one in facts.values() for field in KINDS)
    assert {"mention", "move", "claim", "date"} <= {row["kind"] for row in rows}
    for row in rows:
        text = filled.post(str(row["post"])).text
        assert text[row["start"] : row["end"]] == row["surface"]  # type: ignore[index]
        assert list(row)[:4] == ["post", "feed", "published", "kind"]
    assert rows[-1]["post"] == LATE.post_id


def test_lines_are_the_same_bytes_in_whatever_portions(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = b"".join(jsonl(filled))
    monkeypatch.setattr(module, "PORTION", 1)
    assert b"".join(jsonl(filled)) == before
    assert [msgspec.json.decode(line)["surface"] for line in before.splitlines()] == [
        row["surface"] for row in fact_rows(filled)
    ]


def test_a_day_bounds_the_posts(filled: Store) -> None:
    assert {row["post"] for row in fact_rows(filled, LATE.published)} == {LATE.post_id}
