"""The index of words on PostgreSQL: which way a question is answered, and that the words decide."""

from collections.abc import Iterator, Mapping
from itertools import repeat

import pytest
from tests.store.builders import make_batch, make_revision, minutes

from broadsheet.errors import StoreError
from broadsheet.store import Store, open_store
from broadsheet.store.engines.engine import Row, Values
from broadsheet.store.engines.postgres import Postgres
from broadsheet.store.search.bigrams import Bigrams
from broadsheet.store.search.query import parse_query
from broadsheet.store.search.textindex import Bounds

pytestmark = pytest.mark.parametrize("lasting", ["postgres"], indirect=True, scope="module")
BODIES = ["小米车", "小米。米车", "米车，小", "小米和米车", *repeat("旧闻", 240), *repeat("新闻", 240)]


@pytest.fixture(scope="module")
def filled(lasting: str) -> Iterator[Store]:
    """A store with many posts of two kinds, the planner knowing how many there are."""
    with open_store(lasting, create=True) as store:
        made = [
            make_revision(str(number), title="题", body=body, at=minutes(number))
            for number, body in enumerate(BODIES)
        ]
        store.apply([make_batch(*made)])
        store._engine.script("ANALYZE search")
        yield store


@pytest.fixture
def asked(filled: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The composed queries that are run."""
    found: list[str] = []
    ask = Postgres.ask

    def noted(engine: Postgres, query: str, conditions: Mapping[str, str], values: Values) -> list[Row]:
        found.append(query)
        return ask(engine, query, conditions, values)

    monkeypatch.setattr(Postgres, "ask", noted)
    return found


def newest(store: Store, question: str, limit: int) -> list[int]:
    """Places in `BODIES`, the newest first."""
    nums = [num for (num,) in store._engine.script("SELECT num FROM post ORDER BY num")]
    index = Bigrams(store._engine)  # type: ignore[arg-type]
    return [nums.index(num) for num in index.newest(parse_query(question).root, {}, Bounds(), limit)]


def test_the_words_decide_not_the_numbers(filled: Store) -> None:
    assert newest(filled, "小米车", 9) == [0]
    assert newest(filled, '"题 小米"', 9) == []


def test_what_few_posts_hold_is_found_by_the_index(filled: Store, asked: list[str]) -> None:
    assert newest(filled, "米车", 2) == [3, 2]
    assert asked == ["estimate", "find"]


def test_what_many_posts_hold_is_found_by_walking(filled: Store, asked: list[str]) -> None:
    assert newest(filled, "闻", 1) == [len(BODIES) - 1]
    assert asked == ["estimate", "walk"]


def test_a_walk_that_finds_too_little_ends_at_the_index(filled: Store, asked: list[str]) -> None:
    assert newest(filled, "旧闻", 1) == [243]
    assert asked == ["estimate", "walk", "find"]


def test_what_nothing_narrows_down_is_walked_through_to_the_end(filled: Store, asked: list[str]) -> None:
    assert newest(filled, "-闻", 9) == [3, 2, 1, 0]
    assert set(asked) == {"walk"}
    assert len(newest(filled, "-题", 9)) == 0
    assert newest(filled, "", 2) == [len(BODIES) - 1, len(BODIES) - 2]


def test_some_of_the_posts_are_looked_at_themselves_where_they_are_fewer(filled: Store, asked: list[str]) -> None:
    index = Bigrams(filled._engine)  # type: ignore[arg-type]
    nums = [num for (num,) in filled._engine.script("SELECT num FROM post ORDER BY num")]
    wanted = parse_query("新闻").root
    assert index.matching(wanted, {}, {nums[3], nums[300]}) == {nums[300]}
    assert asked == ["estimate", "match_among"]
    assert len(index.matching(wanted, {}, set(nums))) == 240
    assert asked[2:] == ["estimate", "estimate", "find"]


def test_ten_thousand_words_are_one_question(filled: Store) -> None:
    many = [f"w{number}" for number in range(10_000)]
    assert newest(filled, " ".join(many), 9) == []
    assert newest(filled, f"车 -{' -'.join(many[:500])}", 9) == [3, 2, 1, 0]


def test_settings_are_as_before_whatever_went_wrong(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = filled._engine
    ask = Postgres.ask
    monkeypatch.setattr(
        Postgres, "ask", lambda engine, query, *given: ask(engine, query.replace("find", "lost"), *given)
    )
    with pytest.raises(KeyError):
        newest(filled, "米车", 2)
    assert engine.script("SHOW enable_seqscan") == engine.script("SHOW enable_indexscan") == [("on",)]


def test_the_index_knows_how_many_words_there_are(filled: Store) -> None:
    lengths = engine_lengths(filled)
    assert filled.meta("indexed_posts") == str(len(BODIES))
    assert filled.meta("indexed_words") == str(lengths)
    filled.apply([make_batch(make_revision("0", title="题", body="小米车和车", at=minutes(0)))])
    assert filled.meta("indexed_words") == str(lengths + 2) == str(engine_lengths(filled))
    assert filled.reindex() == len(BODIES)
    assert filled.meta("indexed_words") == str(engine_lengths(filled))
    filled.apply([make_batch(make_revision("0", title="题", body="小米车", at=minutes(0)))])


def engine_lengths(store: Store) -> int:
    return sum(len(words.split()) for (words,) in store._engine.script("SELECT words FROM search"))


def test_a_query_that_the_server_refuses_is_a_named_error(filled: Store) -> None:
    engine = filled._engine
    assert isinstance(engine, Postgres)
    with pytest.raises(StoreError, match="the database refused"):
        engine.ask("estimate", {"narrowed": "nothing"}, {})
