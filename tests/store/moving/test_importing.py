"""A store made from a folder: checked, gone on with after a kill, refused where it cannot be right."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.store.builders import make_feed
from tests.store.engines.test_sqlite import LARGE
from tests.store.freeze import contents, fill
from tests.store.moving.moves import Killed, bring, dump, engine_of, export

from broadsheet.errors import BroadsheetError, StoreError, StoreVersionError
from broadsheet.store import open_store
from broadsheet.store.engines.queries import migrations
from broadsheet.store.moving import importing, parcels
from broadsheet.store.moving.importing import import_store
from broadsheet.store.moving.manifest import FILE_NAME
from broadsheet.store.moving.state import Moving, begun

FILES = 31  # of one row each
SCHEMA = migrations("sqlite")[-1].number


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one row; what tests write may be lost in a power cut."""
    monkeypatch.setattr(parcels, "MOST_ROWS", 1)
    monkeypatch.setattr(importing, "MOST_ROWS", 1)
    monkeypatch.setattr(importing, "INDEXED_AT_ONCE", 1)
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A store in a file, which was exported to the folder `out`."""
    address = str(tmp_path / "source.db")
    with open_store(address, create=True) as store:
        fill(store)
    export(address, tmp_path / "out")
    return address


@pytest.fixture
def out(source: str) -> Path:
    return Path(source).with_name("out")


def change(folder: Path, **fields: object) -> None:
    """Write something else into a manifest."""
    manifest = msgspec.json.decode((folder / FILE_NAME).read_bytes())
    (folder / FILE_NAME).write_bytes(msgspec.json.encode(manifest | fields))


def test_what_was_exported_is_there_and_is_checked(out: Path, source: str, address: str) -> None:
    told: list[Moving] = []
    report = bring(address, out, told.append)
    assert (report.rows, report.files, report.kept, report.indexed) == (FILES, FILES, 0, 2)
    assert told[-1] == Moving("check", FILES, FILES)
    assert [moving.done for moving in told[:FILES]] == list(range(1, FILES + 1))
    assert [moving.done for moving in told if moving.part == "search index"] == [1, 2]
    with open_store(address) as one, open_store(source) as other:
        assert contents(one) == contents(other)
        assert one.check() == []
        assert one.meta("import") is None


def stopping(after: int) -> Callable[[Moving], None]:
    """End a run after it was told something for so manieth time."""
    left = after

    def tell(_: Moving) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Killed

    return tell


def test_killed_after_every_file_in_the_index_and_in_the_check_it_goes_on(
    out: Path, source: str, tmp_path: Path
) -> None:
    target = str(tmp_path / "target.db")
    for stored in range(FILES):
        with pytest.raises(Killed):
            bring(target, out, stopping(1))
        with engine_of(target) as engine:
            under_way = begun(engine)
            assert under_way
            assert under_way.files == stored + 1
    for indexed in (1, 2):
        with pytest.raises(Killed):
            bring(target, out, stopping(1))
        with engine_of(target) as engine:
            under_way = begun(engine)
            assert under_way
            assert under_way.posts == indexed
            assert len(engine.script("SELECT rowid FROM search_docsize")) == indexed
    with pytest.raises(Killed):
        bring(target, out, stopping(9))
    assert bring(target, out).kept == FILES
    assert dump(target) == dump(source)


def test_killed_inside_of_a_file_nothing_of_it_is_there_twice(
    out: Path, source: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Killed

    with pytest.raises(Killed):
        bring(address, out, stopping(30))
    with monkeypatch.context() as patched:
        patched.setattr(importing, "note", die)
        with pytest.raises(Killed):
            bring(address, out)
    assert bring(address, out).kept == 30
    assert dump(source)["post"] == dump(address)["post"]


def test_a_damaged_file_is_named_and_what_was_stored_before_stays(out: Path, source: str, tmp_path: Path) -> None:
    target = str(tmp_path / "target.db")
    broken = next(out.glob("post-00002-*"))
    body = broken.read_bytes()
    broken.write_bytes(body[:-9])
    with pytest.raises(StoreError, match=r"post-00002-\w+\.msgpack\.zst: it is damaged .*table post is not whole"):
        bring(target, out)
    broken.write_bytes(body)
    assert 0 < bring(target, out).kept < FILES
    assert dump(target) == dump(source)


@pytest.mark.parametrize(
    ("fields", "error", "said"),
    [
        ({"finished": False}, StoreError, "out: its export was not finished: run `broadsheet export store` again"),
        (
            {"schema": SCHEMA - 1},
            StoreError,
            f"out: it has schema {SCHEMA - 1}, and this Broadsheet {SCHEMA}: with this Broadsheet, export the",
        ),
        (
            {"schema": SCHEMA + 1},
            StoreVersionError,
            f"out: it has schema {SCHEMA + 1}, of a newer Broadsheet; this one knows {SCHEMA}: install",
        ),
        (
            {"tables": []},
            StoreError,
            f"out: these tables are not as schema {SCHEMA} has them: bar, company_list, company_post",
        ),
    ],
)
def test_a_folder_that_does_not_fit_is_refused(
    out: Path, tmp_path: Path, fields: dict[str, object], error: type[BroadsheetError], said: str
) -> None:
    change(out, **fields)
    with pytest.raises(error, match=said):
        bring(str(tmp_path / "target.db"), out)


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(
            StoreError, match=r"it has no manifest\.json: name a folder that `broadsheet export store`"
        ):
            bring(str(tmp_path / "target.db"), folder)


def test_a_store_that_is_not_empty_is_left_alone(out: Path, address: str) -> None:
    with open_store(address, create=True) as store:
        store.add_feed(make_feed())
    what_to_do = "drop its schema" if "://" in address else "delete the file"
    with pytest.raises(StoreError, match=f"it is not empty, table feed has rows: name a new store, or {what_to_do}"):
        bring(address, out)
    with open_store(address) as store:
        assert len(store.feeds()) == 1
        assert store.meta("import") is None


def test_a_note_is_something_too(out: Path, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "target.db"), create=True) as store:
        store.set_meta("updating", "here 1")
    with pytest.raises(StoreError, match="it is not empty, table meta has rows"):
        bring(str(tmp_path / "target.db"), out)


def test_what_was_brought_in_is_not_brought_in_again(out: Path, tmp_path: Path) -> None:
    bring(str(tmp_path / "target.db"), out)
    with pytest.raises(StoreError, match="it is not empty"):
        bring(str(tmp_path / "target.db"), out)


def test_two_exports_are_not_mixed(out: Path, source: str, tmp_path: Path) -> None:
    target = str(tmp_path / "target.db")
    with open_store(source) as store:
        store.add_feed(make_feed("https://late.example/"))
    export(source, tmp_path / "other")
    with pytest.raises(Killed):
        bring(target, out, stopping(3))
    with pytest.raises(StoreError, match=f"an import of another export, {out}, was begun here: go on with that, or "):
        bring(target, tmp_path / "other")
    out.rename(tmp_path / "elsewhere")
    assert bring(target, tmp_path / "elsewhere").kept == 3


def test_two_imports_at_once_are_not_mixed(out: Path, source: str, tmp_path: Path) -> None:
    target = str(tmp_path / "target.db")

    def another(moving: Moving) -> None:
        if moving.done == 3:
            bring(target, out)

    with pytest.raises(StoreError, match=r"it is not empty|another process imports into it: wait for that to end"):
        bring(target, out, another)
    assert dump(target) == dump(source)

    def begin(moving: Moving) -> None:
        if moving.done == 3:
            with pytest.raises(Killed):
                bring(str(tmp_path / "second.db"), out, stopping(1))

    with pytest.raises(StoreError, match="another process imports into it: wait for that to end"):
        bring(str(tmp_path / "second.db"), out, begin)
    assert bring(str(tmp_path / "second.db"), out).kept == 4


def test_a_store_that_changed_before_the_check_is_found_out(out: Path, address: str) -> None:
    def change_store(moving: Moving) -> None:
        if moving.part == "search index":
            with open_store(address) as store:
                store.add_feed(make_feed("https://late.example/"))

    with pytest.raises(StoreError, match=r"table feed has 3 rows, and not 2: something else wrote .* Stop what uses"):
        bring(address, out, change_store)

    with open_store(address) as store:
        assert "an import was begun and is not finished" in " ".join(store.check())


def test_a_row_that_is_not_what_was_exported_is_found_out(out: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "target.db")

    def change_store(moving: Moving) -> None:
        if moving.part == "search index":
            with engine_of(target) as engine:
                engine.script("UPDATE post SET summary = 'x'")

    with pytest.raises(StoreError, match=r"target\.db: table post has other rows: something else wrote"):
        bring(target, out, change_store)


def test_rows_that_the_store_does_not_take_are_named_by_file_and_table(out: Path, tmp_path: Path) -> None:
    target = str(tmp_path / "target.db")
    with pytest.raises(Killed):
        bring(target, out, stopping(1))
    with engine_of(target) as engine:
        engine.script("CREATE TRIGGER no BEFORE INSERT ON post BEGIN SELECT RAISE(ABORT, 'no posts'); END")
    with pytest.raises(
        StoreError, match=r"post-00001-\w+\.msgpack\.zst: table post cannot be filled from it: .*no posts"
    ):
        bring(target, out)


def test_a_full_disk_is_named_and_with_room_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "MOST_ROWS", 40)
    source, target = str(tmp_path / "source.db"), str(tmp_path / "target.db")
    with open_store(source, create=True) as store:
        store.apply([LARGE])
    export(source, tmp_path / "out")
    with engine_of(target, create=True) as engine:
        pages = engine.script("PRAGMA page_count")[0][0]
        engine.script(f"PRAGMA max_page_count = {pages + 40}")
        with pytest.raises(
            StoreError, match=r"table revision .*the disk is full; nothing of this step was stored: free"
        ):
            import_store(engine, tmp_path / "out")
    assert bring(target, tmp_path / "out").kept > 0
    with open_store(target) as store:
        assert len(store.refs()) == 100
