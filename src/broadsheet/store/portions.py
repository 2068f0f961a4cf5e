"""Posts to be worked through in portions: how far that went is a note, and what changed since goes first."""

from collections.abc import Sequence

from broadsheet.store.engines.engine import Engine
from broadsheet.store.rows import Row


def noted(engine: Engine, name: str) -> int:
    """Read a number that was noted; 0 where none was."""
    row = engine.row("meta", name=name)
    return int(row[0]) if row else 0


def note(engine: Engine, name: str, value: int) -> None:
    """Note a number in place of the one before; belongs inside a transaction."""
    engine.write("set_meta", {"name": name, "value": str(value)})


def last_revision(engine: Engine) -> int:
    """Give the number of the last revision of any post; 0 where there is none."""
    row = engine.row("last_revision")
    return int(row[0]) if row else 0


def fill_up(engine: Engine, changed: Sequence[Row], new: str, mark: int, limit: int) -> tuple[list[Row], int]:
    """Add to rows of posts that changed those of posts that came after a mark, each once, and give the next mark.

    A row begins with the number of its post; one of a `new` post ends with the number of its revision.
    """
    came = engine.rows(new, after=mark, limit=limit - len(changed)) if len(changed) < limit else []
    known = {row[0] for row in changed}
    return [*changed, *(row for row in came if row[0] not in known)], came[-1][-1] if came else mark
