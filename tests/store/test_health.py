"""How big a store is, and whether it is sound."""

import sqlite3
from pathlib import Path

import pytest
from tests.store.builders import make_batch, make_revision, minutes

from broadsheet.store import Store, open_store

DAMAGE = {
    "DELETE FROM search_docsize": "is not in the search index",
    "INSERT INTO search (rowid, title, body) VALUES (7, 'a', 'b')": "1 texts without a post",
    "DELETE FROM revision": "lacks a revision",
    "PRAGMA foreign_keys = OFF; DELETE FROM feed": "a row of table post belongs to nothing",
    "DELETE FROM search_data WHERE id > 10": "the search index: ",
}


def test_sizes_count_rows_and_bytes(store: Store) -> None:
    assert {store.sizes()[part] for part in ("feeds", "posts", "revisions", "stories", "kin", "facts")} == {0}
    first = make_revision()
    store.apply([make_batch(first, make_revision("b"))])
    store.apply([make_batch(make_revision(body="改了", post=first.post_id))])
    sizes = store.sizes()
    assert (sizes["feeds"], sizes["posts"], sizes["revisions"]) == (1, 2, 3)
    assert sizes["texts"] > len("小米发布新车".encode()) * 4
    assert all(sizes[part] > 0 for part in ("originals", "index", "file"))
    assert list(sizes) == [
        *("feeds", "posts", "revisions", "stories"),
        *("originals", "articles", "texts", "images", "kin", "facts", "index", "file", "log"),
    ]


def test_a_closed_store_has_no_log(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(make_revision())])
        assert store.sizes()["log"] > 0
    assert not Path(f"{file}-wal").exists()


def test_a_sound_store_has_no_problems(store: Store) -> None:
    store.apply([make_batch(make_revision("a"), make_revision("b", at=minutes(1)))])
    assert store.check() == []


@pytest.mark.parametrize(("statement", "problem"), DAMAGE.items())
def test_damage_is_named(file: str, statement: str, problem: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(make_revision())])
    connection = sqlite3.connect(file)
    connection.executescript(statement)
    connection.close()
    with open_store(file) as store:
        assert any(problem in line for line in store.check()), store.check()


def test_a_broken_index_is_made_again_from_the_posts(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(*(make_revision(str(n), at=minutes(n)) for n in range(30)))])
    connection = sqlite3.connect(file)
    connection.execute("DELETE FROM search_data WHERE id > 10")
    connection.commit()
    connection.close()
    with open_store(file) as store:
        assert store.check()
        assert store.reindex() == 30
        assert store.check() == []
        assert len(store.search("小米", limit=100)) == 30


def test_a_file_with_a_broken_page_is_reported_not_raised(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(*(make_revision(str(n), body="文" * 3000) for n in range(30)))])
    content = bytearray(Path(file).read_bytes())
    content[4096 * 8 : 4096 * 12] = b"\xff" * 4096 * 4
    Path(file).write_bytes(content)
    with open_store(file) as store:
        assert store.check()
