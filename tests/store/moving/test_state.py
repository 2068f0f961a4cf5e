"""A store moved from one engine to another and back is the same; how far a move is, and what is not moved."""

from pathlib import Path

import pytest
from tests.store.builders import make_batch, make_feed, make_revision
from tests.store.freeze import contents, fill
from tests.store.moving.moves import bring, dump, engine_of, export, fill_all

from broadsheet.errors import StoreError
from broadsheet.store import open_store
from broadsheet.store.engines.catalogue import count, tables
from broadsheet.store.moving.state import Begun, begun, note, require_whole


@pytest.mark.needs("postgres")
def test_there_and_back_everything_is_the_same(tmp_path: Path, file: str, postgres: str) -> None:
    fill_all(file)
    with engine_of(file) as engine:
        assert [table.name for table in tables(engine) if not count(engine, table.name)] == []
    back = str(tmp_path / "back.db")
    export(file, tmp_path / "out")
    bring(postgres, tmp_path / "out")
    export(postgres, tmp_path / "home")
    bring(back, tmp_path / "home")
    there = {name: rows for name, rows in dump(postgres).items() if name != "meta"}
    assert {name: dump(file)[name] for name in there} == there
    assert dump(file) == dump(back)


@pytest.mark.needs("postgres")
def test_every_answer_is_the_same_and_the_planner_knows_what_came_in(
    tmp_path: Path, file: str, postgres: str
) -> None:
    with open_store(file, create=True) as store:
        fill(store)
        answers = contents(store)
    export(file, tmp_path / "out")
    assert bring(postgres, tmp_path / "out").indexed == len(answers.posts) == 2
    with open_store(postgres) as store:
        assert contents(store) == answers
        assert store.check() == []
    with engine_of(postgres) as engine:
        assert engine.script("SELECT reltuples FROM pg_class WHERE oid = 'post'::regclass") == [(2,)]


@pytest.mark.needs("postgres")
def test_what_postgresql_cannot_hold_costs_one_character_and_no_check(
    tmp_path: Path, file: str, postgres: str
) -> None:
    post = make_revision(body="甲\0乙")
    with open_store(file, create=True) as store:
        store.apply([make_batch(post)])
        store.reading.tag([post.post_id], add=["a!", "a\0"])
    export(file, tmp_path / "out")
    bring(postgres, tmp_path / "out")
    with open_store(postgres) as store:
        assert store.reading.marks([post.post_id])[post.post_id].tags == ("a!", "a\ufffd")
        assert "甲\ufffd乙" in store.post(post.post_id).summary
    bring(f"{tmp_path}/twin.db", tmp_path / "out")
    assert dump(f"{tmp_path}/twin.db") == dump(file)


@pytest.mark.needs("postgres")
def test_numbers_go_on_where_they_were(tmp_path: Path, address: str, request: pytest.FixtureRequest) -> None:
    fill_all(address)
    with engine_of(address) as engine:
        post = engine.script("SELECT max(num) FROM post")[0][0]
        for _ in range(5):
            engine.script(f"INSERT INTO unledgered (post) VALUES ({post}) ON CONFLICT (post) DO NOTHING")
            ((last,),) = engine.script("SELECT max(num) FROM unledgered")
            engine.script("DELETE FROM unledgered")
    export(address, tmp_path / "out")
    moved = f"{tmp_path}/moved.db" if "://" in address else request.getfixturevalue("postgres")
    bring(moved, tmp_path / "out")
    with engine_of(moved) as engine:
        engine.script(f"INSERT INTO unledgered (post) VALUES ({post})")
        assert engine.script("SELECT num FROM unledgered")[0][0] > last
    with open_store(moved) as store:
        assert store.add_feed(make_feed("https://new.example/"))
        assert store.apply([make_batch(make_revision("new"), feed=make_feed("https://new.example/"))]).new == 1


def test_a_store_that_is_partly_there_is_known(address: str) -> None:
    with engine_of(address, create=True) as engine:
        require_whole(engine)
        under_way = Begun("/out", "0123", 7)
        note(engine, under_way)
        assert begun(engine) == under_way
        with pytest.raises(
            StoreError, match="an import was begun and is not finished: `broadsheet import store /out`"
        ):
            require_whole(engine)
    with open_store(address) as store:
        assert ["an import was begun" in line for line in store.check()] == [True]
        assert store.meta("import")
