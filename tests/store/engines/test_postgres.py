"""The engine on PostgreSQL: who is let in, what is shown of an address, what breaks, and who writes when."""

import signal
import threading
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
import pytest
from tests.conftest import POSTGRES, empty
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes
from tests.store.engines.test_sqlite import run
from tests.store.test_opening import make_at_once

from broadsheet.errors import ConfigError, StoreError, StoreVersionError
from broadsheet.model import Feed, Stored
from broadsheet.store import Store, open_store
from broadsheet.store.engines.postgres import Postgres
from broadsheet.store.engines.queries import migrations

MANY = make_batch(*(make_revision(str(number), body=f"第{number}条新闻") for number in range(100)))

pytestmark = pytest.mark.needs("postgres")


@pytest.fixture
def store(postgres: str) -> Iterator[Store]:
    with open_store(postgres) as opened:
        yield opened


def end_connections(store: Store) -> None:
    """End the store's connection from the server's side, as a restart does."""
    engine = store._engine
    assert isinstance(engine, Postgres)
    with psycopg.connect(POSTGRES, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (engine._connection.info.backend_pid,))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://127.0.0.1:1/paper", "the server cannot be reached, or ended the connection: see that it runs"),
        ("postgresql:///no_such_database", "there is no such database: make one with `createdb`"),
        ("postgresql://host/paper?nonsense=1", "the database refused: invalid URI query parameter"),
    ],
)
def test_a_server_or_database_that_is_not_there_is_named(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_store(url)
    assert caught.value.store == url
    assert "\n" not in str(caught.value)


def test_a_store_that_is_not_there_is_not_made(nowhere: str) -> None:
    with pytest.raises(StoreError, match="`broadsheet init`"):
        open_store(nowhere)
    with pytest.raises(StoreError, match="`broadsheet init`"):
        open_store(nowhere)


def test_two_processes_may_make_one_store(nowhere: str) -> None:
    assert make_at_once(nowhere) == []
    with open_store(nowhere) as store:
        assert store.check() == []


def test_tables_of_another_program_are_left_alone(nowhere: str) -> None:
    schema = nowhere.partition("schema=")[2].partition("&")[0]
    with psycopg.connect(POSTGRES, autocommit=True) as other:
        other.execute(f"CREATE SCHEMA {schema}".encode())
        other.execute(f"CREATE TABLE {schema}.post (theirs text)".encode())
    with pytest.raises(StoreError, match=f"schema {schema} of that database is another program's"):
        open_store(nowhere, create=True)


def test_a_schema_may_have_a_name_that_needs_quotation_marks(nowhere: str) -> None:
    odd = nowhere.replace("schema=", "schema=" + quote('"; DROP '), 1)
    with open_store(odd, create=True) as store:
        assert store.add_feed(make_feed())
        store._engine.script("DO $$ BEGIN EXECUTE format('DROP SCHEMA %I CASCADE', current_schema()); END $$")


def test_a_store_of_a_newer_version_is_refused_with_both_versions(nowhere: str) -> None:
    newest = migrations("postgres")[-1].number
    with open_store(nowhere, create=True) as store:
        store._engine.script(f"INSERT INTO migration (number, name) VALUES ({newest + 1}, 'later')")
    with pytest.raises(StoreVersionError, match=f"schema {newest + 1}.* up to {newest}: install"):
        open_store(nowhere)


def test_without_its_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "broadsheet.store.engines.postgres", None)
    with pytest.raises(ConfigError, match=r"pip install 'broadsheet\[postgres\]'"):
        open_store("postgresql:///paper")


def test_both_engines_have_the_same_migrations() -> None:
    began = migrations("postgres")[0].number
    later = [(step.number, step.name) for step in migrations("sqlite") if step.number >= began]
    assert [(step.number, step.name) for step in migrations("postgres")] == later


def test_a_connection_that_broke_is_made_anew_by_the_next_call(store: Store) -> None:
    store.add_feed(make_feed())
    end_connections(store)
    with pytest.raises(StoreError, match=r"the server (stops or starts|cannot be reached)"):
        store.feeds()
    assert store.feeds() == [make_feed()]


