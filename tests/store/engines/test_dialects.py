"""One way to write SQL, read by two engines."""

from broadsheet.store.engines.dialects import for_postgres, for_sqlite


def test_sqlite_reads_every_list_by_its_own_function() -> None:
    assert for_sqlite("SELECT value FROM texts(:ids), numbers(:nums)") == (
        "SELECT value FROM json_each(:ids), json_each(:nums)"
    )


def test_postgresql_is_given_marks_casts_and_percents_as_its_driver_reads_them() -> None:
    sql = "-- What :this says.\nSELECT :a1::text, b FROM t WHERE c LIKE '10%' AND d = :a1;"
    assert for_postgres(sql) == "SELECT %(a1)s::text, b FROM t WHERE c LIKE '10%%' AND d = %(a1)s;"


def test_only_sqlite_is_told_the_order_of_a_join() -> None:
    sql = "FROM texts(:ids) AS wanted CROSS JOIN post ON post.id = wanted.value CROSS JOIN LATERAL (SELECT 1) AS one"
    assert for_sqlite(sql) == sql.replace("texts", "json_each")
    assert for_postgres(sql) == sql.replace("CROSS JOIN post", "JOIN post").replace(":ids", "%(ids)s")
