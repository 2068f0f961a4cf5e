"""Stores kept from every schema there ever was: this version opens them all and loses nothing."""

from pathlib import Path

import msgspec
import pytest
from tests.store.builders import make_revision
from tests.store.freeze import STORES, Contents, contents, fill, freeze

from broadsheet.store import open_store
from broadsheet.store.compress import unpack
from broadsheet.store.engines.queries import migrations

KEPT = sorted(STORES.glob("*.db.zst"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name)
def test_an_old_store_is_brought_up_to_date_and_reads_as_before(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "broadsheet.db"
    path.write_bytes(unpack(kept.read_bytes()))
    kept_contents = kept.with_name(kept.name.replace(".db.zst", ".json")).read_bytes()
    expected = msgspec.json.decode(kept_contents, type=Contents)
    with open_store(str(path)) as store:
        assert contents(store) == expected
        assert store.check() == []
        fill(store)
        assert len(store.refs()) == len(expected.posts)
        assert store.check() == []


def test_what_schema_1_kept_of_older_revisions_is_their_original(tmp_path: Path) -> None:
    path = tmp_path / "broadsheet.db"
    path.write_bytes(unpack((STORES / "0001-first.db.zst").read_bytes()))
    with open_store(str(path)) as store:
        edited = make_revision().post_id
        assert [one.text for one in store.versions(edited)] == [None, store.post(edited).text]
        assert all(one.body for one in store.revisions(edited))


def test_a_store_is_kept_for_every_migration() -> None:
    assert [int(kept.name[:4]) for kept in KEPT] == [step.number for step in migrations("sqlite")]


def test_freezing_keeps_a_store_and_what_it_holds(tmp_path: Path) -> None:
    freeze(tmp_path)
    last = migrations("sqlite")[-1]
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        f"{last.number:04}-{last.name}.db.zst",
        f"{last.number:04}-{last.name}.json",
    ]
