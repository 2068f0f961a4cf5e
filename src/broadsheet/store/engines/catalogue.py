"""The tables of a store, as its database describes them: what is moved to another store, and in which order."""

from collections.abc import Sequence

from msgspec import Struct

from broadsheet.store.engines.engine import Engine


class Table(Struct, frozen=True, kw_only=True):
    """A table: the kind of each column ("integer", "real", "text" or "blob"), and those of the primary key."""

    name: str
    columns: dict[str, str]
    key: tuple[str, ...]


def tables(engine: Engine) -> list[Table]:
    """Every table that is moved, each after those that it refers to; on every engine the same."""
    found = described(engine)
    return [found[name] for name in _in_order(engine, list(found))]


def described(engine: Engine) -> dict[str, Table]:
    """Every table that is moved, by name."""
    columns: dict[str, dict[str, str]] = {}
    keys: dict[str, list[tuple[int, str]]] = {}
    for table, column, kind, place in engine.rows("columns"):
        columns.setdefault(table, {})[column] = kind
        keys.setdefault(table, []).extend([(place, column)] if place else [])
    return {
        name: Table(name=name, columns=columns[name], key=tuple(column for _, column in sorted(keys[name])))
        for name in columns
    }


def _in_order(engine: Engine, names: Sequence[str]) -> list[str]:
    from graphlib import TopologicalSorter

    owners: dict[str, list[str]] = {name: [] for name in names}
    for owner, found in engine.rows("references"):
        if owner in owners:
            owners[owner].append(found)
    return list(TopologicalSorter(owners).static_order())


def select(table: str, columns: Sequence[str], key: Sequence[str] = ()) -> str:
    """SQL that reads a table whole, in the order of its key if one is given."""
    order = f" ORDER BY {_names(key)}" if key else ""
    return f"SELECT {_names(columns)} FROM {quoted(table)}{order}"  # noqa: S608 - names of our own schema


def count(engine: Engine, table: str) -> int:
    """How many rows a table has."""
    return int(engine.script(f"SELECT count(*) FROM {quoted(table)}")[0][0])  # noqa: S608


def highest(engine: Engine, table: Table) -> int:
    """The highest number in a table that numbers its rows; 0 for none."""
    return int(engine.script(f"SELECT coalesce(max({quoted(table.key[0])}), 0) FROM {quoted(table.name)}")[0][0])  # noqa: S608


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(quoted, columns))


def quoted(name: str) -> str:
    """A name as SQL takes any."""
    return '"' + name.replace('"', '""') + '"'
