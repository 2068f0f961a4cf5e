"""The room's tables are data beside the code: one row a line, fields by tab, `#` begins a remark line."""

from importlib.resources import files


def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read `data/<name>.tsv`."""
    lines = (files("broadsheet.clean") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def column(name: str, kind: str) -> tuple[str, ...]:
    """Read the second fields of the rows of a table whose first field is `kind`."""
    return tuple(row[1] for row in rows(name) if row[0] == kind)


def names(kind: str) -> frozenset[str]:
    """Read the element names that play one part, from `data/names.tsv`."""
    return frozenset(name for field in column("names", kind) for name in field.split())
