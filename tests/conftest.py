"""Fixtures for every room: the shared test data, and optional system parts that are skipped aloud."""

import fcntl
import os
import pickle
import re
import shutil
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from broadsheet.demo.show import Shown

T = TypeVar("T")

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# A shell ignores interrupts for what it runs in the background, and what tests interrupt would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parents[1]
PARTS = {
    "chromium": "Chromium is not installed: apt-get install chromium",
    "hexo": "Hexo is not prepared: .ci/hexo/install (it needs npm, and Node.js 20.19 or newer)",
    "hugo": "Hugo is not installed: apt-get install hugo",
    "jekyll": "Jekyll is not installed: apt-get install jekyll",
    "newsboat": "newsboat is not installed: apt-get install newsboat",
    "postgres": "PostgreSQL does not answer (BROADSHEET_POSTGRES names it): apt-get install postgresql",
    "nginx": "nginx is not installed: apt-get install nginx-light",
    "vnu": "the Nu Html Checker is not prepared: .ci/vnu/install (it needs npm, and Java 17 or newer to run)",
    "systemd-analyze": "systemd is not installed: apt-get install systemd",
}
HEXO = ROOT / ".tools/hexo/node_modules/.broadsheet-lock"
VNU = ROOT / ".tools/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
SHARED_ABSENT = (
    "the shared test data is not beside the project (../shared): this test measures, the golden cases prove"
)


POSTGRES = os.environ.get("BROADSHEET_POSTGRES", "postgresql:///postgres")


def _present(part: str) -> bool:
    match part:
        case "hexo":
            return HEXO.is_file()
        case "vnu":
            return VNU.is_file() and shutil.which("java") is not None
        case "postgres":
            return _postgres_answers()
    return shutil.which(part) is not None


@cache
def _postgres_answers() -> bool:
    import psycopg

    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _required() -> set[str]:
    return {part for part in os.environ.get("BROADSHEET_REQUIRE", "").split(",") if part}


def _absent(part: str, hint: str) -> None:
    """Skip, or fail where `BROADSHEET_REQUIRE` names the part."""
    if part in _required():
        pytest.fail(f"BROADSHEET_REQUIRE names {part}, but {hint}")
    pytest.skip(hint)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage by tests that need the shared data: the floors must hold where it is absent."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Trace nothing in a test for no coverage: in workers, pytest-cov's pause wakes an older tracer."""
    if item.get_closest_marker("no_cover") is None:
        return (yield)
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


def needed(part: str) -> None:
    """Skip, or fail where it is required, if a system part is absent."""
    if not _present(part):
        _absent(part, PARTS[part])


@pytest.fixture(autouse=True)
def _parts(request: pytest.FixtureRequest) -> None:
    for mark in request.node.iter_markers("needs"):
        for part in mark.args:
            needed(part)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared test data; skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        _absent("shared", SHARED_ABSENT)
    return folder


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T]) -> T:
    """Make something in a folder for all workers of this run: whoever comes first makes it, nobody may change it."""
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = base / f"{name}.pickle"
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make(base / name)))
    made: T = pickle.loads(kept.read_bytes())
    return made


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> "Shown":
    """The demo, made in a folder that was there and empty; not to be changed."""
    from broadsheet.demo.show import show

    def make(folder: Path) -> "Shown":
        folder.mkdir()
        return show(folder, 8080)

    return made_once(tmp_path_factory, "demo", make)


@pytest.fixture
def nowhere(request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a new store can be made on PostgreSQL: a schema of its own, gone after the test."""
    name = f"test_{os.getpid()}_{abs(hash(request.node.nodeid)):x}"
    yield on_postgres(name)
    tell_postgres(f"DROP SCHEMA IF EXISTS {name} CASCADE")


@pytest.fixture(scope="session")
def _schema() -> Iterator[str]:
    """A store on PostgreSQL that tests use one after the other: making one takes as long as ten tests."""
    from broadsheet.store import open_store

    name = f"test_{os.getpid()}"
    open_store(on_postgres(name), create=True).close()
    yield name
    tell_postgres(f"DROP SCHEMA {name} CASCADE")


@pytest.fixture
def postgres(_schema: str) -> str:
    """The address of an empty store on PostgreSQL."""
    address = on_postgres(_schema)
    empty(address)
    return address


def empty(address: str) -> None:
    """Take everything out of a store on PostgreSQL that tests use."""
    tell_postgres(EMPTY.format(schema=re.findall(r"schema=(\w+)", address)[0]))


# Faster than TRUNCATE while there is next to nothing in the tables.
EMPTY = """
SET session_replication_role TO replica;
DO $$ DECLARE one text; BEGIN
    FOR one IN SELECT relname FROM pg_class
        WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'r' AND relname <> 'migration'
    LOOP EXECUTE format('DELETE FROM {schema}.%I', one); END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class
        WHERE relnamespace = '{schema}'::regnamespace AND relkind = 'S';
END $$;
"""


def on_postgres(schema: str) -> str:
    """The address of a schema; what tests store may be lost in a power cut."""
    return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}schema={schema}&options=-c%20synchronous_commit%3Doff"


def tell_postgres(script: str) -> None:
    """Run statements on PostgreSQL."""
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"SET client_min_messages TO warning; {script}".encode())


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, one for all tests of a file; its driver holds an event loop, which the next file may want itself."""
    needed("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        program = shutil.which("chromium")
        opened = driver.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
