"""The queue's tables: made where they are not there, made anew where another version made them."""

from typing import Final

from broadsheet.errors import StoreError
from broadsheet.scale.queue.address import Place
from broadsheet.scale.queue.desk import Desk, schema
from broadsheet.scale.queue.life import DEAD_S

FORMAT: Final = 1
"""Counts the forms of our own tables."""


def found_queue(place: Place, desk: Desk) -> None:
    """Make the queue's tables, unless they are there.

    Those of another version are thrown away: nothing stands in the queue that the store does not know.

    Raises:
        StoreError: the database refuses, or workers of another version are at work.
    """
    with desk.transaction():
        desk.rows("turn", name="found")
        version = _version()
        if desk.row("is_made")[0]:
            if desk.row("made")[0] == version:
                return
            if desk.row("living", dead_s=DEAD_S)[0]:
                cause = "workers of another version of Broadsheet are at work: stop them all, then start again"
                raise StoreError(place.name, cause)
            desk.script(f"DROP SCHEMA {place.schema} CASCADE")
        desk.script(f"CREATE SCHEMA {place.schema}")
        desk.script(schema())
        desk.script(f"INSERT INTO made (version) VALUES ('{version}')")  # noqa: S608 - our own words
        desk.script(_procrastinate())


def _procrastinate() -> str:
    from procrastinate.schema import SchemaManager

    return SchemaManager.get_schema()


def _version() -> str:
    from procrastinate.metadata import extract_metadata

    return f"{FORMAT}, procrastinate {extract_metadata()['version']}"
