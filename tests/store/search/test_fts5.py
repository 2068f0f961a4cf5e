"""The index of words on SQLite: questions in the language of FTS5, and what it writes."""

import sqlite3
from contextlib import closing

from tests.store.builders import make_batch, make_revision, minutes

from broadsheet.store import open_store
from broadsheet.store.search.fts5 import match_expression
from broadsheet.store.search.query import Among, parse_query


def test_everything_is_quoted_for_the_index() -> None:
    root = parse_query("汽车 or new* 小米 -AND -near title:x").root
    assert match_expression(root, {}) == (
        '(((("汽 车") OR ("new" *)) AND ("小 米") AND (title : "x")) NOT (("and") OR ("near")))'
    )


def test_a_question_may_name_thousands_of_feeds() -> None:
    many = {Among("section", "a"): range(5000)}
    assert match_expression(Among("section", "a"), many).count(" OR ") == 4999


def test_a_transaction_makes_one_segment(file: str) -> None:
    with open_store(file, create=True) as store:
        store.apply([make_batch(*(make_revision(str(n), at=minutes(-n)) for n in range(100)))])
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(DISTINCT segid) FROM search_idx").fetchone() == (1,)
