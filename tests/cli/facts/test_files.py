"""Facts are written as lines of JSON, to a file or to standard output."""

import json
from pathlib import Path

import pytest
from pyarrow import parquet
from tests.cli.after.test_annotating import TEXT
from tests.cli.conftest import Call
from tests.pipeline.outlet import Outlet, rss


@pytest.fixture
def told(paper: Path, call: Call, outlet: Outlet) -> Path:
    call("add", outlet.put("/a", rss(("车企", TEXT))))
    return paper


def test_facts_go_to_a_file(told: Path, call: Call) -> None:
    answer = call("export", "facts", "--out", "facts.jsonl")
    rows = [json.loads(line) for line in (told / "facts.jsonl").read_text("utf-8").splitlines()]
    assert [row["surface"] for row in rows if row["kind"] == "move"] == ["涨超3%"]
    assert (answer.code, answer.out) == (0, f"facts.jsonl: {len(rows)} rows written\n")
    before = (told / "facts.jsonl").read_bytes()
    call("export", "facts", "--out", "facts.jsonl")
    assert (told / "facts.jsonl").read_bytes() == before


def test_facts_of_later_days_alone(told: Path, call: Call) -> None:
    assert call("export", "facts", "--since", "2100-01-01", "--out", "facts.jsonl").out.endswith(": 0 rows written\n")
    assert (told / "facts.jsonl").read_bytes() == b""


def test_a_file_that_cannot_be_written_is_named(told: Path, call: Call) -> None:
    answer = call("export", "facts", "--out", "nowhere/facts.jsonl")
    assert "nowhere/facts.jsonl: cannot be written" in answer.err


def test_facts_go_into_tables(told: Path, call: Call) -> None:
    answer = call("export", "facts", "--format", "parquet", "--out", "facts")
    assert (answer.code, answer.out.endswith(" rows written\n")) == (0, True)
    moves = parquet.read_table(told / "facts" / "moves.parquet").to_pylist()
    assert [row["surface"] for row in moves] == ["涨超3%"]


def test_tables_need_a_folder(told: Path, call: Call) -> None:
    answer = call("export", "facts", "--format", "parquet")
    assert answer.code == 2
    assert "--out: is needed with --format parquet" in answer.err


def test_show_post_prints_its_facts(told: Path, call: Call) -> None:
    (hit,) = call("search", "洽谈", "--json").json
    out = call("show", "post", hit["id"]).out
    assert "\n\ncompanies: 小米集团 (1810.HK), 比亚迪" in out
    assert "\nmove: 涨超3% · " in out
    facts = call("show", "post", hit["id"], "--json").json["facts"]
    assert [move["surface"] for move in facts["moves"]] == ["涨超3%"]
    assert "text" not in facts
