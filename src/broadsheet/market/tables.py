"""The room's tables are data beside the code: one row a line, fields by tab, `#` begins a remark line."""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=16)
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read `data/<name>.tsv`."""
    lines = (files("broadsheet.market") / "data" / f"{name}.tsv").read_text("utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))
