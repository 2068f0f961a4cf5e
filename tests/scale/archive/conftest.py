"""Archives that are built without any process but this one."""

from collections.abc import Iterator, Sequence

import pytest

from broadsheet.scale.archive import build
from broadsheet.scale.archive.units import Unit
from broadsheet.scale.archive.work import Outcome, Settings, make_unit


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Work in this process, and note what is worked on."""
    done: list[str] = []

    def run(units: Sequence[Unit], settings: Settings, *_: object) -> Iterator[Outcome]:
        for unit in units:
            done.append(unit.name)
            yield make_unit(unit, settings)

    monkeypatch.setattr(build, "run_units", run)
    return done
