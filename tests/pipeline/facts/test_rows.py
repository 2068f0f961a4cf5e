"""Every fact is one row: spans hold, the order is always the same, and days bound it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from tests.pipeline.facts.test_finding import CAR, NIGHT, REPLY, SHANGHAI, post
from tests.store.builders import make_batch

from broadsheet.errors import PublishError
from broadsheet.model import Bar
from broadsheet.pipeline.facts import rows as module
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.pipeline.facts.rows import KINDS, STEP, columns, fact_rows, jsonl, write_lines
from broadsheet.pipeline.stories.ledger import follow_claims
from broadsheet.store import Store

LATE = post("晚报", "比亚迪发布公告。", at=NIGHT + timedelta(days=1))
DAY = NIGHT.astimezone(SHANGHAI).date() - timedelta(days=3)


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(LATE, CAR, REPLY)])
    annotate_new(store, SHANGHAI)
    follow_claims(store, NIGHT)
    store.prices.keep([Bar(security="1810.HK", day=DAY, open=10, high=10.5, low=10, close=10.2, previous_close=10)])
    store.apply([make_batch(post("未读", "小米集团"))])
    return store


def test_every_fact_is_a_row_whose_span_holds(filled: Store) -> None:
    rows = list(fact_rows(filled))
    facts = filled.facts.of([CAR.post_id, REPLY.post_id, LATE.post_id])
    found = sum(len(getattr(one, field)) for one in facts.values() for field in KINDS)
    assert len([row for row in rows if row["kind"] != STEP]) == found
    assert {"mention", "move", "claim", "date", "step"} <= {row["kind"] for row in rows}
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


def test_a_move_has_its_verdict_where_bars_are_kept(filled: Store) -> None:
    filled.apply([make_batch(post("别的", "比亚迪股价昨日涨超3%。"))])
    annotate_new(filled, SHANGHAI)
    verdicts = {row["security"]: row["verdict"] for row in fact_rows(filled) if row["kind"] == "move"}
    assert verdicts.pop("1810.HK") is not None
    assert set(verdicts.values()) == {None}


def test_every_step_of_the_ledger_is_a_row_with_its_entry(filled: Store) -> None:
    told = {
        (entry.id, entry.status, number, step.kind, step.quote)
        for entry in filled.ledger.listed(100)
        for number, step in enumerate(entry.steps)
    }
    rows = [row for row in fact_rows(filled) if row["kind"] == STEP]
    assert {tuple(row[name] for name in ("entry", "status", "number", "step", "surface")) for row in rows} == told
    assert len(rows) == len(told) > 0


def test_rows_have_the_columns_of_their_kind_in_their_order(filled: Store) -> None:
    known = columns()
    for row in fact_rows(filled):
        assert {name for name in row if name != "kind"} == set(known[str(row["kind"])])


def test_lines_go_to_a_device_as_they_come_and_to_a_file_as_a_whole(filled: Store, tmp_path: Path) -> None:
    write_lines(filled, Path("/dev/null"))
    assert not Path("/dev/null").is_file()
    write_lines(filled, tmp_path / "facts.jsonl")
    assert (tmp_path / "facts.jsonl").read_bytes() == b"".join(jsonl(filled))


def test_a_file_that_breaks_off_leaves_what_was_there(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text("whole")

    def broken(*_: object) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "jsonl", broken)
    with pytest.raises(PublishError, match=r"facts\.jsonl: cannot be written: No space left"):
        write_lines(filled, path)
    assert path.read_text() == "whole"
    assert list(tmp_path.glob(".*.new")) == []
