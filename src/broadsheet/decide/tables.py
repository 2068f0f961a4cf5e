"""The room's tables are data beside the code: UTF-8, one row a line, `#` begins a remark line."""


def lines(name: str) -> tuple[str, ...]:
    """Read the rows of `tables/<name>.tsv`."""
    from importlib.resources import files  # a poll that brings nothing new reads no table, and this is slow to import

    text = (files("broadsheet.decide") / "tables" / f"{name}.tsv").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def table(name: str) -> dict[str, str]:
    """Read a table of two columns, a key and a tab before the rest of its line."""
    return {key: value for key, _, value in (line.partition("\t") for line in lines(name))}
