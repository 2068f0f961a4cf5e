"""The room's lexicons are data beside the code: one row a line, fields by tab, `#` begins a remark line."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=64)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read `lexicon/<name>.tsv`."""
    lines = (files("broadsheet.annotate") / "lexicon" / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def words(name: str, kind: str) -> tuple[str, ...]:
    """Read the blank-separated words of the rows whose first field is `kind`, longest first."""
    found = {word for row in rows(name) if row[0] == kind for word in row[1].split()}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))
