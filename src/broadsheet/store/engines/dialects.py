"""How the SQL for every engine is written for one: lists that are handed in, and the marks where values go."""

import re

_LIST = re.compile(r"\b(?:texts|numbers)\(:")
_MARK = re.compile(r"(?<![:\w]):([a-z_][a-z_0-9]*)\b")
_ORDERED_JOIN = re.compile(r"\bCROSS JOIN (\w+(?: AS \w+)?) ON\b")
_COMMENT = re.compile(r"^--.*\n?", re.MULTILINE)


def for_sqlite(sql: str) -> str:
    """Read lists by SQLite's own function, which tells text from numbers itself."""
    return _LIST.sub("json_each(:", sql)


def for_postgres(sql: str) -> str:
    """Mark values as psycopg does, which finds marks in comments, too; only SQLite is told the order of a join."""
    sql = _ORDERED_JOIN.sub(r"JOIN \1 ON", sql)
    return _MARK.sub(r"%(\1)s", _COMMENT.sub("", sql).replace("%", "%%"))
