"""The queue's tables are made once, and anew by another version when nobody works."""

from collections.abc import Iterator

import pytest
from tests.conftest import needed, tell_postgres

from broadsheet.errors import StoreError
from broadsheet.scale.queue import founding
from broadsheet.scale.queue.address import Place, place_of
from broadsheet.scale.queue.desk import Desk
from broadsheet.scale.queue.founding import found_queue
from broadsheet.scale.queue.life import Life


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Where there is no queue yet."""
    needed("postgres")
    place = place_of(request.getfixturevalue("nowhere"))
    yield place
    tell_postgres(f"DROP SCHEMA IF EXISTS {place.schema} CASCADE")


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    desk = Desk(place)
    found_queue(place, desk)
    yield desk
    desk.close()


def test_founding_twice_changes_nothing(place: Place, desk: Desk) -> None:
    desk.rows("fall_due", name="a", every_s=60)
    found_queue(place, desk)
    assert desk.rows("fall_due", name="a", every_s=60) == []


def test_another_version_makes_the_queue_anew(place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.rows("fall_due", name="a", every_s=60)
    monkeypatch.setattr(founding, "FORMAT", 99)
    found_queue(place, desk)
    assert desk.row("made")[0].startswith("99, procrastinate 3")
    assert desk.rows("fall_due", name="a", every_s=60) == [("a",)]


def test_another_version_waits_for_the_end_of_those_at_work(
    place: Place, desk: Desk, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert life.worker
    monkeypatch.setattr(founding, "FORMAT", 99)
    with pytest.raises(StoreError, match="workers of another version of Broadsheet are at work"):
        found_queue(place, desk)


def test_a_schema_that_is_somebody_elses_is_left_alone(place: Place, desk: Desk) -> None:
    desk.script(f"DROP SCHEMA {place.schema} CASCADE; CREATE SCHEMA {place.schema}")
    desk.script("CREATE TABLE theirs (id int)")
    with pytest.raises(StoreError, match="already exists"):
        found_queue(place, desk)
    desk.script("SELECT id FROM theirs")