def test_a_transaction_whose_connection_breaks_is_undone(store: Store) -> None:
    def cut() -> Iterator[Feed]:
        yield make_feed()
        end_connections(store)
        yield make_feed("https://other.example/")

    with pytest.raises(StoreError):
        store.add_feeds(cut())
    assert store.feeds() == []
    assert store.add_feeds([make_feed()]) == 1


def test_a_store_that_another_process_writes_is_named(postgres: str) -> None:
    with open_store(postgres) as other, open_store(postgres, timeout_s=0.05) as store:
        with other._engine.transaction(), pytest.raises(StoreError, match="another process is writing to it: wait"):
            store.apply([MANY])
        assert store.refs() == []
        assert store.apply([make_batch(make_revision())]) == Stored(new=1)


def test_writers_take_turns_and_lose_nothing(postgres: str) -> None:
    """All write posts of the same moments: each decides by what is there which numbers are free."""

    def write(writer: int) -> None:
        with open_store(postgres) as mine:
            for number in range(8):
                mine.apply([make_batch(make_revision(f"{writer}-{number}", at=minutes(number)), feed=FEEDS[writer])])

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with open_store(postgres) as store:
        assert len(store.refs()) == 32
        assert store.check() == []


FEEDS = [make_feed(f"https://{number}.example/feed") for number in range(4)]


def test_polls_claim_feeds_while_another_process_writes(postgres: str) -> None:
    with open_store(postgres) as writer, open_store(postgres, timeout_s=0.05) as poller:
        writer.add_feeds(FEEDS)
        with writer._engine.transaction():
            assert len(poller.claim_due(NOON, 9, 60.0)) == 4


@pytest.mark.parametrize("rows", [1, 250])
def test_a_process_killed_while_it_stores_leaves_nothing_half(postgres: str, rows: int) -> None:
    done = run(
        """
        import os, signal, sys
        from broadsheet.store import open_store
        from broadsheet.store.engines.postgres import Postgres
        from tests.store.engines.test_postgres import MANY as LARGE
        left = int(sys.argv[2])
        write_all = Postgres.write_all
        def counted(rows):
            global left
            for row in rows:
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1
                yield row
        with open_store(sys.argv[1]) as store:
            Postgres.write_all = lambda engine, query, rows: write_all(engine, query, counted(rows))
            store.apply([LARGE])
        """,
        postgres,
        str(rows),
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_store(postgres) as store:
        assert store.refs() == []
        assert store.check() == []
        assert store.apply([MANY]) == Stored(new=100)


def test_texts_without_a_place_in_postgresql_cost_one_character_each(store: Store) -> None:
    odd = make_revision("a\0b\ud800c", title="标\0题")
    assert store.apply([make_batch(odd)]) == Stored(new=1)
    assert store.apply([make_batch(odd)]) == Stored()
    assert [known.entry_id for known in store.known_entries(make_feed().id)] == ["a\ufffdb\ufffdc"]
    assert store.cards([odd.post_id])[0].title == "标\ufffd题"
    assert store.stories_of(["\0", "\\u0000"]) == {}


def test_ids_and_addresses_may_be_longer_than_a_tree_takes(store: Store) -> None:
    long = "https://feeds.example/" + "".join(chr(0x4E00 + n % 9000) for n in range(9000))
    assert store.add_feed(make_feed(long))
    assert not store.add_feed(make_feed(long, key="other"))
    assert store.feed(long).address == long
    assert store.apply([make_batch(make_revision(long), feed=make_feed(long))]) == Stored(new=1)
    assert store.apply([make_batch(make_revision(long), feed=make_feed(long))]) == Stored()


def test_what_the_database_says_else_is_passed_on(store: Store) -> None:
    with pytest.raises(StoreError, match='the database refused: relation "nowhere" does not exist'):
        store._engine.script("SELECT * FROM nowhere")


def test_sizes_are_of_this_store_alone(store: Store) -> None:
    before = store.sizes()
    store.apply([MANY])
    after = store.sizes()
    assert after["file"] > before["file"] > 0
    assert after["log"] == 0
    assert (after["posts"], after["feeds"]) == (100, 1)


def test_what_was_emptied_for_the_next_test_counts_from_one(postgres: str) -> None:
    for _ in range(2):
        empty(postgres)
        with open_store(postgres) as store:
            store.add_feed(make_feed())
            assert store._engine.script("SELECT num FROM feed") == [(1,)]
